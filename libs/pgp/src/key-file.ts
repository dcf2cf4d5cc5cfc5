import { beginLine, dearmor, endLine, kindOf } from './armor.ts';
import { isBinary } from './detect-bytes.ts';
import { PgpError } from './errors.ts';
import type { PgpLimits } from './limits.ts';
import { type RawPacket, readPackets, TAG } from './packets.ts';

/** The packets of the keys in a file, and which kind of keys it holds. */
export interface KeyFile {
  bytes: Buffer;
  privateKeys: number;
  publicKeys: number;
}

const KEY_TAGS = new Set<number>([TAG.secretKey, TAG.publicKey, TAG.secretSubkey, TAG.publicSubkey]);

/**
 * Reads a key file, armored (one block or several) or binary, and looks at its packets before the engine does.
 * `prefer` says which armored blocks to take where a file holds both kinds.
 * @throws PgpError TOO_LARGE, NOT_A_KEY, KEY_DAMAGED, KEY_UNSUPPORTED, TOO_MANY_PACKETS
 */
export function readKeyFile(input: Uint8Array | string, prefer: 'private' | 'public', limits: PgpLimits): KeyFile {
  if (input.length > limits.keyBytes) {
    throw new PgpError('TOO_LARGE', `The key file is larger than ${Math.floor(limits.keyBytes / 1024)} KiB.`);
  }
  const bytes =
    typeof input !== 'string' && isBinary(input) ? Buffer.from(input) : fromArmor(textOf(input), prefer, limits);
  const packets = readKeyPackets(bytes, limits);
  refuseUnknownVersions(packets);
  const count = (tag: number) => packets.filter((packet) => packet.tag === tag).length;
  return { bytes, privateKeys: count(TAG.secretKey), publicKeys: count(TAG.publicKey) };
}

function textOf(input: Uint8Array | string): string {
  return typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
}

function fromArmor(text: string, prefer: 'private' | 'public', limits: PgpLimits): Buffer {
  const blocks = keyBlocks(text);
  const wanted = prefer === 'private' ? 'PRIVATE KEY BLOCK' : 'PUBLIC KEY BLOCK';
  const preferred = blocks.filter(({ kind }) => kind === wanted);
  const chosen = preferred.length > 0 ? preferred : blocks;
  if (chosen.length === 0) throw notAKey(text);
  if (chosen.length > limits.keysInFile) throw severalKeys(chosen.length);
  return Buffer.concat(chosen.map(({ armored }) => bytesOfBlock(armored)));
}

/** The error for a file with more keys than fit. */
export function severalKeys(count: number): PgpError {
  return new PgpError('SEVERAL_KEYS', `The file holds ${count} keys; give one key at a time.`);
}

function keyBlocks(text: string): { kind: string; armored: string }[] {
  const begins = [...text.matchAll(beginLine())];
  return begins
    .map((begin, index) => {
      const limit = begins[index + 1]?.index ?? text.length;
      const armored = text.slice(begin.index, limit);
      return { kind: kindOf(begin[1]!), armored };
    })
    .filter(({ kind }) => kind.endsWith('KEY BLOCK'));
}

function bytesOfBlock(armored: string): Buffer {
  if (!endLine().test(armored)) throw new PgpError('KEY_DAMAGED', 'The key is cut off: its last line is missing.');
  try {
    const { bytes, checksum } = dearmor(armored);
    if (checksum !== 'wrong') return bytes;
  } catch (error) {
    throw damagedKey(error);
  }
  throw damagedKey();
}

function damagedKey(cause?: unknown): PgpError {
  return new PgpError('KEY_DAMAGED', 'The key is damaged: copy it again, whole and unchanged.', { cause });
}

function notAKey(text: string): PgpError {
  if (
    /-----BEGIN (?:OPENSSH |RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY-----|-----BEGIN CERTIFICATE-----|^ssh-/m.test(text)
  ) {
    return new PgpError('NOT_A_KEY', 'This is an SSH or certificate key; an OpenPGP key is needed.');
  }
  return new PgpError('NOT_A_KEY', 'This is not an OpenPGP key.');
}

function readKeyPackets(bytes: Buffer, limits: PgpLimits): RawPacket[] {
  let packets: RawPacket[];
  try {
    packets = readPackets(bytes, limits.keyPackets);
  } catch (error) {
    if (error instanceof PgpError && error.code === 'TOO_MANY_PACKETS') throw error;
    throw damagedKey(error);
  }
  if (!packets.some(({ tag }) => KEY_TAGS.has(tag))) throw new PgpError('NOT_A_KEY', 'This is not an OpenPGP key.');
  if (packets.some(({ truncated }) => truncated)) throw damagedKey();
  return packets;
}

function refuseUnknownVersions(packets: RawPacket[]): void {
  for (const { tag, body } of packets) {
    const version = body[0] ?? 0;
    if (KEY_TAGS.has(tag) && version !== 4 && version !== 6) {
      throw new PgpError('KEY_UNSUPPORTED', `The key is of an unsupported OpenPGP version (${version}).`);
    }
  }
}
