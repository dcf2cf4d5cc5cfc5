import { safeName } from '@support-center/mail';
import { In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { keepBlob, receiveBlob } from '../platform/blobs.ts';
import type { Actor, Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { releaseBlobs } from '../platform/release-blobs.ts';
import { Draft } from './draft.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { Upload } from './upload.entity.ts';

/** Most mail servers take 25 MB or more; a mail with all its files stays below. */
export const UPLOAD_LIMITS = { fileBytes: 25_000_000, totalBytes: 25_000_000, files: 50 } as const;
/** Files that wait for a mail of one person at one time. */
const MAX_WAITING = 200;
/** So many are swept at once. */
const AT_ONCE = 1000;
const UNUSED_MS = 24 * 3_600_000;
const HELD_MS = 30 * UNUSED_MS;
const MAX_HELD = 10_000;
const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/i;

/** Whose files these are: a session, or a token. */
export function ownerOf(actor: Actor): string {
  if (actor.kind === 'agent') return `session:${actor.sessionId}`;
  if (actor.kind === 'token') return `token:${actor.tokenId}`;
  return actor.kind;
}

/**
 * Takes a file in as a stream and keeps it for the sender's session.
 * @throws AppError FORBIDDEN, INVALID_INPUT; BlobTooLargeError over the limit, and nothing is kept
 */
export async function receiveUpload(
  ctx: Context,
  file: { name: string; mimeType: string },
  source: AsyncIterable<Buffer>,
): Promise<Upload> {
  requireMayWork(ctx.actor);
  const owner = ownerOf(ctx.actor);
  if ((await ctx.db.countBy(Upload, { owner })) >= MAX_WAITING)
    throw new AppError('RATE_LIMITED', `At most ${MAX_WAITING} files can wait for a mail. Send or remove some first.`);
  const received = await receiveBlob(ctx, source, UPLOAD_LIMITS.fileBytes);
  return transact(ctx, async (ctx) => {
    const now = ctx.clock.now();
    const upload = Object.assign(new Upload(), {
      id: ctx.random.id(now),
      owner,
      name: safeName(file.name) || 'file',
      mimeType: TYPE.test(file.mimeType) ? file.mimeType.toLowerCase() : 'application/octet-stream',
      sizeBytes: received.sizeBytes,
      blobId: await keepBlob(ctx, received),
      createdAt: now,
    });
    await ctx.db.insert(Upload, upload);
    return upload;
  });
}

/** Those of these files that are the sender's own, in that order. */
export async function findOwnUploads(ctx: Context, ids: readonly string[]): Promise<Upload[]> {
  if (ids.length === 0) return [];
  const found = await ctx.db.findBy(Upload, { id: In([...ids]), owner: ownerOf(ctx.actor) });
  return ids.flatMap((id) => found.find((upload) => upload.id === id) ?? []);
}

/** The sender's own files by their ids, in that order. @throws AppError INVALID_INPUT for one that is not his, is gone, or is too much */
export async function findUploads(ctx: Context, ids: readonly string[]): Promise<Upload[]> {
  if (ids.length === 0) return [];
  const say = (message: string) => invalidInput([{ path: 'attachmentIds', message }]);
  if (ids.length > UPLOAD_LIMITS.files || new Set(ids).size !== ids.length)
    throw say(`A mail carries at most ${UPLOAD_LIMITS.files} files, each once.`);
  const uploads = await findOwnUploads(ctx, ids);
  if (uploads.length < ids.length) throw say('A file is no longer there. Nothing was sent; attach it again.');
  return uploads;
}

/** @throws AppError INVALID_INPUT when the files of a mail are too much together */
export function requireTotal(files: readonly { readonly sizeBytes: number }[]): void {
  const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (total <= UPLOAD_LIMITS.totalBytes) return;
  const message = `The files have ${megabytes(total)} MB together; a mail carries at most ${megabytes(UPLOAD_LIMITS.totalBytes)} MB. Nothing was sent; your text and files are kept.`;
  throw invalidInput([{ path: 'attachmentIds', message }]);
}

/** Forgets a file that was not sent on. False: there is none of the sender's by that id. */
export async function removeUpload(ctx: Context, id: string): Promise<boolean> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const upload = await ctx.db.findOneBy(Upload, { id, owner: ownerOf(ctx.actor) });
    if (!upload) return false;
    await ctx.db.delete(Upload, { id });
    await releaseBlobs(ctx, [upload.blobId]);
    return true;
  });
}

/** Forgets files that nobody sent on for a day and that no draft of the last month holds. Returns how many. */
export async function sweepUploads(ctx: Context): Promise<number> {
  const now = ctx.clock.now().getTime();
  const createdAt = LessThan(new Date(now - UNUSED_MS));
  const drafts = await ctx.db.findBy(Draft, {
    attachmentIds: Not(IsNull()),
    updatedAt: MoreThan(new Date(now - HELD_MS)),
  });
  const held = drafts.flatMap(({ attachmentIds }) => attachmentIds ?? []).slice(0, MAX_HELD);
  return transact(ctx, async (ctx) => {
    const unused = await ctx.db.find(Upload, {
      where: { createdAt, ...(held.length > 0 && { id: Not(In(held)) }) },
      select: { id: true, blobId: true },
      take: AT_ONCE,
    });
    if (unused.length === 0) return 0;
    await ctx.db.delete(Upload, { id: In(unused.map(({ id }) => id)) });
    await releaseBlobs(
      ctx,
      unused.map(({ blobId }) => blobId),
    );
    return unused.length;
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1).replace(/\.0$/, '');
}
