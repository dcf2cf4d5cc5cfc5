import DKIM from 'nodemailer/lib/dkim';
import { normalizeLineEnds } from '../platform/smtp-door.ts';
import type { DkimKey } from '../settings/dkim-key.ts';

/** The mail with a DKIM signature above it (RFC 6376), over the bytes that go over the line. */
export async function signMail(bytes: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> {
  const signed = new DKIM({ keys: { domainName: domain, keySelector: selector, privateKey } }).sign(
    normalizeLineEnds(bytes),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of signed) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
