import { createHash } from 'node:crypto';
import { In, IsNull, LessThan } from 'typeorm';
import { BlobChunk, BlobRow } from './blob.entity.ts';
import type { Context } from './context.ts';
import { isUniqueViolation, shareLock, transact } from './database.ts';
import { insertRows } from './plain-rows.ts';

/** No row of a blob is larger than this. */
export const CHUNK_BYTES = 1024 * 1024;
/** Contents up to this size are stored together with others. */
const SMALL_BYTES = 256 * 1024;
const SWEPT_AT_ONCE = 500;
const CHUNKS_AT_ONCE = 100;
const ORPHAN_MS = 24 * 3600 * 1000;

/** Bytes that have come in and been hashed. Small ones wait in memory for `keepBlob`; large ones are on disk in part already. */
export interface ReceivedBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** The whole content where it fits into one chunk; null when its chunks stand under `partialId`. */
  readonly small: Buffer | null;
  readonly partialId: string | null;
}

/** The stream was longer than allowed; what had come in is left for the sweep. */
export class BlobTooLargeError extends Error {
  readonly limitBytes: number;
  constructor(limitBytes: number) {
    super(`more than ${limitBytes} bytes`);
    this.limitBytes = limitBytes;
  }
}

/** Takes a stream in, at most one chunk of it in memory. Call outside a transaction. @throws BlobTooLargeError */
export async function receiveBlob(
  ctx: Context,
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  limitBytes: number,
): Promise<ReceivedBlob> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  let partialId: string | null = null;
  let position = 0;

  const flush = async (chunk: Buffer) => {
    partialId ??= await beginPartial(ctx);
    const row = { blobId: partialId, position: position++, bytes: chunk };
    await transact(ctx, (ctx) => ctx.db.insert(BlobChunk, row));
  };

  for await (const piece of source) {
    sizeBytes += piece.length;
    if (sizeBytes > limitBytes) throw new BlobTooLargeError(limitBytes);
    hash.update(piece);
    pending.push(piece);
    pendingBytes += piece.length;
    while (pendingBytes > CHUNK_BYTES) {
      const joined = Buffer.concat(pending);
      await flush(joined.subarray(0, CHUNK_BYTES));
      pending = [joined.subarray(CHUNK_BYTES)];
      pendingBytes = pending[0]!.length;
    }
  }
  const rest = Buffer.concat(pending);
  if (partialId !== null) await flush(rest);
  return { sha256: hash.digest('hex'), sizeBytes, small: partialId === null ? rest : null, partialId };
}

/** Makes received bytes a blob in the caller's transaction and returns its id; the same content is stored once. */
export async function keepBlob(ctx: Context, received: ReceivedBlob): Promise<string> {
  if (!ctx.transaction) throw new Error('keepBlob belongs into a transaction');
  const known = await findKnown(ctx, received.sha256);
  if (known) return known.id;
  const now = ctx.clock.now();
  try {
    if (received.partialId !== null) {
      await ctx.db.update(
        BlobRow,
        { id: received.partialId },
        { sha256: received.sha256, sizeBytes: received.sizeBytes, completedAt: now },
      );
      return received.partialId;
    }
    const id = ctx.random.id(now);
    await ctx.db.insert(BlobRow, {
      id,
      sha256: received.sha256,
      sizeBytes: received.sizeBytes,
      createdAt: now,
      completedAt: now,
    });
    if (received.sizeBytes > 0) await ctx.db.insert(BlobChunk, { blobId: id, position: 0, bytes: received.small! });
    return id;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const raced = await findKnown(ctx, received.sha256);
    if (!raced) throw error;
    return raced.id;
  }
}

/** Stores bytes that are in memory already, in the caller's transaction; larger ones than a chunk are split. */
export async function keepBytes(ctx: Context, content: Buffer): Promise<string> {
  if (!ctx.transaction) throw new Error('keepBytes belongs into a transaction');
  const sha256 = createHash('sha256').update(content).digest('hex');
  if (content.length <= CHUNK_BYTES) {
    return keepBlob(ctx, { sha256, sizeBytes: content.length, small: content, partialId: null });
  }
  const known = await findKnown(ctx, sha256);
  if (known) return known.id;
  const partialId = await beginPartial(ctx);
  for (let at = 0, position = 0; at < content.length; at += CHUNK_BYTES, position++) {
    await ctx.db.insert(BlobChunk, { blobId: partialId, position, bytes: content.subarray(at, at + CHUNK_BYTES) });
  }
  return keepBlob(ctx, { sha256, sizeBytes: content.length, small: null, partialId });
}

/**
 * Stores many small contents as `keepBytes` does each, in the caller's transaction, by few statements. Returns their
 * ids in the order given.
 */
