import { PgpError } from './errors.ts';

/** Packet types by number (RFC 9580, section 5). */
export const TAG = {
  publicKeySessionKey: 1,
  signature: 2,
  passwordSessionKey: 3,
  onePassSignature: 4,
  secretKey: 5,
  publicKey: 6,
  secretSubkey: 7,
  compressed: 8,
  unprotectedData: 9,
  marker: 10,
  literal: 11,
  trust: 12,
  userId: 13,
  publicSubkey: 14,
  protectedData: 18,
  libreAeadData: 20,
  padding: 21,
} as const;

/** One packet of a sequence. `start` and `end` span it with its header. */
export interface RawPacket {
  tag: number;
  start: number;
  end: number;
  /** The body; of a packet sent in pieces (partial lengths) only the first piece. */
  body: Uint8Array;
  /** The input ends before the packet does. */
  truncated: boolean;
}

interface Length {
  /** Length of this piece; null: up to the end of the input. */
  length: number | null;
  /** Where the piece begins. */
  at: number;
  partial: boolean;
}

/**
 * Splits bytes into packets by their headers alone (RFC 9580, section 4.2); nothing is decrypted or decompressed.
 * Every step goes forward, so the cost is linear in the input.
 * @throws PgpError MALFORMED (no packet header where one must be), TOO_MANY_PACKETS
 */
export function readPackets(bytes: Uint8Array, maxPackets: number): RawPacket[] {
  const packets: RawPacket[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (packets.length === maxPackets) {
      throw new PgpError('TOO_MANY_PACKETS', `The OpenPGP data holds more than ${maxPackets} packets.`);
    }
    const packet = readPacket(bytes, at);
    packets.push(packet);
    at = packet.end;
  }
  return packets;
}

function readPacket(bytes: Uint8Array, start: number): RawPacket {
  const first = bytes[start]!;
  if ((first & 0x80) === 0) throw new PgpError('MALFORMED', 'The OpenPGP data is damaged.');
  const isNewFormat = (first & 0x40) !== 0;
  const tag = isNewFormat ? first & 0x3f : (first & 0x3c) >> 2;
  let piece = isNewFormat ? newLength(bytes, start + 1) : oldLength(bytes, start + 1, first & 3);
  const bodyAt = piece.at;
  const bodyEnd = Math.min(endOf(piece, bytes), bytes.length);
  while (piece.partial && endOf(piece, bytes) < bytes.length) piece = newLength(bytes, endOf(piece, bytes));
  const end = endOf(piece, bytes);
  const truncated = piece.partial || end > bytes.length;
  return { tag, start, end: Math.min(end, bytes.length), body: bytes.subarray(bodyAt, bodyEnd), truncated };
}

function endOf(piece: Length, bytes: Uint8Array): number {
  return piece.length === null ? bytes.length : piece.at + piece.length;
}

function newLength(bytes: Uint8Array, at: number): Length {
  const first = bytes[at] ?? 0;
  if (first < 192) return { length: first, at: at + 1, partial: false };
  if (first < 224) return { length: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192, at: at + 2, partial: false };
  if (first < 255) return { length: 2 ** (first & 0x1f), at: at + 1, partial: true };
  return { length: numberAt(bytes, at + 1, 4), at: at + 5, partial: false };
}

function oldLength(bytes: Uint8Array, at: number, type: number): Length {
  if (type === 3) return { length: null, at, partial: false };
  const size = 2 ** type;
  return { length: numberAt(bytes, at, size), at: at + size, partial: false };
}

/** A big-endian number; bytes past the end count as 0. */
export function numberAt(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** A packet with a plain header around a body. */
export function writePacket(tag: number, body: Uint8Array): Buffer {
  const header = Buffer.from([0xc0 | tag, 0xff, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

/** Bytes as the upper-case hex digits that key IDs and fingerprints are shown in. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();
}

/**
 * For whom a session key packet is meant: a key ID of 16 hex digits, null for a hidden recipient, undefined for a
 * version of the packet that is not known (RFC 9580, section 5.1).
 */
export function recipientOf(body: Uint8Array): string | null | undefined {
  const version = body[0];
  if (version === 3) return visible(hexOf(body.subarray(1, 9)));
  if (version !== 6) return undefined;
  const length = body[1] ?? 0;
  if (length === 0) return null;
  const fingerprint = body.subarray(3, 2 + length);
  return visible(hexOf(fingerprint.length === 20 ? fingerprint.subarray(12) : fingerprint.subarray(0, 8)));
}

function visible(keyId: string): string | null {
  return /^0*$/.test(keyId) ? null : keyId;
}
