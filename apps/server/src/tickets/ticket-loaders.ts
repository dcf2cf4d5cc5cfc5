import { In } from 'typeorm';
import { Agent } from '../accounts/agent.entity.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { type GraphqlContext, loadById } from '../platform/graphql-context.ts';
import { readSettings, type SupportSettings } from '../settings/read-settings.ts';
import { Attachment } from './attachment.entity.ts';
import { type HighlightRule, highlightRule } from './highlight.ts';
import { Requester } from './requester.entity.ts';
import { TicketRead } from './ticket-read.entity.ts';

const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));

export function loadAgent(ctx: GraphqlContext, id: string): Promise<Agent | null> {
  return loadById(ctx, 'agent', id, async (ids) => byId(await ctx.db.findBy(Agent, { id: In(ids) })));
}

export function loadRequester(ctx: GraphqlContext, id: string): Promise<Requester | null> {
  return loadById(ctx, 'requester', id, async (ids) => byId(await ctx.db.findBy(Requester, { id: In(ids) })));
}

export function loadOutgoingMail(ctx: GraphqlContext, id: string): Promise<OutgoingMail | null> {
  return loadById(ctx, 'outgoing-mail', id, async (ids) => byId(await ctx.db.findBy(OutgoingMail, { id: In(ids) })));
}

/** The attachments of a message, in their order. */
export async function loadAttachments(ctx: GraphqlContext, messageId: string): Promise<Attachment[]> {
  const found = await loadById(ctx, 'attachments', messageId, async (ids) => {
    const rows = await ctx.db.find(Attachment, { where: { messageId: In(ids) }, order: { position: 'ASC' } });
    return grouped(rows);
  });
  return found ?? [];
}

function grouped(rows: Attachment[]): Map<string, Attachment[]> {
  const groups = new Map<string, Attachment[]>();
  for (const row of rows) groups.set(row.messageId, [...(groups.get(row.messageId) ?? []), row]);
  return groups;
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
