import {
  type AutoMailVerdict,
  buildEntryIndex,
  checkSender,
  classifyAutoMail,
  type Mail,
  normalizeAddress,
  parseEntryList,
} from '@support-center/mail';
import { IsNull, MoreThan, Not } from 'typeorm';
import { Agent } from '../accounts/agent.entity.ts';
import { clearUndeliverable } from '../outbound/address-state.ts';
import { confirmArrival } from '../outbound/confirm-arrival.ts';
import type { OutgoingKind } from '../outbound/outgoing-mail.entity.ts';
import { keepBytes } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import type { SupportSettings } from '../settings/read-settings.ts';
import { addFollowUp } from '../tickets/add-follow-up.ts';
import { addStaffLetter } from '../tickets/add-staff-letter.ts';
import type { Letter, LetterAttachment } from '../tickets/letter.ts';
import { openTicket } from '../tickets/open-ticket.ts';
import { confirmReceipt } from './confirm-receipt.ts';
import { countNewSenderLetters } from './count-new-senders.ts';
import { type Decision, type DecisionInput, decideMail, decideRelease } from './decide-mail.ts';
import { findThread, type Thread, type ThreadOptions } from './find-thread.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { isStandIn, joinThreads } from './inner-subject.ts';
import { withoutOpenedText } from './opened-text.ts';
import { countForged, judgeOwnIds, type OwnIds } from './own-ids.ts';
import { settleBounce } from './settle-bounce.ts';
import type { UnderstoodMail } from './understood-mail.ts';

/** Mail that we send without a person. */
const AUTOMATIC_KINDS: ReadonlySet<OutgoingKind | null> = new Set(['CONFIRMATION', 'NOTICE'] as const);
const REPEAT_WINDOW_MS = 10 * 60_000;

/** A letter, what was decided of it, and what that was decided by. */
export interface Judged {
  readonly decision: Decision;
  readonly auto: AutoMailVerdict;
  readonly own: OwnIds;
}

/** A letter to be judged. */
export interface LetterToJudge {
  readonly mailboxId: string;
  /** Its row in the ledger; null: it has none. What it did itself before is left out of account. */
  readonly inboundMailId: string | null;
  /** The ticket that it opened when it was judged before; null: this is the first time. */
  readonly openedTicketId?: string | null;
  readonly understood: UnderstoodMail;
  /** An agent lets it in, whatever the rules say. */
  readonly released?: boolean;
}

/** Decides a letter by the rows and settings of now. Reads only, so that a dry run is the same code. */
export async function judgeMail(ctx: Context, letter: LetterToJudge, settings: SupportSettings): Promise<Judged> {
  const { mailboxId } = letter;
  const { mail, bodyHash, unreadable } = letter.understood;
  const now = ctx.clock.now();
  const named = await judgeOwnIds(ctx, mailboxId, mail);
  const auto = classifyAutoMail(mail, {
    messageIdIsOurs: named.isOurs,
    messageIdIsAutomatic: (id) => AUTOMATIC_KINDS.has(named.kindOf(id)),
    mailboxAddresses: settings.supportEmail ? [settings.supportEmail] : [],
    xLoopValue: settings.supportEmail ?? '',
  });
  const own = auto.bounce?.isOurs ? await judgeOwnIds(ctx, mailboxId, mail, auto.bounce.originalMessageId) : named;
  const sender = mail.from ? normalizeAddress(mail.from.address) : null;
  const exceptTicketId = letter.openedTicketId ?? null;
  const { subjectMatchDays } = settings;
  const options = { mailboxId, now, subjectMatchDays, exceptTicketId };
  const thread = await findThreadBySubjects(ctx, letter.understood, own, options);
  const agent = sender === null ? null : await ctx.db.findOneBy(Agent, { email: sender, disabledAt: IsNull() });
  const input: DecisionInput = {
    mail,
    auto,
    unreadable,
    answersNoTicket: namedIds(mail, auto).some(own.isWithoutTicket),
    thread,
    repeats: sender && bodyHash ? await countRepeats(ctx, sender, bodyHash, letter, now) : 0,
    repeatsMessageId: await repeatsMessageId(ctx, letter),
    senderAgentId: agent?.id ?? null,
    senderCheck: checkSender(mail, settings.authservId),
    newSenderLetters: await countNewSenderLetters(ctx, sender, thread, now),
    settings: {
      ...settings,
      highlight: buildEntryIndex(parseEntryList(settings.highlightEntries).entries),
      spam: buildEntryIndex(parseEntryList(settings.spamEntries).entries),
    },
    now,
  };
  return { decision: letter.released ? decideRelease(input) : decideMail(input), auto, own };
}

