import {
  type AutoMailVerdict,
  decideSender,
  type EntryIndex,
  joinsSilently,
  type Mail,
  mayConfirm,
  normalizeAddress,
  type SenderCheck,
} from '@support-center/mail';
import { deletedWords } from '../tickets/deleted-words.ts';
import type { Candidate, DeletedMention, Thread } from './find-thread.ts';

/** Closed tickets open again by a follow-up within so many days, or within the auto-close time where that is longer. */
export const REOPEN_WINDOW_DAYS = 14;
/** The same words in answer to our mail so often within ten minutes are held. */
export const REPEAT_LIMIT = 3;
/** So many letters an hour of new senders may join one ticket, and of one new sender all tickets together; more are held. */
export const NEW_SENDER_LIMIT = 5;
const DAY_MS = 86_400_000;

/** What a letter is judged by beside its thread. */
export interface DecisionInput {
  readonly mail: Mail;
  readonly thread: Thread;
  readonly auto: AutoMailVerdict;
  readonly unreadable: string | null;
  /** Letters with the same words from the same sender in the last ten minutes, this one not counted. */
  readonly repeats: number;
  /** It answers or reports a mail of ours that belongs to no ticket, such as a mass mail, by an id that we signed. */
  readonly answersNoTicket: boolean;
  /** Another letter with other bytes carries the same Message-ID. */
  readonly repeatsMessageId: boolean;
  /** The active agent whose address stands in From; null: none. */
  readonly senderAgentId: string | null;
  /** What the configured mail server says of the From address. It never decides alone. */
  readonly senderCheck: SenderCheck;
  /** Letters that joined as those of a new sender in the last hour: by this sender, and by anybody to a ticket. */
  readonly newSenderLetters: { readonly bySender: number; readonly byTicket: ReadonlyMap<string, number> };
  readonly settings: {
    readonly ignoreSenderAddress: boolean;
    readonly suppressConfirmations: boolean;
    readonly closeAnsweredAfterDays: number | null;
    readonly highlight: EntryIndex;
    readonly spam: EntryIndex;
  };
  readonly now: Date;
}

/** What will happen to a letter, because of what, and what its reader should know before believing it. */
export type Decision = { readonly reasons: readonly string[]; readonly warnings: readonly string[] } & (
  | { readonly kind: 'BLOCK' }
  | { readonly kind: 'HOLD' }
  | {
      readonly kind: 'JOIN';
      readonly ticketId: string;
      readonly ticketNumber: number;
      readonly newSender: boolean;
      readonly silent: boolean;
      /** The agent who answered by mail, proven by our signature and by the mail server; null: a customer wrote. */
      readonly staffId: string | null;
    }
  | {
      readonly kind: 'OPEN';
      readonly linkedTo: { readonly ticketId: string; readonly number: number } | null;
      readonly confirm: boolean;
    }
);

/** Decides one letter. Pure: the same input gives the same decision, which is stored with its reasons. */
export function decideMail(input: DecisionInput): Decision {
  const { auto } = input;
  const warnings = warningsOn(input);
  const blocked = blockedBy(input);
  if (blocked) return { kind: 'BLOCK', reasons: [blocked], warnings };
  if (auto.hold) return { kind: 'HOLD', reasons: [`held: ${auto.reason}`], warnings };
  if (auto.class === 'LOOP') return { kind: 'BLOCK', reasons: [`blocked: ${auto.reason}`], warnings };
  if (input.repeats >= REPEAT_LIMIT - 1 && answersOurMail(input)) {
    const reason = `held: the sender wrote the same words ${input.repeats + 1} times within 10 minutes`;
    return { kind: 'HOLD', reasons: [reason], warnings };
  }
  if (input.answersNoTicket && joinsSilently(auto.class))
    return {
      kind: 'BLOCK',
      reasons: [`kept in the ledger: ${auto.reason}, in answer to a mail of ours that belongs to no ticket`],
      warnings,
    };
  const gone = answersOnlyDeleted(input);
  if (gone && joinsSilently(auto.class))
    return {
      kind: 'BLOCK',
      reasons: [`kept in the ledger: ${auto.reason}, in answer to #${gone.number}, which was ${deletedWords(gone)}`],
      warnings,
    };
  const notes = notesOn(input);
  return auto.class === 'HUMAN' || auto.class === 'NO_REPLY'
    ? decideHuman(input, notes)
    : decideAutomatic(input, notes);
}

