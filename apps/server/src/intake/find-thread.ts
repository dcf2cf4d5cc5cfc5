import { isGenericSubject, type Mail, messageIdKey, normalizeAddress, ticketNumbersIn } from '@support-center/mail';
import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import type { DeletedTicket } from '../tickets/deleted-ticket.entity.ts';
import { findDeletedTickets } from '../tickets/deleted-tickets.ts';
import { findTicketsByMessageIds } from '../tickets/message-refs.ts';
import { takesPart } from '../tickets/participants.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { findBySubject } from './find-by-subject.ts';
import { answeredIds, type OwnIds, type TokenPlace } from './own-ids.ts';

const MAX_MERGES = 50;
const DAY_MS = 86_400_000;

/** A ticket that the letter may belong to, and what speaks for it. */
export interface Candidate {
  readonly ticketId: string;
  readonly number: number;
  readonly status: Ticket['status'];
  readonly closedAt: Date | null;
  readonly lastActivityAt: Date;
  /** One of our signatures names it: a Message-ID of ours, or the address that the letter was sent to. */
  readonly byToken: TokenPlace | null;
  /** A Message-ID that a letter in it carries stands in In-Reply-To or References. */
  readonly byForeignId: 'In-Reply-To' | 'References' | null;
  /** How far the nearest id that names it stands from the letter, from 0; infinite without one. */
  readonly distance: number;
  readonly bySubject: 'tag' | 'equal' | null;
  /** The sender is its requester or takes part in it. */
  readonly isParticipant: boolean;
  /** The number of the ticket that was named and has been merged into this one; null: this one was named itself. */
  readonly mergedFrom: number | null;
  /** The number of a ticket that was merged into this one and in which the sender took part; null: there is none. */
  readonly tookPartIn: number | null;
}

/** What was found about a letter, without changing anything. */
export interface Thread {
  /** The likeliest first. */
  readonly candidates: readonly Candidate[];
  /** Ids of our form whose signature does not hold. */
  readonly forgedIds: number;
  readonly isGenericSubject: boolean;
  /** Tickets that a tag in the subject names and that rest for too long to be found by their subject. */
  readonly staleTags: readonly number[];
  /** Deleted tickets that the letter names. */
  readonly deleted: readonly DeletedMention[];
}

/** A deleted ticket that a letter names. */
export interface DeletedMention extends Pick<DeletedTicket, 'number' | 'deletedBy' | 'deletedAt'> {
  /** One of our signatures names it. */
  readonly byToken: boolean;
}

/** How a thread is looked for. */
export interface ThreadOptions {
  readonly mailboxId: string;
  readonly now: Date;
  /** Tickets without activity for so many days are not found by their subject. */
  readonly subjectMatchDays: number;
  /** A ticket that is to be passed over: the one that this letter opened itself, when it is judged again. */
  readonly exceptTicketId: string | null;
}

interface Signals {
  readonly byToken: Candidate['byToken'];
  readonly byForeignId: Candidate['byForeignId'];
  readonly distance: number;
  readonly bySubject: Candidate['bySubject'];
}

const NO_SIGNALS: Signals = { byToken: null, byForeignId: null, distance: Number.POSITIVE_INFINITY, bySubject: null };

/** Signals for one ticket from two places: the nearer id and the stronger subject win. */
function joinSignals(a: Signals, b: Signals): Signals {
  const [near, far] = b.distance < a.distance ? [b, a] : [a, b];
  return {
    byToken: near.byToken ?? far.byToken,
    byForeignId: near.byForeignId ?? far.byForeignId,
    distance: near.distance,
    bySubject: a.bySubject === 'tag' || b.bySubject === 'tag' ? 'tag' : (a.bySubject ?? b.bySubject),
  };
}