/** The ids of the mails that a letter answers or reports. */
function namedIds(mail: Mail, { bounce }: AutoMailVerdict): string[] {
  return [...mail.inReplyTo, ...mail.references, ...(bounce?.originalMessageId ? [bounce.originalMessageId] : [])];
}

/** A Message-ID as the outbox has it. */
function asWritten(id: string): string {
  return `<${id.toLowerCase()}>`;
}

/** Whether a letter with other bytes came under the same Message-ID: an equal one is stored only once. */
async function repeatsMessageId(
  ctx: Context,
  { mailboxId, inboundMailId, understood }: LetterToJudge,
): Promise<boolean> {
  const messageId = shownMessageId(understood);
  if (messageId === null) return false;
  return ctx.db.existsBy(InboundMail, { mailboxId, messageId, ...(inboundMailId ? { id: Not(inboundMailId) } : {}) });
}

function shownMessageId({ mail }: UnderstoodMail): string | null {
  return mail.messageId ? `<${mail.messageId}>`.slice(0, 500) : null;
}

/** A letter with a protected subject is looked for by that and by the one outside, unless it only stands in for it. */
async function findThreadBySubjects(
  ctx: Context,
  { mail, outerSubject }: UnderstoodMail,
  own: OwnIds,
  options: ThreadOptions,
): Promise<Thread> {
  const thread = await findThread(ctx, mail, own, options);
  if (outerSubject === mail.subject || outerSubject === null || isStandIn(outerSubject)) return thread;
  return joinThreads(thread, await findThread(ctx, { ...mail, subject: outerSubject }, own, options));
}

async function countRepeats(
  ctx: Context,
  sender: string,
  bodyHash: string,
  { inboundMailId }: LetterToJudge,
  now: Date,
): Promise<number> {
  return ctx.db.countBy(InboundMail, {
    ...(inboundMailId ? { id: Not(inboundMailId) } : {}),
    fromAddress: sender,
    bodyHash,
    receivedAt: MoreThan(new Date(now.getTime() - REPEAT_WINDOW_MS)),
  });
}

/**
 * Carries a decision out in the caller's transaction: ticket, message, attachments, confirmation, and the letter's fate
 * in the ledger. Doing it twice is harmless: a letter that has its fate is left alone.
 */