export async function keepManyBytes(ctx: Context, contents: readonly Buffer[]): Promise<string[]> {
  if (!ctx.transaction) throw new Error('keepManyBytes belongs into a transaction');
  const hashes = contents.map((content) => createHash('sha256').update(content).digest('hex'));
  const lock = shareLock(ctx);
  const known = await ctx.db.find(BlobRow, {
    where: { sha256: In(hashes) },
    select: { id: true, sha256: true },
    ...(lock ? { lock } : {}),
  });
  const ids = new Map(known.map(({ id, sha256 }) => [sha256!, id]));
  const now = ctx.clock.now();
  const rows: BlobRow[] = [];
  const chunks: BlobChunk[] = [];
  for (const [n, content] of contents.entries()) {
    const sha256 = hashes[n]!;
    if (ids.has(sha256) || content.length === 0 || content.length > SMALL_BYTES) continue;
    const id = ctx.random.id(now);
    ids.set(sha256, id);
    rows.push({ id, sha256, sizeBytes: content.length, createdAt: now, completedAt: now });
    chunks.push({ blobId: id, position: 0, bytes: content });
  }
  try {
    await insertRows(ctx, BlobRow, rows);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Another process has just stored one of them: each is asked for alone.
    const kept: string[] = [];
    for (const content of contents) kept.push(await keepBytes(ctx, content));
    return kept;
  }
  for (const some of byBytes(chunks)) await insertRows(ctx, BlobChunk, some);
  for (const [n, content] of contents.entries()) {
    if (!ids.has(hashes[n]!)) ids.set(hashes[n]!, await keepBytes(ctx, content));
  }
  return hashes.map((sha256) => ids.get(sha256)!);
}

/** Parts that are each about as large as one chunk. */
function* byBytes(chunks: readonly BlobChunk[]): Generator<BlobChunk[]> {
  let some: BlobChunk[] = [];
  let bytes = 0;
  for (const chunk of chunks) {
    some.push(chunk);
    bytes += chunk.bytes.length;
    if (bytes < CHUNK_BYTES) continue;
    yield some;
    some = [];
    bytes = 0;
  }
  yield some;
}

/** The blob with these bytes, which nobody can give up before the caller's transaction has ended. */
async function findKnown(ctx: Context, sha256: string): Promise<Pick<BlobRow, 'id'> | null> {
  const lock = shareLock(ctx);
  return ctx.db.findOne(BlobRow, { where: { sha256 }, select: { id: true }, ...(lock ? { lock } : {}) });
}

/** The bytes of a blob from `start` on, chunk by chunk. */
export async function* readBlob(ctx: Context, blobId: string, start = 0): AsyncGenerator<Buffer> {
  let skip = start % CHUNK_BYTES;
  for (let position = Math.floor(start / CHUNK_BYTES); ; position++) {
    const chunk = await ctx.db.findOneBy(BlobChunk, { blobId, position });
    if (!chunk) return;
    yield skip > 0 ? chunk.bytes.subarray(skip) : chunk.bytes;
    // Only the last one is shorter.
    if (chunk.bytes.length < CHUNK_BYTES) return;
    skip = 0;
  }
}

/** The whole blob in memory; for letters, which have a limit. */
export async function readWholeBlob(ctx: Context, blobId: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of readBlob(ctx, blobId)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Those of these blobs that fit into one chunk, by their ids, by one question to the database. */
export async function readSmallBlobs(ctx: Context, blobIds: readonly string[]): Promise<Map<string, Buffer>> {
  if (blobIds.length === 0) return new Map();
  const chunks = await ctx.db.findBy(BlobChunk, { blobId: In([...blobIds]), position: 0 });
  return new Map(chunks.flatMap(({ blobId, bytes }) => (bytes.length < CHUNK_BYTES ? [[blobId, bytes]] : [])));
}

/** Removes what broken streams left behind, and what was given up. Returns how many. */
export async function sweepPartialBlobs(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - ORPHAN_MS);
  const orphans = await ctx.db.find(BlobRow, {
    where: { sha256: IsNull(), createdAt: LessThan(before) },
    select: { id: true },
    take: SWEPT_AT_ONCE,
  });
  const ids = orphans.map(({ id }) => id);
  for (const some of await inBearableParts(ctx, ids)) {
    await transact(ctx, async (ctx) => {
      await ctx.db.delete(BlobChunk, { blobId: In(some) });
      await ctx.db.delete(BlobRow, { id: In(some) });
    });
  }
  return ids.length;
}

/** Parts of so many chunks that one transaction removes each; a blob that has more is a part of its own. */
async function inBearableParts(ctx: Context, blobIds: readonly string[]): Promise<string[][]> {
  if (blobIds.length === 0) return [];
  const rows = await ctx.db
    .createQueryBuilder(BlobChunk, 'c')
    .select(['c.blobId AS id', 'COUNT(*) AS count'])
    .where('c.blobId IN (:...blobIds)', { blobIds: [...blobIds] })
    .groupBy('c.blobId')
    .getRawMany<{ id: string; count: string | number }>();
  const chunks = new Map(rows.map(({ id, count }) => [id, Number(count)]));
  const parts: string[][] = [[]];
  let filled = 0;
  for (const id of blobIds) {
    const count = chunks.get(id) ?? 0;
    if (filled > 0 && filled + count > CHUNKS_AT_ONCE) {
      parts.push([]);
      filled = 0;
    }
    parts.at(-1)!.push(id);
    filled += count;
  }
  return parts;
}

async function beginPartial(ctx: Context): Promise<string> {
  const now = ctx.clock.now();
  const id = ctx.random.id(now);
  await transact(ctx, (ctx) =>
    ctx.db.insert(BlobRow, { id, sha256: null, sizeBytes: 0, createdAt: now, completedAt: null }),
  );
  return id;
}
