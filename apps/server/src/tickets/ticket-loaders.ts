import { In } from 'typeorm';
import { Agent } from '../accounts/agent.entity.ts';
import type { AddressState } from '../outbound/address-state.entity.ts';
import { findAddressStates } from '../outbound/address-state.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { type GraphqlContext, loadById } from '../platform/graphql-context.ts';
import { type Connection, checkFirst, makeConnection } from '../platform/pagination.ts';
import { readSettings, type SupportSettings } from '../settings/read-settings.ts';
import { Attachment } from './attachment.entity.ts';
import { Draft } from './draft.entity.ts';
import { type HighlightRule, highlightRule } from './highlight.ts';
import { Message } from './message.entity.ts';
import { Requester } from './requester.entity.ts';
import { SenderImages } from './sender-images.entity.ts';
import type { SentReply } from './sent-reply.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketRead } from './ticket-read.entity.ts';
import { findUndoTimes } from './undo-send.ts';

const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));

export function loadAgent(ctx: GraphqlContext, id: string): Promise<Agent | null> {
  return loadById(ctx, 'agent', id, async (ids) => byId(await ctx.db.findBy(Agent, { id: In(ids) })));
}

/** A ticket that another one names; null: it was deleted. */
export function loadTicket(ctx: GraphqlContext, id: string): Promise<Ticket | null> {
  return loadById(ctx, 'ticket', id, async (ids) => byId(await ctx.db.findBy(Ticket, { id: In(ids) })));
}

/** The ticket where a letter of the ledger stands now; null: it has none. */
export async function loadTicketOfLetter(
  ctx: GraphqlContext,
  letter: { readonly id: string; readonly ticketId: string | null },
): Promise<Ticket | null> {
  const ticketId = await loadById(ctx, 'ticket-of-letter', letter.id, async (ids) => {
    const rows = await ctx.db.find(Message, {
      where: { inboundMailId: In(ids) },
      select: { id: true, inboundMailId: true, ticketId: true },
    });
    return new Map(rows.map((row) => [row.inboundMailId!, row.ticketId]));
  });
  const id = ticketId ?? letter.ticketId;
  return id === null ? null : loadTicket(ctx, id);
}

export function loadRequester(ctx: GraphqlContext, id: string): Promise<Requester | null> {
  return loadById(ctx, 'requester', id, async (ids) => byId(await ctx.db.findBy(Requester, { id: In(ids) })));
}

/** What is known of writing to an address; null: nothing. */
export function loadAddressState(ctx: GraphqlContext, address: string): Promise<AddressState | null> {
  return loadById(ctx, 'address-state', address, (addresses) => findAddressStates(ctx, addresses));
}

export function loadOutgoingMail(ctx: GraphqlContext, id: string): Promise<OutgoingMail | null> {
  return loadById(ctx, 'outgoing-mail', id, async (ids) => byId(await ctx.db.findBy(OutgoingMail, { id: In(ids) })));
}

/** What the viewer needs to take a reply back; null: he may not, or no longer. */
export function loadSentReply(ctx: GraphqlContext, messageId: string): Promise<SentReply | null> {
  return loadById(ctx, 'sent-reply', messageId, async (ids) => {
    const sent = await findUndoTimes(ctx, ids);
    return new Map(sent.map((row) => [row.messageId, row]));
  });
}

/** The number of the ticket that an outgoing mail belongs to; null: none. */
export async function loadTicketNumberOfMail(ctx: GraphqlContext, outgoingMailId: string): Promise<number | null> {
  const message = await loadById(ctx, 'message-of-mail', outgoingMailId, async (ids) => {
    const rows = await ctx.db.find(Message, {
      where: { outgoingMailId: In(ids) },
      select: { id: true, ticketId: true, outgoingMailId: true },
    });
    return new Map(rows.map((row) => [row.outgoingMailId!, row]));
  });
  return message ? ((await loadTicket(ctx, message.ticketId))?.number ?? null) : null;
}

/** The attachments of a message, in their order. */
export async function loadAttachments(ctx: GraphqlContext, messageId: string): Promise<Attachment[]> {
  const found = await loadById(ctx, 'attachments', messageId, async (ids) => {
    const rows = await ctx.db.find(Attachment, { where: { messageId: In(ids) }, order: { position: 'ASC' } });
    return grouped(rows, (row) => row.messageId);
  });
  return found ?? [];
}