export async function fileMail(
  ctx: Context,
  inbound: InboundMail,
  opened: UnderstoodMail,
  settings: SupportSettings,
  released = false,
): Promise<void> {
  const judged = await judgeMail(
    ctx,
    { mailboxId: inbound.mailboxId, inboundMailId: inbound.id, understood: opened, released },
    settings,
  );
  const { decision, own } = judged;
  if (own.forged > 0) {
    countForged(own.forged);
    ctx.log.warn(
      { inboundMailId: inbound.id, forged: own.forged },
      'a letter names Message-IDs of our form that we did not sign',
    );
  }
  const understood = settings.keepOpenedText ? opened : withoutOpenedText(opened);
  const facts = {
    fromAddress: understood.mail.from
      ? (normalizeAddress(understood.mail.from.address) ?? understood.mail.from.address).slice(0, 320)
      : null,
    subject: understood.mail.subject?.slice(0, 500) ?? null,
    messageId: shownMessageId(understood),
    bodyHash: understood.bodyHash,
  };
  const isTaken = decision.kind === 'JOIN' || decision.kind === 'OPEN';
  if (isTaken && judged.auto.class === 'HUMAN' && facts.fromAddress) await clearUndeliverable(ctx, facts.fromAddress);
  const outcome = await carryOut(ctx, inbound, understood, judged, settings);
  if (isTaken) await confirmArrival(ctx, namedIds(understood.mail, judged.auto).filter(own.isOurs).map(asWritten));
  if (decision.kind !== 'HOLD') await settleBounce(ctx, judged.auto, judged.own);
  const fate = { BLOCK: 'BLOCKED', HOLD: 'HELD', JOIN: 'JOINED', OPEN: 'TICKETED' } as const;
  await ctx.db.update(
    InboundMail,
    { id: inbound.id },
    { ...facts, fate: fate[decision.kind], ticketId: outcome.ticketId, reason: outcome.reasons.join('; ') },
  );
}

async function carryOut(
  ctx: Context,
  inbound: InboundMail,
  understood: UnderstoodMail,
  { decision, own }: Judged,
  settings: SupportSettings,
): Promise<{ ticketId: string | null; reasons: readonly string[] }> {
  if (decision.kind === 'BLOCK' || decision.kind === 'HOLD') return { ticketId: null, reasons: decision.reasons };
  if (decision.kind === 'JOIN') {
    const letter = await toLetter(ctx, inbound, understood, decision);
    const { ticketId, newSender, silent, staffId } = decision;
    if (staffId) await addStaffLetter(ctx, { ticketId, letter, agentId: staffId });
    else await addFollowUp(ctx, { ticketId, letter, newSender, silent });
    return { ticketId: decision.ticketId, reasons: decision.reasons };
  }
  const letter = await toLetter(ctx, inbound, understood, decision);
  const { ticket, message } = await openTicket(ctx, {
    mailboxId: inbound.mailboxId,
    requester: { email: letter.from ? normalizeAddress(letter.from.address) : null, name: letter.from?.name ?? null },
    subject: understood.mail.subject ?? '',
    mailboxAddress: settings.supportEmail,
    linkedToTicketId: decision.linkedTo?.ticketId ?? null,
    campaignId: own.campaignId,
    letter,
  });
  const reasons = [
    ...decision.reasons,
    ...(decision.confirm ? await confirmReceipt(ctx, { ticket, message, settings }) : []),
  ];
  return { ticketId: ticket.id, reasons };
}

/** The letter as the tickets feature takes it, its attachments stored. */
export async function toLetter(
  ctx: Context,
  inbound: InboundMail,
  understood: UnderstoodMail,
  { reasons, warnings }: Pick<Decision, 'reasons' | 'warnings'>,
): Promise<Letter> {
  const { mail } = understood;
  const attachments: LetterAttachment[] = [];
  for (const { content, ...attachment } of understood.attachments) {
    const blobId = await keepBytes(ctx, Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    attachments.push({ ...attachment, blobId });
  }
  return {
    inboundMailId: inbound.id,
    receivedAt: inbound.receivedAt,
    sentAt: mail.date,
    subject: mail.subject,
    from: mail.from,
    to: mail.to.map((address) => address.address),
    cc: mail.cc.map((address) => address.address),
    text: understood.text,
    newText: understood.newText,
    html: understood.html,
    htmlVersion: understood.htmlVersion,
    blockedImages: understood.blockedImages,
    headers: mail.headers,
    reasons: [...reasons, ...mail.faults.map((fault) => fault.message)],
    warnings,
    pgp: understood.pgp,
    offeredKeys: understood.offeredKeys,
    messageIdHeader: mail.messageId,
    attachments,
  };
}
