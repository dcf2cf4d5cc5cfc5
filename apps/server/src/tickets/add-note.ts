import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { emptyMessage } from './add-message.ts';
import { Draft } from './draft.entity.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { requireText } from './message-text.ts';
import { requireMayWork } from './ticket.policy.ts';

/** Adds words that only agents see. A note never answers, closes or opens a ticket. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT */
export async function addNote(ctx: Context, { ticketId, text }: { ticketId: string; text: string }): Promise<Message> {
  requireMayWork(ctx.actor);
  const words = requireText('text', text);
  return transact(ctx, async (ctx) => {
    const ticket = await lockTicket(ctx, ticketId);
    const authorId = ctx.actor.kind === 'agent' ? ctx.actor.agentId : null;
    const note = Object.assign(new Message(), emptyMessage(ctx, ticketId), {
      kind: 'NOTE' as const,
      text: words,
      newText: words,
      authorId,
    });
    await ctx.db.insert(Message, note);
    if (authorId) await ctx.db.delete(Draft, { ticketId, agentId: authorId, isNote: true });
    ticket.messageCount += 1;
    await saveTicket(ctx, ticket);
    return note;
  });
}