/** A letter as a new ticket whatever the rules say, as when an agent releases it; linked to the ticket that it names. */
export function decideRelease(input: DecisionInput): Decision {
  const named = input.thread.candidates.find((c) => c.byToken || c.byForeignId || c.bySubject === 'tag') ?? null;
  return {
    kind: 'OPEN',
    linkedTo: named && { ticketId: named.ticketId, number: named.number },
    confirm: false,
    reasons: ['released by an agent', ...(named ? [`possible follow-up of #${named.number}`] : []), ...notesOn(input)],
    warnings: warningsOn(input),
  };
}

/** Only what answers our mail can be half of an exchange between two machines; a person may well write the same words thrice. */
function answersOurMail({ thread }: DecisionInput): boolean {
  return thread.candidates.some((candidate) => candidate.byToken || candidate.bySubject === 'tag');
}

/** The deleted ticket that our signature names, where it names no other. */
function answersOnlyDeleted({ thread }: DecisionInput): DeletedMention | null {
  if (thread.candidates.some((candidate) => candidate.byToken)) return null;
  return thread.deleted.find(({ byToken }) => byToken) ?? null;
}

function blockedBy({ mail, settings }: DecisionInput): string | null {
  if (!mail.from) return null;
  const verdict = decideSender(mail.from.address, settings.highlight, settings.spam);
  return verdict.kind === 'spam' ? `blocked: the sender is on the list Spam E-mails (${verdict.entry.entry})` : null;
}

function notesOn(input: DecisionInput): string[] {
  const { thread, unreadable } = input;
  return [
    ...(unreadable ? [`the letter could not be read: ${unreadable}`] : []),
    ...warningsOn(input),
    ...thread.staleTags.map((number) => `the tag [#${number}] was passed over: that ticket rests for too long`),
    ...thread.deleted.map((mention) => `#${mention.number} was passed over: it was ${deletedWords(mention)}`),
  ];
}

function warningsOn(input: DecisionInput): string[] {
  const { mail, thread, senderAgentId, senderCheck } = input;
  return [
    ...(mail.severalFrom ? ['several From: the first readable one counts'] : []),
    ...(senderAgentId && !isStaff(input)
      ? ['claims to be staff: a From address proves nothing, so it is treated as a customer']
      : []),
    ...(senderCheck === 'FAIL' ? ['the sender may be forged: the mail server could not confirm it (dmarc=fail)'] : []),
    ...(input.repeatsMessageId ? ['same Message-ID as another letter: both are kept'] : []),
    ...(thread.forgedIds > 0 ? ['names a Message-ID of our form with a wrong signature; it was ignored'] : []),
  ];
}

function isStaff(input: DecisionInput): boolean {
  return input.senderAgentId !== null && staffTarget(input) !== null;
}

/** An agent's letter counts as the desk's own words only when our signature and the mail server both speak for it. */
function staffTarget({ thread, senderAgentId, senderCheck }: DecisionInput): Candidate | null {
  if (senderAgentId === null || senderCheck !== 'PASS') return null;
  return thread.candidates.find((candidate) => candidate.byToken) ?? null;
}

