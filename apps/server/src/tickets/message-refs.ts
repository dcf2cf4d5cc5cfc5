import { createHash } from 'node:crypto';
import { messageIdKey } from '@support-center/mail';
import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { MessageRef } from './message-ref.entity.ts';

/** More ids than this are not looked up; the nearest ones count. */
const MAX_IDS = 100;

/** Remembers which message, and so which ticket, a Message-ID belongs to. The same id may belong to several messages. */
export async function rememberMessageId(
  ctx: Context,
  id: string,
  message: { id: string; ticketId: string },
): Promise<void> {
  await ctx.db.insert(MessageRef, { messageIdHash: hashOf(id), messageId: message.id, ticketId: message.ticketId });
}

/** Forgets the Message-ID of a message that was taken back, in the caller's transaction. */
export async function forgetMessageIds(ctx: Context, messageId: string): Promise<void> {
  await ctx.db.delete(MessageRef, { messageId });
}

/** The tickets that hold messages with these ids; `messageId` is the id as it was asked for. */
export async function findTicketsByMessageIds(
  ctx: Context,
  ids: readonly string[],
): Promise<{ messageId: string; ticketId: string }[]> {
  const byHash = new Map(ids.slice(-MAX_IDS).map((id) => [hashOf(id), id]));
  if (byHash.size === 0) return [];
  const refs = await ctx.db.findBy(MessageRef, { messageIdHash: In([...byHash.keys()]) });
  return refs.map((ref) => ({ messageId: byHash.get(ref.messageIdHash)!, ticketId: ref.ticketId }));
}

function hashOf(id: string): string {
  return createHash('sha256').update(messageIdKey(id)).digest('hex');
}
