import { createHash } from 'node:crypto';
import { requireScope } from '../accounts/account.policy.ts';
import { readWholeBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { AppError, invalidInput, notFound } from '../platform/errors.ts';
import { checkSettings } from '../settings/check-settings.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { readSettings, type SupportSettings } from '../settings/read-settings.ts';
import type { SupportSettingsInput } from '../settings/settings.inputs.ts';
import { mayConfirmReceipt } from './confirm-receipt.ts';
import type { Decision } from './decide-mail.ts';
import { judgeMail } from './file-mail.ts';
import { type InboundFate, InboundMail } from './inbound-mail.entity.ts';
import { readLetter } from './read-letter.ts';
import type { UnderstoodMail } from './understood-mail.ts';

/** A longer letter is tried from the ledger, or without its attachments. */
export const MAX_TRIED_BYTES = 1024 * 1024;
const MAX_SHOWN_TEXT = 20_000;

/** A letter to try: its bytes, or one of the ledger; with settings that are not saved yet, or those of now. */
export interface LetterToTry {
  readonly source?: string | null;
  readonly sourceBase64?: string | null;
  readonly inboundMailId?: string | null;
  readonly settings?: SupportSettingsInput | null;
}

/** What the desk understood of a letter and would do with it. */
export interface DryRun {
  readonly fate: InboundFate;
  readonly reasons: string[];
  readonly warnings: string[];
  readonly ticketId: string | null;
  readonly linkedToTicketId: string | null;
  readonly newSender: boolean;
  readonly silent: boolean;
  readonly confirmed: boolean;
  readonly duplicateOf: InboundMail | null;
  readonly kind: string;
  readonly kindReason: string;
  readonly from: string | null;
  readonly fromName: string | null;
  readonly subject: string | null;
  readonly text: string;
  readonly newText: string;
  readonly attachments: { name: string; mimeType: string; sizeBytes: number }[];
  readonly notes: string[];
}

const FATES = { BLOCK: 'BLOCKED', HOLD: 'HELD', JOIN: 'JOINED', OPEN: 'TICKETED' } as const;

/**
 * Reads and judges a letter as if it came in now, and stops there: nothing is written, sent or kept.
 * @throws AppError FORBIDDEN, NOT_FOUND, INVALID_INPUT for no letter, two letters, a letter over 1 MiB, or wrong settings
 */
export async function dryRunMail(ctx: Context, input: LetterToTry): Promise<DryRun> {
  requireScope(ctx.actor, 'settings:read');
  requireScope(ctx.actor, 'tickets:read');
  const settings = await settingsFor(ctx, input.settings ?? null);
  const { bytes, inbound } = await letterOf(ctx, input);
  const understood = await readLetter(ctx, inbound?.id ?? ctx.random.id(ctx.clock.now()), bytes);
  const letter = {
    mailboxId: inbound?.mailboxId ?? MAIN_MAILBOX,
    inboundMailId: inbound?.id ?? null,
    openedTicketId: inbound?.fate === 'TICKETED' ? inbound.ticketId : null,
    understood,
  };
  const { decision, auto } = await judgeMail(ctx, letter, settings);
  const [confirmed, why] = await confirmation(ctx, decision, understood, settings);
  return {
    fate: FATES[decision.kind],
    reasons: [...decision.reasons, ...why],
    warnings: [...decision.warnings],
    ticketId: decision.kind === 'JOIN' ? decision.ticketId : null,
    linkedToTicketId: decision.kind === 'OPEN' ? (decision.linkedTo?.ticketId ?? null) : null,
    newSender: decision.kind === 'JOIN' && decision.newSender,
    silent: decision.kind === 'JOIN' && decision.silent,
    confirmed,
    duplicateOf: inbound ? null : await storedBefore(ctx, bytes),
    kind: auto.class,
    kindReason: auto.reason,
    ...shown(understood),
  };
}

async function settingsFor(ctx: Context, unsaved: SupportSettingsInput | null): Promise<SupportSettings> {
  const checked = checkSettings(unsaved ?? {});
  if (checked.errors.length > 0)
    throw invalidInput(checked.errors.map(({ path, message }) => ({ path: `settings.${path}`, message })));
  return { ...(await readSettings(ctx)), ...checked.settings, ...checked.mailbox };
}

async function letterOf(ctx: Context, input: LetterToTry): Promise<{ bytes: Buffer; inbound: InboundMail | null }> {
  const given = (['source', 'sourceBase64', 'inboundMailId'] as const).filter((name) => input[name]);
  if (given.length !== 1)
    throw invalidInput([{ path: given[1] ?? 'source', message: 'Give one letter: its source, or one of the ledger.' }]);
  if (input.inboundMailId) {
    const inbound = await ctx.db.findOneBy(InboundMail, { id: input.inboundMailId });
    if (!inbound) throw notFound('letter');
    if (inbound.forgottenAt) throw new AppError('CONFLICT', `The source of this letter is gone: ${inbound.reason}.`);
    return { bytes: await readWholeBlob(ctx, inbound.rawBlobId), inbound };
  }
  const [path, bytes] = input.sourceBase64
    ? (['sourceBase64', fromBase64(input.sourceBase64)] as const)
    : (['source', Buffer.from(input.source!)] as const);
  if (bytes.length > MAX_TRIED_BYTES)
    throw invalidInput([
      { path, message: 'A letter to try has at most 1 MiB. Take it from the ledger, or leave its attachments out.' },
    ]);
  return { bytes, inbound: null };
}

function fromBase64(text: string): Buffer {
  if (!/^[A-Za-z0-9+/\s]+(?:=\s*){0,2}$/.test(text))
    throw invalidInput([{ path: 'sourceBase64', message: 'This is no base64 text.' }]);
  return Buffer.from(text, 'base64');
}

async function storedBefore(ctx: Context, bytes: Buffer): Promise<InboundMail | null> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return ctx.db.findOneBy(InboundMail, { mailboxId: MAIN_MAILBOX, sha256 });
}

async function confirmation(
  ctx: Context,
  decision: Decision,
  { mail }: UnderstoodMail,
  settings: SupportSettings,
): Promise<[boolean, string[]]> {
  if (decision.kind !== 'OPEN' || !decision.confirm) return [false, []];
  const answer = await mayConfirmReceipt(ctx, mail.from?.address ?? null, settings);
  return [answer.allowed, answer.allowed ? [] : [`no confirmation: ${answer.reason}`]];
}

function shown({ mail, text, newText, attachments }: UnderstoodMail) {
  return {
    from: mail.from?.address ?? null,
    fromName: mail.from?.name ?? null,
    subject: mail.subject,
    text: text.slice(0, MAX_SHOWN_TEXT),
    newText: newText.slice(0, MAX_SHOWN_TEXT),
    attachments: attachments.map(({ name, mimeType, sizeBytes }) => ({ name, mimeType, sizeBytes })),
    notes: mail.faults.map((fault) => fault.message),
  };
}
