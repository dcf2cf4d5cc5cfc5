import { createHash } from 'node:crypto';
import { LessThan } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { Idempotency } from './idempotency.entity.ts';
import { Message } from './message.entity.ts';

const KEEP_KEYS_MS = 48 * 3_600_000;

/** The message that a wish under this key made before; null: none. @throws AppError CONFLICT when the key stood for another wish */
export async function repeatedWish(
  ctx: Context,
  key: string | null | undefined,
  wish: unknown,
): Promise<Message | null> {
  if (!key) return null;
  const known = await ctx.db.findOneBy(Idempotency, { keyHash: keyHash(ctx, key) });
  if (!known) return null;
  if (known.inputHash !== hashOf(wish))
    throw new AppError('CONFLICT', 'This idempotency key was used for another reply. Nothing was sent.');
  return ctx.db.findOneBy(Message, { id: known.messageId });
}

/** Remembers what came of a wish, in the caller's transaction. */
export async function rememberWish(
  ctx: Context,
  key: string | null | undefined,
  wish: unknown,
  message: Message,
): Promise<void> {
  if (!key) return;
  const inputHash = hashOf(wish);
  await ctx.db.insert(Idempotency, {
    keyHash: keyHash(ctx, key),
    inputHash,
    messageId: message.id,
    createdAt: ctx.clock.now(),
  });
}

/** Forgets keys after two days; a wish that comes later is a new one. Returns how many. */
export async function sweepReplyKeys(ctx: Context): Promise<number> {
  const createdAt = LessThan(new Date(ctx.clock.now().getTime() - KEEP_KEYS_MS));
  const { affected } = await transact(ctx, (ctx) => ctx.db.delete(Idempotency, { createdAt }));
  return affected ?? 0;
}

function keyHash({ actor }: Context, key: string): string {
  const who = actor.kind === 'agent' ? actor.agentId : actor.kind === 'token' ? actor.tokenId : actor.kind;
  return createHash('sha256').update(`${who}\n${key}`).digest('hex');
}

function hashOf(wish: unknown): string {
  return createHash('sha256').update(JSON.stringify(wish)).digest('hex');
}