function decideHuman(input: DecisionInput, notes: string[]): Decision {
  const { thread, settings } = input;
  const staff = staffTarget(input);
  if (staff) {
    return {
      ...join(input, staff, { newSender: false, reasons: [joinReason(staff), staffNote, ...notes] }),
      staffId: input.senderAgentId,
    };
  }
  const own = thread.candidates.find((c) => c.isParticipant);
  if (own) return joinUnlessLongClosed(input, own, { newSender: false, reasons: [joinReason(own), ...notes] });

  const merged = thread.candidates.find((c) => c.tookPartIn !== null);
  if (merged) {
    return joinUnlessLongClosed(input, merged, {
      newSender: true,
      reasons: [joinReason(merged), `new sender: the address took part in #${merged.tookPartIn} only`, ...notes],
    });
  }
  // Everybody has its subject, so it ties nobody's answer to the ticket of somebody else.
  if (input.answersNoTicket && !thread.candidates.some((c) => c.byToken))
    return open(input, null, [
      'new ticket: it answers a mail of ours that belongs to no ticket, such as a mailing',
      ...notes,
    ]);

  const stranger = thread.candidates.find((c) => c.byToken) ?? thread.candidates.find((c) => c.byForeignId) ?? null;
  if (settings.ignoreSenderAddress) return decideBySubject(input, stranger, notes);
  if (stranger)
    return open(input, stranger, [
      `possible follow-up of #${stranger.number}: the ids fit, the sender does not`,
      ...notes,
    ]);
  const bySubject = thread.candidates[0];
  return open(input, null, [
    bySubject
      ? `new ticket: the subject fits #${bySubject.number}, the sender does not`
      : 'new ticket: it belongs to no other',
    ...notes,
  ]);
}

/** "Do not check e-mail address" is on, and the sender takes part in none of the candidates. */
function decideBySubject(input: DecisionInput, stranger: Candidate | null, notes: string[]): Decision {
  const { thread } = input;
  if (stranger && (stranger.byToken || stranger.bySubject)) {
    return joinUnlessLongClosed(input, stranger, {
      newSender: true,
      reasons: [joinReason(stranger), newSenderNote, ...notes],
    });
  }
  if (stranger)
    return open(input, stranger, [
      `possible follow-up of #${stranger.number}: the ids fit, subject and sender do not`,
      ...notes,
    ]);

  const bySubject = thread.candidates.filter((c) => c.bySubject);
  const tagged = bySubject.filter((c) => c.bySubject === 'tag');
  const chosen = tagged.length === 1 ? tagged[0]! : bySubject.length === 1 ? bySubject[0]! : null;
  if (!chosen) {
    const numbers = bySubject.map(({ number }) => `#${number}`).join(', ');
    const several =
      bySubject.length > 1
        ? `new ticket: ${bySubject.length} tickets have this subject (${numbers})`
        : 'new ticket: it belongs to no other';
    return open(input, bySubject[0] ?? null, [several, ...notes]);
  }
  if (chosen.bySubject === 'equal' && thread.isGenericSubject) {
    return open(input, chosen, [
      `new ticket: the subject is too general to join #${chosen.number} by it alone`,
      ...notes,
    ]);
  }
  return joinUnlessLongClosed(input, chosen, {
    newSender: true,
    reasons: [joinReason(chosen), newSenderNote, ...notes],
  });
}

const staffNote = 'an answer of staff: our signature and the mail server speak for it';
const newSenderNote = 'new sender: the address takes no part in the ticket (Do not check e-mail address is on)';

/** Automatic mail joins what it answers in silence; a subject alone never ties it to a ticket. */
function decideAutomatic(input: DecisionInput, notes: string[]): Decision {
  const { auto, thread } = input;
  const because = `automatic mail: ${auto.reason}`;
  const target = thread.candidates.find((c) => c.byToken || (c.byForeignId && c.isParticipant));
  if (!target || !joinsSilently(auto.class)) {
    const own = thread.candidates.find((c) => c.isParticipant && (c.byToken || c.byForeignId));
    if (own)
      return joinUnlessLongClosed(input, own, { newSender: false, reasons: [joinReason(own), because, ...notes] });
    return open(input, null, [because, 'new ticket: it belongs to no other', ...notes]);
  }
  return {
    ...join(input, target, {
      newSender: !target.isParticipant,
      reasons: [joinReason(target), because, 'joined in silence: the ticket keeps its state', ...notes],
    }),
    silent: true,
  };
}

