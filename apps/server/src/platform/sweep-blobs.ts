import { IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { BlobRow } from './blob.entity.ts';
import type { Context } from './context.ts';
import { transact } from './database.ts';
import { defineJob, type JobDefinition } from './jobs.ts';
import { findUnnamedBlobs, releaseBlobs } from './release-blobs.ts';

const AT_ONCE = 500;
const DAY_MS = 24 * 3_600_000;
/** Between two looks, so that the walk over a large store is never felt. */
const BREATH_MS = 5;

/** Lets its rows go that name these blobs and no longer need them; whether it did, it says by how many. */
export type LetGo = (ctx: Context, blobIds: readonly string[]) => Promise<number>;

/**
 * Once a day all stored bytes are walked over: owners let go what they have kept long enough, and what no row names any
 * more is removed. Safe to run twice, and by two at once: it only removes what nothing names, in the transaction that
 * has seen so.
 */
export function makeBlobSweep(owners: readonly LetGo[]): JobDefinition<null> {
  return defineJob<null>({
    name: 'sweep-blobs',
    everyMs: DAY_MS,
    async run(ctx, _payload, { signal }) {
      for (let after = ''; !signal.aborted; ) {
        const ids = await nextBlobs(ctx, after);
        if (ids.length === 0) return;
        await sweepSome(ctx, ids, owners);
        after = ids.at(-1)!;
        await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
      }
      return { againInMs: 0 };
    },
  });
}

/** Whole blobs in the order of their making; those of the last day may still be waiting for the row that names them. */
async function nextBlobs(ctx: Context, after: string): Promise<string[]> {
  const rows = await ctx.db.find(BlobRow, {
    where: {
      id: MoreThan(after),
      sha256: Not(IsNull()),
      createdAt: LessThan(new Date(ctx.clock.now().getTime() - DAY_MS)),
    },
    select: { id: true },
    order: { id: 'ASC' },
    take: AT_ONCE,
  });
  return rows.map(({ id }) => id);
}

async function sweepSome(ctx: Context, ids: readonly string[], owners: readonly LetGo[]): Promise<void> {
  for (const letGo of owners) await letGo(ctx, ids);
  const unnamed = await findUnnamedBlobs(ctx, ids);
  if (unnamed.length > 0) await transact(ctx, (ctx) => releaseBlobs(ctx, unnamed));
}
