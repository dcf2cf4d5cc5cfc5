import { cleanLine } from '../knowledge-base/plain-words.ts';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { lockSavedReply } from './list-saved-replies.ts';
import { EVERYBODY, SavedReply } from './saved-reply.entity.ts';
import { ownerFor, requireMayWrite } from './saved-reply.policy.ts';
import type { SavedReplyInput } from './saved-reply.types.ts';
import { savedReplyBody } from './saved-reply-body.ts';

const LONGEST_NAME = 100;
/** How many an agent can have, and how many there can be for everybody. */
export const MOST_SAVED_REPLIES = { own: 200, shared: 500 } as const;

/**
 * Makes a saved reply or changes one; what is left out stays.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT when it has changed meanwhile or there are as many as there can be
 */
export async function saveSavedReply(ctx: Context, input: SavedReplyInput): Promise<SavedReply> {
  requireMayWrite(ctx.actor);
  return transact(ctx, async (ctx) => {
    const before = input.id ? await lockSavedReply(ctx, input.id) : null;
    requireSameVersion(before, input.version);
    const reply = changed(ctx, before ?? newReply(ctx), input);
    if (reply.ownerId !== before?.ownerId) await requireRoom(ctx, reply.ownerId);
    try {
      return await ctx.db.save(SavedReply, reply);
    } catch (error) {
      if (isUniqueViolation(error)) throw nameIsTaken(reply);
      throw error;
    }
  });
}

function newReply(ctx: Context): SavedReply {
  const createdAt = ctx.clock.now();
  return Object.assign(new SavedReply(), { id: ctx.random.id(createdAt), version: 0, createdAt });
}

function changed(ctx: Context, before: SavedReply, { name, reach, html }: SavedReplyInput): SavedReply {
  const isNew = before.version === 0;
  if (isNew && !reach) throw invalidInput([{ path: 'reach', message: 'Say whom it is for.' }]);
  const now: Partial<SavedReply> = {
    version: before.version + 1,
    updatedAt: ctx.clock.now(),
    updatedById: ctx.actor.kind === 'agent' ? ctx.actor.agentId : null,
  };
  if (reach) now.ownerId = ownerFor(ctx.actor, reach);
  if (isNew || typeof name === 'string') Object.assign(now, checkedName(name));
  if (isNew || typeof html === 'string') Object.assign(now, savedReplyBody(html));
  return Object.assign(new SavedReply(), before, now);
}

function checkedName(written: string | null | undefined): Pick<SavedReply, 'name' | 'nameKey'> {
  const name = cleanLine(written ?? '');
  if (name === '') throw invalidInput([{ path: 'name', message: 'Give the saved reply a name.' }]);
  if (name.length > LONGEST_NAME)
    throw invalidInput([{ path: 'name', message: `A name has at most ${LONGEST_NAME} characters.` }]);
  return { name, nameKey: name.toLowerCase() };
}

function requireSameVersion(before: SavedReply | null, seen: number | null | undefined): void {
  if (!before || seen === null || seen === undefined || seen === before.version) return;
  throw new AppError(
    'CONFLICT',
    `“${before.name}” was changed meanwhile. Nothing was saved, and your words are still here; open it anew to see the others.`,
  );
}

async function requireRoom(ctx: Context, ownerId: string): Promise<void> {
  const [most, whose] =
    ownerId === EVERYBODY
      ? [MOST_SAVED_REPLIES.shared, 'saved replies for everybody']
      : [MOST_SAVED_REPLIES.own, 'saved replies of your own'];
  if ((await ctx.db.countBy(SavedReply, { ownerId })) >= most)
    throw new AppError(
      'CONFLICT',
      `There are ${most} ${whose}, which is the most. Nothing was saved; delete one first.`,
    );
}

function nameIsTaken({ name, ownerId }: SavedReply): AppError {
  const message =
    ownerId === EVERYBODY
      ? `There is a saved reply “${name}” for everybody already. Choose another name.`
      : `You have a saved reply “${name}” already. Choose another name.`;
  return invalidInput([{ path: 'name', message }]);
}
