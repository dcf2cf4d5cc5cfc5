import { Brackets, type SelectQueryBuilder } from 'typeorm';
import { requireAgent } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import { readSettings } from '../settings/read-settings.ts';
import { highlightCondition } from './highlight-condition.ts';
import { Requester } from './requester.entity.ts';
import { SECTION_STATUS, type SectionName } from './section-name.ts';
import { Ticket, type TicketStatus } from './ticket.entity.ts';
import { requireMayRead } from './ticket.policy.ts';
import { TicketRead } from './ticket-read.entity.ts';

const MAX_SEARCH = 200;

const SEARCHED = ['t.subject', 't.subjectKey', 't.requesterEmail', 'q.name', 't.snippet'] as const;

/** Which tickets a list shows; what is left out does not narrow it. */
export interface TicketListFilter {
  readonly section?: SectionName | null;
  readonly status?: readonly TicketStatus[] | null;
  readonly assigneeId?: string | null;
  readonly unassigned?: boolean | null;
  readonly highlighted?: boolean | null;
  readonly search?: string | null;
  readonly unread?: boolean | null;
}

/** A window of tickets, newest activity first; its order is total, so windows neither overlap nor leave gaps. @throws AppError */
export async function listTickets(
  ctx: Context,
  filter: TicketListFilter,
  args: WindowArgs,
): Promise<Connection<Ticket>> {
  requireMayRead(ctx.actor);
  const first = checkFirst(args.first);
  const query = await ticketQuery(ctx, filter);
  const totalCount = await query.clone().getCount();
  if (args.after) {
    const { at, id } = readCursor(args.after);
    query.andWhere('(t.lastActivityAt < :at OR (t.lastActivityAt = :at AND t.id < :id))', { at, id });
  }
  const rows = await query
    .orderBy('t.lastActivityAt', 'DESC')
    .addOrderBy('t.id', 'DESC')
    .limit(first + 1)
    .getMany();
  return makeConnection(rows, first, totalCount, (ticket) => ({ at: ticket.lastActivityAt, id: ticket.id }));
}

/** How many tickets a filter lets through. */
export async function countTickets(ctx: Context, filter: TicketListFilter): Promise<number> {
  return (await ticketQuery(ctx, filter)).getCount();
}

async function ticketQuery(ctx: Context, filter: TicketListFilter): Promise<SelectQueryBuilder<Ticket>> {
  const query = ctx.db.createQueryBuilder(Ticket, 't').where('t.mergedIntoId IS NULL');
  if (filter.section) query.andWhere('t.status = :sectionStatus', { sectionStatus: SECTION_STATUS[filter.section] });
  if (filter.status)
    query.andWhere(filter.status.length > 0 ? 't.status IN (:...status)' : '1 = 0', { status: filter.status });
  if (filter.assigneeId) query.andWhere('t.assigneeId = :assigneeId', { assigneeId: filter.assigneeId });
  if (filter.unassigned) query.andWhere('t.assigneeId IS NULL');
  if (filter.unread) onlyUnread(query, requireAgent(ctx.actor));
  if (filter.highlighted !== undefined && filter.highlighted !== null) {
    const { sql, parameters } = await highlightCondition(ctx, await readSettings(ctx));
    query.andWhere(filter.highlighted ? `(${sql})` : `(t.requesterEmail IS NULL OR NOT (${sql}))`, parameters);
  }
  if (filter.search?.trim()) search(ctx, query, filter.search.trim().slice(0, MAX_SEARCH));
  return query;
}

function onlyUnread(query: SelectQueryBuilder<Ticket>, agentId: string): void {
  query
    .leftJoin(TicketRead, 'r', 'r.ticketId = t.id AND r.agentId = :reader', { reader: agentId })
    .andWhere('(r.readAt IS NULL OR r.readAt < t.lastInboundAt)');
}

/** A number finds that ticket; words are looked for in subject, address and name, each as it stands. */
function search(ctx: Context, query: SelectQueryBuilder<Ticket>, text: string): void {
  const isEmbedded = ctx.database.dialect === 'sqlite';
  const spellings = isEmbedded ? casesOf(text) : [text.toLowerCase()];
  const folded = (column: string) => (isEmbedded ? column : `LOWER(${column})`);
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  query.leftJoin(Requester, 'q', 'q.id = t.requesterId').andWhere(
    new Brackets((any) => {
      if (number) any.where('t.number = :number', { number: Number(number) });
      for (const [n, words] of spellings.entries()) {
        for (const column of SEARCHED)
          any.orWhere(`${folded(column)} LIKE :words${n} ESCAPE '!'`, { [`words${n}`]: `%${escapeLike(words)}%` });
      }
    }),
  );
}

/** LIKE of the embedded database takes no notice of the case of ASCII letters; others are asked for in each case. */
function casesOf(text: string): string[] {
  const lower = text.toLowerCase();
  const titled = lower.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
  return /[^\p{ASCII}]/u.test(text) ? [...new Set([text, lower, text.toUpperCase(), titled])] : [lower];
}
