import type { Context } from '../platform/context.ts';
import { rowLock } from '../platform/database.ts';
import { SendingState } from './sending-state.entity.ts';

/** What all processes know of sending. */
export async function readSendingState(ctx: Context): Promise<SendingState> {
  return (await ctx.db.findOneBy(SendingState, { id: 1 })) ?? new SendingState();
}

/** The same, and nobody else changes it until the caller's transaction ends. */
export async function lockSendingState(ctx: Context): Promise<SendingState> {
  const lock = rowLock(ctx);
  const state = await ctx.db.findOne(SendingState, { where: { id: 1 }, ...(lock ? { lock } : {}) });
  return state ?? new SendingState();
}

/** Changes parts of it in the caller's transaction. */
export async function writeSendingState(ctx: Context, part: Partial<SendingState>): Promise<void> {
  // The embedded driver misreads a null in the first place, so it is written as SQL.
  const set = Object.entries(part).map(([name, value]) => [name, value === null ? () => 'NULL' : value]);
  const { affected } = await ctx.db.update(SendingState, { id: 1 }, Object.fromEntries(set));
  if (affected === 0 && !(await ctx.db.existsBy(SendingState, { id: 1 })))
    await ctx.db.insert(SendingState, Object.assign(new SendingState(), part));
}
