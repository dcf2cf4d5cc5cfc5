import { hexOf, numberAt } from './packets.ts';

/** What a signature packet says of itself, before anything is checked (RFC 9580, section 5.2). */
export interface SignatureFacts {
  version: number;
  /** 0 over bytes, 1 over text; others do not sign a message. */
  type: number;
  hash: number;
  /** The signer's key ID, 16 hex digits; null when it is not named. */
  keyId: string | null;
  createdAt: Date | null;
}

/** Reads the facts of a signature packet's body, versions 2 to 6; null when it is damaged. */
export function signatureFacts(body: Uint8Array): SignatureFacts | null {
  const version = body[0] ?? 0;
  if (version === 2 || version === 3) return oldFacts(body, version);
  if (version < 4 || version > 6) return null;
  const facts: SignatureFacts = { version, type: body[1] ?? 0, hash: body[3] ?? 0, keyId: null, createdAt: null };
  const size = version === 6 ? 4 : 2;
  const hashed = numberAt(body, 4, size);
  const unhashedAt = 4 + size + hashed;
  const unhashed = numberAt(body, unhashedAt, size);
  if (unhashedAt + size + unhashed > body.length) return null;
  // The signer may be named outside the signed area; the name only chooses the key that is then tried.
  const outside = { ...facts };
  readSubpackets(body.subarray(unhashedAt + size, unhashedAt + size + unhashed), outside);
  facts.keyId = outside.keyId;
  readSubpackets(body.subarray(4 + size, unhashedAt), facts);
  return facts;
}

function oldFacts(body: Uint8Array, version: number): SignatureFacts | null {
  if (body.length < 19) return null;
  const createdAt = new Date(numberAt(body, 3, 4) * 1000);
  return { version, type: body[2]!, hash: body[16]!, keyId: hexOf(body.subarray(7, 15)), createdAt };
}

const CREATED = 2;
const ISSUER = 16;
const ISSUER_FINGERPRINT = 33;

function readSubpackets(area: Uint8Array, facts: SignatureFacts): void {
  let at = 0;
  while (at < area.length) {
    const first = area[at]!;
    const wide = first < 192 ? 1 : first < 255 ? 2 : 5;
    const length =
      wide === 1 ? first : wide === 2 ? ((first - 192) << 8) + (area[at + 1] ?? 0) + 192 : numberAt(area, at + 1, 4);
    if (length === 0) break;
    const type = (area[at + wide] ?? 0) & 0x7f;
    readSubpacket(type, area.subarray(at + wide + 1, at + wide + length), facts);
    at += wide + length;
  }
}

function readSubpacket(type: number, data: Uint8Array, facts: SignatureFacts): void {
  if (type === CREATED && data.length >= 4) facts.createdAt = new Date(numberAt(data, 0, 4) * 1000);
  if (type === ISSUER && data.length >= 8) facts.keyId = hexOf(data.subarray(0, 8));
  if (type === ISSUER_FINGERPRINT && data[0] === 4) facts.keyId = hexOf(data.subarray(13, 21));
  if (type === ISSUER_FINGERPRINT && data[0] === 6) facts.keyId = hexOf(data.subarray(1, 9));
}
