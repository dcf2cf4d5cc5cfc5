import { In } from 'typeorm';
import { BlobChunk, BlobRow } from './blob.entity.ts';
import { sweepPartialBlobs } from './blobs.ts';
import type { Context } from './context.ts';
import { rowLock } from './database.ts';
import { defineJob, enqueue } from './jobs.ts';

const AT_ONCE = 500;
/** Every column of this ending names a blob: whoever adds one is asked here before bytes are removed. */
const NAMES_A_BLOB = /blobId$/i;
const LONG_AGO = new Date(0);

/** Removes the bytes of blobs that were given up. Safe to run twice: it only removes what nothing names. */
export const removeReleasedBlobs = defineJob<null>({
  name: 'remove-released-blobs',
  async run(ctx, _payload, { signal }) {
    while (!signal.aborted && (await sweepPartialBlobs(ctx)) > 0);
  },
});

/**
 * Gives up blobs whose rows the caller has just removed, in his transaction. Those that no other row names are out of
 * reach with its commit, also for letters with the same bytes; their bytes are removed right after it, so that a huge
 * ticket holds no lock for long.
 */
export async function releaseBlobs(ctx: Context, blobIds: readonly string[]): Promise<void> {
  if (!ctx.transaction) throw new Error('releaseBlobs belongs into a transaction');
  const ids = [...new Set(blobIds)].sort();
  let released = 0;
  for (let at = 0; at < ids.length; at += AT_ONCE) released += await releaseSome(ctx, ids.slice(at, at + AT_ONCE));
  if (released > 0) await enqueue(ctx, removeReleasedBlobs, { key: 'now', payload: null });
}

async function releaseSome(ctx: Context, ids: readonly string[]): Promise<number> {
  const lock = rowLock(ctx);
  // Who keeps the same bytes right now holds a lock on the row: after it, what he wrote is seen below.
  const rows = await ctx.db.find(BlobRow, {
    where: { id: In([...ids]) },
    select: { id: true },
    order: { id: 'ASC' },
    ...(lock ? { lock } : {}),
  });
  const unnamed = new Set(rows.map(({ id }) => id));
  for (const { entity, column } of namingColumns(ctx)) {
    if (unnamed.size === 0) break;
    const named = await ctx.db
      .createQueryBuilder(entity, 'r')
      .select(`r.${column}`, 'id')
      .distinct(true)
      .where(`r.${column} IN (:...ids)`, { ids: [...unnamed] })
      .getRawMany<{ id: string }>();
    for (const { id } of named) unnamed.delete(id);
  }
  if (unnamed.size === 0) return 0;
  await ctx.db.update(
    BlobRow,
    { id: In([...unnamed]) },
    { sha256: null, sizeBytes: 0, completedAt: null, createdAt: LONG_AGO },
  );
  return unnamed.size;
}

/** Every column of the product that names a blob. */
export function namingColumns(ctx: Pick<Context, 'db'>) {
  return ctx.db.connection.entityMetadatas
    .filter(({ target }) => target !== BlobChunk)
    .flatMap(({ target, columns }) =>
      columns
        .filter(({ propertyName }) => NAMES_A_BLOB.test(propertyName))
        .map(({ propertyName }) => ({ entity: target, column: propertyName })),
    );
}
