import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
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

/** Sends a blob as a download, or inline where it is a raster image. Nothing that a stranger wrote reaches a header unescaped. */
export async function sendBlob(
  ctx: Context,
  reply: FastifyReply,
  blob: { blobId: string; name: string; sizeBytes: number; mayShowInline: boolean },
): Promise<FastifyReply> {
  const chunks = readBlob(ctx, blob.blobId);
  const first = await chunks.next();
  const head = first.done ? Buffer.alloc(0) : first.value;
  const image = blob.mayShowInline ? rasterType(head) : null;
  async function* whole() {
    yield head;
    yield* chunks;
  }
  return reply
    .header('content-type', image ?? 'application/octet-stream')
    .header('content-disposition', contentDisposition(image === null ? 'attachment' : 'inline', blob.name))
    .header('content-length', blob.sizeBytes)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cache-control', 'private, no-store')
    .send(Readable.from(whole()));
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
