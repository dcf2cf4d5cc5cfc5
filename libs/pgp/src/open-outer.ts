import { type Dearmored, dearmor } from './armor.ts';
import { isBinary } from './detect-bytes.ts';
import { PgpError } from './errors.ts';
import type { PgpLimits } from './limits.ts';
import { FailedToOpen } from './open-failure.ts';
import { type RawPacket, readPackets, recipientOf, TAG } from './packets.ts';

/** The bytes of a message and how they came. */
export type LoadedInput = Omit<Dearmored, 'kind'>;

/** A message as its outer packets show it. */
export interface OuterMessage {
  isEncrypted: boolean;
  bytes: Uint8Array;
  /** Session keys for public keys; `keyId` null is a hidden recipient. */
  recipients: { packet: RawPacket; keyId: string | null }[];
  /** The encrypted data; of a message that is not encrypted its first packet. */
  data: RawPacket;
  /** The key IDs that are named, each once. */
  keyIds: string[];
}

/** Bytes out of armor or binary. @throws PgpError TOO_LARGE, NOT_ARMOR */
export function loadInput(input: Uint8Array | string, limits: PgpLimits): LoadedInput {
  if (input.length > limits.inputBytes) {
    throw new PgpError('TOO_LARGE', `The message is larger than ${Math.floor(limits.inputBytes / 1024 / 1024)} MiB.`);
  }
  if (typeof input !== 'string' && isBinary(input)) {
    return { bytes: Buffer.from(input), charset: null, checksum: 'absent', isComplete: true, isRepaired: false };
  }
  const text =
    typeof input === 'string' ? input : Buffer.from(input).toString('latin1').replaceAll('\u00c2\u00a0', '\u00a0');
  const { kind, ...loaded } = dearmor(text);
  if (kind !== 'MESSAGE') throw new PgpError('NOT_ARMOR', 'There is no OpenPGP message here.');
  return loaded;
}

const IGNORED = new Set<number>([TAG.marker, TAG.padding]);
const SESSION_KEYS = new Set<number>([TAG.publicKeySessionKey, TAG.passwordSessionKey]);
const ENCRYPTED_DATA = new Set<number>([TAG.unprotectedData, TAG.protectedData, TAG.libreAeadData]);
const PLAIN = new Set<number>([TAG.onePassSignature, TAG.signature, TAG.compressed, TAG.literal]);

/**
 * Looks at a message without opening anything and refuses what must not be opened: too many packets or recipients,
 * no integrity protection, versions that are not supported, only a password, packets behind the encrypted data.
 * @throws FailedToOpen, PgpError MALFORMED, TOO_MANY_PACKETS
 */
export function readOuter(bytes: Uint8Array, limits: PgpLimits): OuterMessage {
  const packets = readPackets(bytes, limits.packets).filter(({ tag }) => !IGNORED.has(tag));
  const first = packets[0];
  if (!first) throw new PgpError('MALFORMED', 'The message is empty.');
  if (PLAIN.has(first.tag)) return { isEncrypted: false, bytes, recipients: [], data: first, keyIds: [] };
  if (!SESSION_KEYS.has(first.tag) && !ENCRYPTED_DATA.has(first.tag)) {
    throw new FailedToOpen('NOT_A_MESSAGE', 'There is OpenPGP data, but it is no message.');
  }
  const sessions = packets.filter(({ tag }) => SESSION_KEYS.has(tag));
  if (sessions.length > limits.recipients) {
    throw new FailedToOpen(
      'TOO_MANY_RECIPIENTS',
      `Not opened: it is encrypted for more than ${limits.recipients} recipients.`,
    );
  }
  const data = packets.find(({ tag }) => ENCRYPTED_DATA.has(tag));
  if (!data) throw new FailedToOpen('TRUNCATED', 'Not opened: the message is cut off, its encrypted part is missing.');
  refuseData(data);
  if (data.truncated) throw new FailedToOpen('TRUNCATED', 'Not opened: the message is cut off, its end is missing.');
  if (packets.length !== sessions.length + 1 || packets.at(-1) !== data) {
    throw new PgpError('MALFORMED', 'The message is put together wrongly.');
  }
  return { isEncrypted: true, bytes, data, ...recipientsOf(sessions) };
}

function refuseData({ tag, body }: RawPacket): void {
  if (tag === TAG.unprotectedData) {
    throw new FailedToOpen(
      'INTEGRITY_MISSING',
      'Not shown: the integrity check is missing, so the text could have been changed (EFAIL).',
    );
  }
  if (tag === TAG.libreAeadData || (body[0] !== 1 && body[0] !== 2)) {
    throw new FailedToOpen(
      'UNSUPPORTED_VERSION',
      'Not opened: the letter uses an unsupported OpenPGP version (LibrePGP).',
    );
  }
}

function recipientsOf(sessions: RawPacket[]): Pick<OuterMessage, 'recipients' | 'keyIds'> {
  const publicKeyed = sessions.filter(({ tag }) => tag === TAG.publicKeySessionKey);
  if (publicKeyed.length === 0) {
    throw sessions.length > 0
      ? new FailedToOpen('PASSWORD_ONLY', 'Not opened: it is encrypted with a password; ask the sender.')
      : new FailedToOpen('MALFORMED', 'Not opened: the message names no recipient.');
  }
  const recipients: OuterMessage['recipients'] = [];
  for (const packet of publicKeyed) {
    const keyId = recipientOf(packet.body);
    if (keyId !== undefined) recipients.push({ packet, keyId });
  }
  if (recipients.length === 0) {
    throw new FailedToOpen('UNSUPPORTED_VERSION', 'Not opened: the letter uses an unsupported OpenPGP version.');
  }
  const keyIds = [...new Set(recipients.map(({ keyId }) => keyId).filter((keyId) => keyId !== null))];
  return { recipients, keyIds };
}