/** Finds the tickets a letter may belong to: by our signatures, by foreign ids, by tag, by equal subject. Reads only. */
export async function findThread(ctx: Context, mail: Mail, own: OwnIds, options: ThreadOptions): Promise<Thread> {
  const signals = new Map<string, Signals>();
  const note = (ticketId: string, found: Partial<Signals>) =>
    signals.set(ticketId, joinSignals(signals.get(ticketId) ?? NO_SIGNALS, { ...NO_SIGNALS, ...found }));
  const sender = mail.from ? normalizeAddress(mail.from.address) : null;
  const since = new Date(options.now.getTime() - options.subjectMatchDays * DAY_MS);
  const byNumber = async (numbers: readonly number[]) =>
    numbers.length === 0
      ? []
      : ctx.db.find(Ticket, {
          where: { number: In([...new Set(numbers)]), mailboxId: options.mailboxId },
        });

  const signed = await byNumber(own.tokens.map((token) => token.ticketNumber));
  for (const { ticketNumber, place, distance } of own.tokens) {
    const ticket = signed.find(({ number }) => number === ticketNumber);
    if (ticket) note(ticket.id, { byToken: place, distance });
  }
  const answered = answeredIds(mail);
  const distanceOf = new Map(answered.map(({ id }, distance) => [messageIdKey(id), distance]));
  const foreign = answered.filter(({ id }) => !own.isOurs(id)); // ours are judged by their signature above
  const named = await findTicketsByMessageIds(
    ctx,
    foreign.map(({ id }) => id),
  );
  for (const found of named) {
    const distance = distanceOf.get(messageIdKey(found.messageId)) ?? 0;
    note(found.ticketId, { byForeignId: answered[distance]?.place as Candidate['byForeignId'], distance });
  }
  const tags = ticketNumbersIn(mail.subject ?? '');
  const tagged = await byNumber(tags);
  const stale: Ticket[] = [];
  for (const ticket of tagged) {
    const isAlive = ((await survivingTicket(ctx, ticket))?.lastActivityAt ?? since) > since;
    if (isAlive) note(ticket.id, { bySubject: 'tag' });
    else stale.push(ticket);
  }
  for (const id of await findBySubject(ctx, mail.subject ?? '', { mailboxId: options.mailboxId, sender, since }))
    note(id, { bySubject: 'equal' });

  if (options.exceptTicketId) signals.delete(options.exceptTicketId);
  return {
    candidates: await loadCandidates(ctx, signals, sender, options.mailboxId),
    forgedIds: own.forged,
    isGenericSubject: isGenericSubject(mail.subject ?? ''),
    deleted: await findDeleted(ctx, options.mailboxId, {
      signed: own.tokens.map((token) => token.ticketNumber),
      numbers: tags,
      ids: named.map(({ ticketId }) => ticketId),
    }),
    staleTags: stale.filter(({ id }) => !signals.has(id)).map(({ number }) => number),
  };
}

/** The deleted tickets among those that a letter names: by our signature, by a tag, or by a foreign id. */
async function findDeleted(
  ctx: Context,
  mailboxId: string,
  named: { signed: readonly number[]; numbers: readonly number[]; ids: readonly string[] },
): Promise<DeletedMention[]> {
  const signed = new Set(named.signed);
  const numbers = [...new Set([...signed, ...named.numbers])];
  const found = await findDeletedTickets(ctx, mailboxId, { numbers, ids: [...new Set(named.ids)] });
  return found.map(({ number, deletedBy, deletedAt }) => ({
    number,
    deletedBy,
    deletedAt,
    byToken: signed.has(number),
  }));
}

/** Loads the tickets, follows merges to the surviving one, and says whether the sender takes part there. */
async function loadCandidates(
  ctx: Context,
  signals: Map<string, Signals>,
  sender: string | null,
  mailboxId: string,
): Promise<Candidate[]> {
  const candidates = new Map<string, Candidate>();
  for (const [ticketId, found] of signals) {
    const named = await ctx.db.findOneBy(Ticket, { id: ticketId, mailboxId });
    const ticket = named && (await survivingTicket(ctx, named));
    if (!ticket) continue;
    const before = candidates.get(ticket.id);
    const isMerged = ticket.id !== named.id;
    candidates.set(ticket.id, {
      ticketId: ticket.id,
      number: ticket.number,
      status: ticket.status,
      closedAt: ticket.closedAt,
      lastActivityAt: ticket.lastActivityAt,
      ...joinSignals(before ?? NO_SIGNALS, found),
      isParticipant: before?.isParticipant ?? (sender !== null && (await takesPart(ctx, ticket, sender))),
      mergedFrom: before && before.mergedFrom === null ? null : isMerged ? named.number : null,
      tookPartIn:
        before?.tookPartIn ?? (isMerged && sender && (await takesPart(ctx, named, sender)) ? named.number : null),
    });
  }
  return [...candidates.values()].sort(byLikelihood);
}

/** The ticket at the end of a chain of merges; null when the chain goes in a circle or has no end in sight. */
async function survivingTicket(ctx: Context, named: Ticket): Promise<Ticket | null> {
  let ticket: Ticket | null = named;
  for (let step = 0; ticket?.mergedIntoId && step < MAX_MERGES; step++) {
    ticket = await ctx.db.findOneBy(Ticket, { id: ticket.mergedIntoId });
  }
  return ticket?.mergedIntoId ? null : ticket;
}

/** The nearest id first, ours before a foreign one as near; then the tag, the sender's own, the subject, the newest. */
function byLikelihood(a: Candidate, b: Candidate): number {
  if (a.distance !== b.distance) return a.distance < b.distance ? -1 : 1;
  return weight(b) - weight(a) || b.lastActivityAt.getTime() - a.lastActivityAt.getTime();
}

function weight(candidate: Candidate): number {
  return (
    (candidate.byToken ? 16 : 0) +
    (candidate.bySubject === 'tag' ? 8 : candidate.bySubject ? 1 : 0) +
    (candidate.isParticipant ? 4 : 0)
  );
}
