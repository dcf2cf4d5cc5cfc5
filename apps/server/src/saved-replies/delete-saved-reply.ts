import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { lockSavedReply } from './list-saved-replies.ts';
import { SavedReply } from './saved-reply.entity.ts';
import { requireMayWrite } from './saved-reply.policy.ts';

/** Deletes a saved reply and returns it as it stood, so that it can be made anew. @throws AppError NOT_FOUND, FORBIDDEN */
export async function deleteSavedReply(ctx: Context, id: string): Promise<SavedReply> {
  requireMayWrite(ctx.actor);
  return transact(ctx, async (ctx) => {
    const reply = await lockSavedReply(ctx, id);
    await ctx.db.delete(SavedReply, { id });
    return reply;
  });
}
