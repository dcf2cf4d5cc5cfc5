import { requireAgent } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { invalidInput } from '../platform/errors.ts';
import { Draft } from './draft.entity.ts';
import { holdTicket } from './lock-ticket.ts';
import { MAX_MESSAGE_TEXT } from './message-text.ts';
import { requireMayWork } from './ticket.policy.ts';

/** What is kept of an unsent reply or note. */
export interface DraftToSave {
  readonly ticketId: string;
  readonly text: string;
  readonly html?: string | null;
  readonly isNote?: boolean | null;
  readonly to?: readonly string[] | null;
  readonly cc?: readonly string[] | null;
  readonly bcc?: readonly string[] | null;
  readonly attachmentIds?: readonly string[] | null;
  readonly forwardOfId?: string | null;
  readonly leftOutIds?: readonly string[] | null;
}

/**
 * Keeps what the agent has typed, whom it goes to and its files; one without words, files and recipients is forgotten.
 * Returns the kept draft or null. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT
 */
export async function saveDraft(ctx: Context, wish: DraftToSave): Promise<Draft | null> {
  const { ticketId, text, html, isNote } = wish;
  const agentId = requireAgent(ctx.actor);
  requireMayWork(ctx.actor);
  if (text.length > MAX_MESSAGE_TEXT || (html?.length ?? 0) > 2 * MAX_MESSAGE_TEXT) {
    throw invalidInput([{ path: 'text', message: 'A draft holds at most 1,000,000 characters.' }]);
  }
  return transact(ctx, async (ctx) => {
    await holdTicket(ctx, ticketId);
    if (isEmpty(wish)) {
      await ctx.db.delete(Draft, { ticketId, agentId });
      return null;
    }
    const draft = {
      ticketId,
      agentId,
      text,
      html: html ?? null,
      isNote: isNote ?? false,
      to: orNull(wish.to),
      cc: orNull(wish.cc),
      bcc: orNull(wish.bcc),
      attachmentIds: orNull(wish.attachmentIds),
      forwardOfId: wish.forwardOfId ?? null,
      leftOutIds: orNull(wish.leftOutIds),
      updatedAt: ctx.clock.now(),
    };
    await ctx.db.upsert(Draft, draft, ['ticketId', 'agentId']);
    return Object.assign(new Draft(), draft);
  });
}

function isEmpty({ text, html, to, cc, bcc, attachmentIds }: DraftToSave): boolean {
  return text.trim() === '' && !html?.includes('<img') && ![to, cc, bcc, attachmentIds].some((list) => list?.length);
}

function orNull(list: readonly string[] | null | undefined): string[] | null {
  return list?.length ? [...list] : null;
}
