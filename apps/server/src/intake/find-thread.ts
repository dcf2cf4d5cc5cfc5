import {
  isGenericSubject,
  type Mail,
  normalizeAddress,
  normalizeSubject,
  sameSubject,
  ticketNumbersIn,
} from '@support-center/mail';
import { Brackets, In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { findTicketsByMessageIds } from '../tickets/message-refs.ts';
import { Participant } from '../tickets/participant.entity.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import type { OwnIds } from './own-ids.ts';

/** Follow-ups by subject alone join tickets with activity within this many days. */
export const SUBJECT_AGE_LIMIT_DAYS = 90;
const MAX_CANDIDATES = 20;
const MAX_MERGES = 10;
const CUT_SUBJECT_CHARACTERS = 60;

/** A ticket that the letter may belong to, and what speaks for it. */
export interface Candidate {
  readonly ticketId: string;
  readonly number: number;
  readonly status: Ticket['status'];
  readonly closedAt: Date | null;
  readonly lastActivityAt: Date;
  readonly assigneeId: string | null;
  /** One of our signed Message-IDs names it, in In-Reply-To or References. */
  readonly byToken: 'In-Reply-To' | 'References' | null;
  /** A Message-ID that a letter in it carries stands in In-Reply-To or References. */
  readonly byForeignId: 'In-Reply-To' | 'References' | null;
  readonly bySubject: 'tag' | 'equal' | null;
  /** The sender is its requester or takes part in it. */
  readonly isParticipant: boolean;
}

/** What was found about a letter, without changing anything. */
export interface Thread {
  readonly candidates: readonly Candidate[];
  /** Ids of our form whose signature does not hold. */
  readonly forgedIds: number;
  readonly isGenericSubject: boolean;
}

interface Signals {
  byToken: Candidate['byToken'];
  byForeignId: Candidate['byForeignId'];
  bySubject: Candidate['bySubject'];
}

/** Finds the tickets a letter may belong to: by our ids, by foreign ids, by tag, by equal subject. Reads only. */
export async function findThread(ctx: Context, mailboxId: string, mail: Mail, own: OwnIds, now: Date): Promise<Thread> {
  const signals = new Map<string, Signals>();
  const note = (ticketId: string, found: Partial<Signals>) => {
    const known = signals.get(ticketId) ?? { byToken: null, byForeignId: null, bySubject: null };
    signals.set(ticketId, {
      byToken: known.byToken ?? found.byToken ?? null,
      byForeignId: known.byForeignId ?? found.byForeignId ?? null,
      bySubject: known.bySubject ?? found.bySubject ?? null,
    });
  };
  const sender = mail.from ? normalizeAddress(mail.from.address) : null;

  for (const { ticketNumber, header } of own.tokens) {
    const ticket = await ctx.db.findOne(Ticket, { where: { number: ticketNumber, mailboxId }, select: { id: true } });
    if (ticket) note(ticket.id, { byToken: header });
  }
  const direct = new Set(mail.inReplyTo);
  for (const found of await findTicketsByMessageIds(ctx, [...mail.inReplyTo, ...mail.references])) {
    if (own.isOurs(found.messageId)) continue; // judged by its signature above
    note(found.ticketId, { byForeignId: direct.has(found.messageId) ? 'In-Reply-To' : 'References' });
  }
  const tags = ticketNumbersIn(mail.subject ?? '');
  if (tags.length > 0) {
    const tagged = await ctx.db.find(Ticket, { where: { number: In(tags), mailboxId }, select: { id: true } });
    for (const { id } of tagged) note(id, { bySubject: 'tag' });
  }
  for (const id of await findBySubject(ctx, mailboxId, mail.subject ?? '', sender, now))
    note(id, { bySubject: 'equal' });

  return {
    candidates: await loadCandidates(ctx, signals, sender),
    forgedIds: own.forged,
    isGenericSubject: isGenericSubject(mail.subject ?? ''),
  };
}

/** Tickets with this subject that are young enough; those of the sender first, since only so many are looked at. */
async function findBySubject(
  ctx: Context,
  mailboxId: string,
  subject: string,
  sender: string | null,
  now: Date,
): Promise<string[]> {
  const { key } = normalizeSubject(subject);
  if (key === '') return [];
  const since = new Date(now.getTime() - SUBJECT_AGE_LIMIT_DAYS * 86_400_000);
  const start = key.length >= CUT_SUBJECT_CHARACTERS ? `${escapeLike(key.slice(0, CUT_SUBJECT_CHARACTERS))}%` : null;
  const query = (own: boolean) => {
    const q = ctx.db
      .createQueryBuilder(Ticket, 't')
      .select(['t.id', 't.subjectKey'])
      .where('t.mailboxId = :mailboxId AND t.lastActivityAt > :since', { mailboxId, since })
      .andWhere(
        new Brackets((either) => {
          either.where('t.subjectKey = :key', { key });
          if (start) either.orWhere("t.subjectKey LIKE :start ESCAPE '!'", { start });
        }),
      )
      .orderBy('t.lastActivityAt', 'DESC')
      .take(MAX_CANDIDATES);
    return own ? q.andWhere('t.requesterEmail = :sender', { sender }) : q;
  };
  const rows = [...(sender ? await query(true).getMany() : []), ...(await query(false).getMany())];
  return [...new Set(rows.filter((row) => sameSubject(row.subjectKey, key)).map((row) => row.id))];
}

/** Loads the tickets, follows merges to the surviving one, and says whether the sender takes part there. */
async function loadCandidates(
  ctx: Context,
  signals: Map<string, Signals>,
  sender: string | null,
): Promise<Candidate[]> {
  const candidates = new Map<string, Candidate>();
  for (const [ticketId, signal] of signals) {
    const ticket = await survivingTicket(ctx, ticketId);
    if (!ticket || candidates.has(ticket.id)) continue;
    candidates.set(ticket.id, {
      ticketId: ticket.id,
      number: ticket.number,
      status: ticket.status,
      closedAt: ticket.closedAt,
      lastActivityAt: ticket.lastActivityAt,
      assigneeId: ticket.assigneeId,
      ...signal,
      isParticipant: sender !== null && (await takesPart(ctx, ticket, sender)),
    });
  }
  return [...candidates.values()].sort(
    (a, b) => strength(b) - strength(a) || b.lastActivityAt.getTime() - a.lastActivityAt.getTime(),
  );
}

async function survivingTicket(ctx: Context, ticketId: string): Promise<Ticket | null> {
  let ticket = await ctx.db.findOneBy(Ticket, { id: ticketId });
  for (let step = 0; ticket?.mergedIntoId && step < MAX_MERGES; step++) {
    ticket = await ctx.db.findOneBy(Ticket, { id: ticket.mergedIntoId });
  }
  return ticket?.mergedIntoId ? null : ticket;
}

async function takesPart(ctx: Context, ticket: Ticket, sender: string): Promise<boolean> {
  if (ticket.requesterEmail === sender) return true;
  return ctx.db.existsBy(Participant, { ticketId: ticket.id, address: sender });
}

/** What decides between several: our own id, then a foreign one, then the tag, then the bare subject; the sender's own first. */
function strength(candidate: Candidate): number {
  return (
    (candidate.byToken === 'In-Reply-To' ? 64 : candidate.byToken ? 48 : 0) +
    (candidate.byForeignId === 'In-Reply-To' ? 24 : candidate.byForeignId ? 16 : 0) +
    (candidate.bySubject === 'tag' ? 8 : candidate.bySubject ? 2 : 0) +
    (candidate.isParticipant ? 4 : 0)
  );
}