function grouped<T>(rows: T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** The first window of a ticket's messages, oldest first; for a list of tickets all windows at once. @throws AppError INVALID_INPUT */
export async function loadFirstMessages(
  ctx: GraphqlContext,
  ticket: Ticket,
  wanted: number,
): Promise<Connection<Message>> {
  const first = checkFirst(wanted);
  const rows = await loadById(ctx, `messages-${first}`, ticket.id, async (ids) => {
    const window = await firstMessageIds(ctx, ids, first + 1);
    const messages = await ctx.db.find(Message, { where: { id: In(window) }, order: { createdAt: 'ASC', id: 'ASC' } });
    return grouped(messages, (message) => message.ticketId);
  });
  const totalCount = await loadById(ctx, 'message-count', ticket.id, (ids) => countMessages(ctx, ids));
  return makeConnection(rows ?? [], first, totalCount ?? 0, (message) => ({ at: message.createdAt, id: message.id }));
}

async function firstMessageIds(ctx: GraphqlContext, ticketIds: string[], most: number): Promise<string[]> {
  const rows = await ctx.db
    .createQueryBuilder()
    .select('w.id', 'id')
    .from(
      (ranked) =>
        ranked
          .select('m.id', 'id')
          .addSelect('ROW_NUMBER() OVER (PARTITION BY m.ticketId ORDER BY m.createdAt, m.id)', 'place')
          .from(Message, 'm')
          .where('m.ticketId IN (:...ticketIds)', { ticketIds }),
      'w',
    )
    .where('w.place <= :most', { most })
    .getRawMany<{ id: string }>();
  return rows.map((row) => row.id);
}

async function countMessages(ctx: GraphqlContext, ticketIds: string[]): Promise<Map<string, number>> {
  const rows = await ctx.db
    .createQueryBuilder(Message, 'm')
    .select('m.ticketId', 'ticketId')
    .addSelect('COUNT(*)', 'count')
    .where('m.ticketId IN (:...ticketIds)', { ticketIds })
    .groupBy('m.ticketId')
    .getRawMany<{ ticketId: string; count: number | string }>();
  return new Map(rows.map((row) => [row.ticketId, Number(row.count)]));
}

/** How many tickets a requester has, and how many of them are open. */
export async function loadTicketCounts(
  ctx: GraphqlContext,
  requesterId: string,
): Promise<{ all: number; open: number }> {
  const counts = await loadById(ctx, 'ticket-counts', requesterId, async (requesterIds) => {
    const rows = await ctx.db
      .createQueryBuilder(Ticket, 't')
      .select('t.requesterId', 'requesterId')
      .addSelect('t.status', 'status')
      .addSelect('COUNT(*)', 'count')
      .where('t.requesterId IN (:...requesterIds)', { requesterIds })
      .groupBy('t.requesterId')
      .addGroupBy('t.status')
      .getRawMany<{ requesterId: string; status: string; count: number | string }>();
    const found = new Map<string, { all: number; open: number }>();
    for (const { requesterId, status, count } of rows) {
      const before = found.get(requesterId) ?? { all: 0, open: 0 };
      found.set(requesterId, {
        all: before.all + Number(count),
        open: before.open + (status === 'OPEN' ? Number(count) : 0),
      });
    }
    return found;
  });
  return counts ?? { all: 0, open: 0 };
}

/** The viewer's draft for a ticket; null: none, or no agent asks. */
export async function loadDraft(ctx: GraphqlContext, ticketId: string): Promise<Draft | null> {
  const { actor } = ctx;
  if (actor.kind !== 'agent') return null;
  return loadById(ctx, 'draft', ticketId, async (ids) => {
    const rows = await ctx.db.findBy(Draft, { agentId: actor.agentId, ticketId: In(ids) });
    return new Map(rows.map((row) => [row.ticketId, row]));
  });
}

/** Whether the viewer always sees remote images of this sender; false where no agent asks. */
export async function loadShowsImages(ctx: GraphqlContext, sender: string): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind !== 'agent') return false;
  const row = await loadById(ctx, 'sender-images', sender, async (addresses) => {
    const rows = await ctx.db.findBy(SenderImages, { agentId: actor.agentId, address: In(addresses) });
    return new Map(rows.map((row) => [row.address, row]));
  });
  return row !== null;
}

/** Up to when the viewer has read a ticket; null: never, or no agent asks. */
export async function loadReadAt(ctx: GraphqlContext, ticketId: string): Promise<Date | null> {
  const { actor } = ctx;
  if (actor.kind !== 'agent') return null;
  return loadById(ctx, 'read-at', ticketId, async (ids) => {
    const rows = await ctx.db.findBy(TicketRead, { agentId: actor.agentId, ticketId: In(ids) });
    return new Map(rows.map((row) => [row.ticketId, row.readAt]));
  });
}

/** The settings and the highlight rule, read once for an operation. */
export async function loadRules(ctx: GraphqlContext): Promise<{ settings: SupportSettings; highlight: HighlightRule }> {
  const rules = await loadById(ctx, 'rules', 'now', async () => {
    const settings = await readSettings(ctx);
    return new Map([['now', { settings, highlight: highlightRule(settings) }]]);
  });
  return rules!;
}
