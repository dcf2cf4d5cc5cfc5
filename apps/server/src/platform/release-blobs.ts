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
  const unnamed = await findUnnamedBlobs(
    ctx,
    rows.map(({ id }) => id),
  );
  if (unnamed.length === 0) return 0;
  await ctx.db.update(
    BlobRow,
    { id: In(unnamed) },
    { sha256: null, sizeBytes: 0, completedAt: null, createdAt: LONG_AGO },
  );
  return unnamed.length;
}

/**
 * Those of these blobs that no row names. One statement asks for all columns, so that a name which moves from one row
 * to another meanwhile, such as from an attachment to an upload, is seen in one of them.
 */
export async function findUnnamedBlobs(ctx: Context, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const query = ctx.db
    .createQueryBuilder(BlobRow, 'b')
    .select('b.id', 'id')
    .where('b.id IN (:...ids)', { ids: [...ids] });
  for (const [n, { entity, column }] of namingColumns(ctx).entries()) {
    const naming = query.subQuery().select('1').from(entity, `r${n}`).where(`r${n}.${column} = b.id`);
    query.andWhere(`NOT EXISTS ${naming.getQuery()}`);
  }
  return (await query.getRawMany<{ id: string }>()).map(({ id }) => id);
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