type Joined = Extract<Decision, { kind: 'JOIN' }>;

function join(
  input: DecisionInput,
  { ticketId, number }: Candidate,
  how: { newSender: boolean; reasons: string[] },
): Joined {
  const warnings = warningsOn(input);
  return { kind: 'JOIN', ticketId, ticketNumber: number, silent: false, staffId: null, warnings, ...how };
}

function joinUnlessLongClosed(
  input: DecisionInput,
  candidate: Candidate,
  how: { newSender: boolean; reasons: string[] },
): Decision {
  if (candidate.status === 'CLOSED' && candidate.closedAt && isPastReopening(input, candidate.closedAt)) {
    return open(input, candidate, [
      `new ticket: #${candidate.number} was closed too long ago to open again`,
      ...how.reasons.slice(1),
    ]);
  }
  const flood = how.newSender ? tooManyOfNewSenders(input, candidate) : null;
  return flood
    ? { kind: 'HOLD', reasons: [flood, ...how.reasons], warnings: warningsOn(input) }
    : join(input, candidate, how);
}

/** Who takes no part may add a marked letter now and then, and flood nothing. */
function tooManyOfNewSenders({ newSenderLetters }: DecisionInput, { ticketId, number }: Candidate): string | null {
  if (newSenderLetters.bySender >= NEW_SENDER_LIMIT)
    return `held: this new sender wrote ${NEW_SENDER_LIMIT} letters within an hour`;
  if ((newSenderLetters.byTicket.get(ticketId) ?? 0) >= NEW_SENDER_LIMIT)
    return `held: #${number} took ${NEW_SENDER_LIMIT} letters of new senders within an hour`;
  return null;
}

function isPastReopening({ now, settings }: DecisionInput, closedAt: Date): boolean {
  const days = Math.max(REOPEN_WINDOW_DAYS, settings.closeAnsweredAfterDays ?? 0);
  return now.getTime() - closedAt.getTime() > days * DAY_MS;
}

function open(input: DecisionInput, linked: Candidate | null, reasons: string[]): Decision {
  const [confirm, why] = mayBeConfirmed(input);
  return {
    kind: 'OPEN',
    linkedTo: linked ? { ticketId: linked.ticketId, number: linked.number } : null,
    confirm,
    reasons: why ? [...reasons, why] : reasons,
    warnings: warningsOn(input),
  };
}

function mayBeConfirmed({ mail, auto, settings }: DecisionInput): [boolean, string | null] {
  if (settings.suppressConfirmations) return [false, "no confirmation: Don't send confirmation emails is on"];
  if (!mail.from || normalizeAddress(mail.from.address) === null) return [false, 'no confirmation: unknown sender'];
  if (!mayConfirm(auto.class)) return [false, `no confirmation: ${auto.reason}`];
  return [true, null];
}

function joinReason(candidate: Candidate): string {
  const by = [
    ...(candidate.byToken
      ? [candidate.byToken === 'recipient address' ? 'the signed address' : `${candidate.byToken} (our Message-ID)`]
      : candidate.byForeignId
        ? [candidate.byForeignId]
        : []),
    ...(candidate.bySubject === 'tag'
      ? [`tag [#${candidate.number}] in the subject`]
      : candidate.bySubject
        ? ['equal subject']
        : []),
    ...(candidate.isParticipant ? ['sender'] : []),
  ];
  const from = candidate.mergedFrom === null ? '' : `, into which #${candidate.mergedFrom} was merged`;
  return `joined #${candidate.number} by ${by.join(', ')}${from}`;
}
