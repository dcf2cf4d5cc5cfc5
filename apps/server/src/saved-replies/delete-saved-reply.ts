import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { findSavedReply } from './list-saved-replies.ts';
import { SavedReply } from './saved-reply.entity.ts';
import { requireMayWrite } from './saved-reply.policy.ts';

/** Deletes a saved reply and returns it as it stood, so that it can be made anew. @throws AppError NOT_FOUND, FORBIDDEN */
export async function deleteSavedReply(ctx: Context, id: string): Promise<SavedReply> {
  requireMayWrite(ctx.actor);
  return transact(ctx, async (ctx) => {
    const reply = await findSavedReply(ctx, id);
    if (!reply) throw notFound('saved reply');
    await ctx.db.delete(SavedReply, { id });
    return reply;
  });
}
