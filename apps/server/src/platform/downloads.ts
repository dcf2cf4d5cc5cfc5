import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readBlob } from './blobs.ts';
import type { Context } from './context.ts';

/** The only types that a browser may show inline, known by their first bytes and never by what a sender declared. */
const RASTER: readonly { readonly type: string; readonly magic: readonly number[]; readonly at?: number }[] = [
  { type: 'image/png', magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', magic: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', magic: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/webp', magic: [0x57, 0x45, 0x42, 0x50], at: 8 },
];

/** The raster type that these bytes begin; null: none, so they are only downloaded. */
export function rasterType(head: Buffer): string | null {
  const found = RASTER.find(({ magic, at = 0 }) => magic.every((byte, i) => head[at + i] === byte));
  return found?.type ?? null;
}

/** Part of a file that was asked for: first and last byte. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The one range that a Range header asks of a file (RFC 9110, section 14.1.2). Null: the whole file, also for what is no
 * range or several; 'outside': none of it is there.
 */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange | 'outside' | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return null;
  const [first, last] =
    asked[1] === ''
      ? [Math.max(0, sizeBytes - Number(asked[2])), sizeBytes - 1]
      : [Number(asked[1]), asked[2] === '' ? sizeBytes - 1 : Math.min(Number(asked[2]), sizeBytes - 1)];
  if (asked[1] !== '' && asked[2] !== '' && Number(asked[2]) < first) return null;
  return first > last ? 'outside' : { first, last };
}

/**
 * Sends a blob, or the part of it that the request asks for, as a download, or inline where it is a raster image. It is
 * streamed, and nothing that a stranger wrote reaches a header unescaped.
 */
export async function sendBlob(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  blob: { blobId: string; name: string; sizeBytes: number; mayShowInline: boolean },
): Promise<FastifyReply> {
  const range = byteRange(request.headers.range, blob.sizeBytes);
  reply
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cache-control', 'private, no-store')
    .header('accept-ranges', 'bytes');
  if (range === 'outside')
    return reply.code(416).header('content-range', `bytes */${blob.sizeBytes}`).type('text/plain').send('');
  const image = blob.mayShowInline ? await rasterTypeOf(ctx, blob.blobId) : null;
  const { first, last } = range ?? { first: 0, last: blob.sizeBytes - 1 };
  if (range) reply.code(206).header('content-range', `bytes ${first}-${last}/${blob.sizeBytes}`);
  return reply
    .header('content-type', image ?? 'application/octet-stream')
    .header('content-disposition', contentDisposition(image === null ? 'attachment' : 'inline', blob.name))
    .header('content-length', last - first + 1)
    .send(Readable.from(partOf(ctx, blob.blobId, first, last - first + 1)));
}

async function rasterTypeOf(ctx: Context, blobId: string): Promise<string | null> {
  for await (const head of readBlob(ctx, blobId)) return rasterType(head);
  return null;
}

async function* partOf(ctx: Context, blobId: string, first: number, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const chunk of readBlob(ctx, blobId, first)) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** Sends bytes that are not stored as a download, never inline. */
export function sendBytes(reply: FastifyReply, { bytes, name }: { bytes: Uint8Array; name: string }): FastifyReply {
  return reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', contentDisposition('attachment', name))
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cache-control', 'private, no-store')
    .send(Buffer.from(bytes));
}

/** RFC 6266: an ASCII name for old programs, and the whole name in UTF-8. */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const clean = name.replace(/[\p{C}"\\/]/gu, '_').slice(0, 150) || 'file';
  const ascii = clean.replace(/[^\x20-\x7e]/g, '_');
  const utf8 = encodeURIComponent(clean.replace(/[\ud800-\udfff]/gu, '_')).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}
