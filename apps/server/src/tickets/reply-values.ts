import type { Agent } from '../accounts/agent.entity.ts';
import type { Values } from '../outbound/render-template.ts';
import type { Context } from '../platform/context.ts';
import { Requester } from './requester.entity.ts';
import type { Ticket } from './ticket.entity.ts';

/** What placeholders stand for in the words of a reply; empty: it is not known. The subject of an encrypted letter is not told. */
export async function replyValues(
  ctx: Context,
  ticket: Ticket | null,
  { author, supportEmail }: { author: Agent | null; supportEmail: string },
): Promise<Values> {
  const requester = ticket === null ? null : await ctx.db.findOneBy(Requester, { id: ticket.requesterId });
  return new Map([
    ['agentName', author?.name ?? ''],
    ['supportEmail', supportEmail],
    ['number', ticket === null ? '' : String(ticket.number)],
    ['subject', ticket === null || ticket.encrypted ? '' : ticket.subject],
    ['requesterName', requester?.name ?? ''],
  ]);
}
