import { type ArmorKind, beginLine, dearmor, kindOf } from './armor.ts';
import { PgpError } from './errors.ts';
import { type RawPacket, readPackets, TAG } from './packets.ts';

/** What a file holds, by its first bytes and not by its name. */
export type PgpFileKind = 'ENCRYPTED' | 'SIGNED_MESSAGE' | 'CLEAR_SIGNED' | 'SIGNATURE' | 'PUBLIC_KEY' | 'PRIVATE_KEY';

const BY_TAG = new Map<number, PgpFileKind>([
  [TAG.publicKeySessionKey, 'ENCRYPTED'],
  [TAG.passwordSessionKey, 'ENCRYPTED'],
  [TAG.unprotectedData, 'ENCRYPTED'],
  [TAG.protectedData, 'ENCRYPTED'],
  [TAG.libreAeadData, 'ENCRYPTED'],
  [TAG.onePassSignature, 'SIGNED_MESSAGE'],
  [TAG.signature, 'SIGNATURE'],
  [TAG.publicKey, 'PUBLIC_KEY'],
  [TAG.secretKey, 'PRIVATE_KEY'],
]);

/** What an attachment holds, armored or binary; null when it is no OpenPGP. Cheap: it looks at the first packets only. */
export function detectBytes(bytes: Uint8Array): PgpFileKind | null {
  if (bytes.length === 0) return null;
  if (isBinary(bytes)) return kindOfPackets(bytes);
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  const begin = beginLine().exec(head);
  if (!begin || !/^\s*$/.test(head.slice(0, begin.index).replace('\u00ef\u00bb\u00bf', ''))) return null;
  return kindOfArmor(kindOf(begin[1]!), bytes);
}

/**
 * Whether bytes are binary packets: the first bit of a packet is set (RFC 9580, section 4.2). Text may begin so too: with
 * a byte order mark, or with a hard space, which looks like a signature of 160 bytes but for the version behind it.
 */
export function isBinary(bytes: Uint8Array): boolean {
  if (((bytes[0] ?? 0) & 0x80) === 0) return false;
  if (bytes[0] === 0xef && bytes[1] === 0xbb) return false;
  const isHardSpace = bytes[0] === 0xc2 && bytes[1] === 0xa0;
  return !isHardSpace || ((bytes[2] ?? 0) >= 2 && (bytes[2] ?? 0) <= 6);
}

function kindOfArmor(kind: ArmorKind, bytes: Uint8Array): PgpFileKind | null {
  if (kind === 'SIGNED MESSAGE') return 'CLEAR_SIGNED';
  if (kind === 'PUBLIC KEY BLOCK') return 'PUBLIC_KEY';
  if (kind === 'PRIVATE KEY BLOCK') return 'PRIVATE_KEY';
  if (kind === 'SIGNATURE') return 'SIGNATURE';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return orNull(() => kindOfPackets(dearmor(text).bytes));
}

function kindOfPackets(bytes: Uint8Array): PgpFileKind | null {
  const packets = orNull(() => readPackets(bytes, 10_000));
  const first = packets?.find(({ tag }) => tag !== TAG.marker && tag !== TAG.padding);
  if (!packets || !first || !isSensible(first)) return null;
  if (first.tag === TAG.signature && packets.some(({ tag }) => tag === TAG.literal || tag === TAG.compressed))
    return 'SIGNED_MESSAGE';
  return BY_TAG.get(first.tag) ?? null;
}

/** A picture or an archive may begin with a byte that looks like a packet; its version byte hardly fits as well. */
function isSensible(packet: RawPacket): boolean {
  return packet.tag === TAG.unprotectedData || (packet.body.length > 1 && packet.body[0]! >= 1 && packet.body[0]! <= 6);
}

function orNull<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof PgpError) return null;
    throw error;
  }
}
