import { requireAgent } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { invalidInput, notFound } from '../platform/errors.ts';
import { Draft } from './draft.entity.ts';
import { MAX_MESSAGE_TEXT } from './message-text.ts';
import { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';

/** What is kept of an unsent reply or note. */
export interface DraftToSave {
  readonly ticketId: string;
  readonly text: string;
  readonly html?: string | null;
  readonly isNote?: boolean | null;
}

/** Keeps what the agent has typed; blank text forgets it. Returns the kept draft or null. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT */
export async function saveDraft(ctx: Context, { ticketId, text, html, isNote }: DraftToSave): Promise<Draft | null> {
  const agentId = requireAgent(ctx.actor);
  requireMayWork(ctx.actor);
  if (text.length > MAX_MESSAGE_TEXT || (html?.length ?? 0) > 2 * MAX_MESSAGE_TEXT) {
    throw invalidInput([{ path: 'text', message: 'A draft holds at most 1,000,000 characters.' }]);
  }
  return transact(ctx, async (ctx) => {
    if (!(await ctx.db.existsBy(Ticket, { id: ticketId }))) throw notFound('ticket');
    if (text.trim() === '') {
      await ctx.db.delete(Draft, { ticketId, agentId });
      return null;
    }
    const draft = { ticketId, agentId, text, html: html ?? null, isNote: isNote ?? false, updatedAt: ctx.clock.now() };
    await ctx.db.upsert(Draft, draft, ['ticketId', 'agentId']);
    return Object.assign(new Draft(), draft);
  });
}
