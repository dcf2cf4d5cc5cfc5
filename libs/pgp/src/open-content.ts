import { type DecryptedSessionKey, type LiteralDataPacket, type Message, readMessage, type SessionKey } from 'openpgp';
import { drain, isReadable, openingConfig } from './engine.ts';
import type { PgpLimits } from './limits.ts';
import { FailedToOpen } from './open-failure.ts';
import type { OuterMessage } from './open-outer.ts';
import { TAG } from './packets.ts';

/** What lies inside a message. */
export interface Opened {
  data: Buffer;
  fileName: string | null;
  /** The bodies of its signature packets, also of versions that the engine drops. */
  signatures: Uint8Array[];
}

/**
 * Decrypts the data with a session key. Nothing is returned before the whole is authenticated.
 * @throws FailedToOpen INTEGRITY_FAILED, TOO_LARGE, MALFORMED
 */
export async function contentWith(
  sessionKeys: DecryptedSessionKey[],
  { bytes, data }: OuterMessage,
  limits: PgpLimits,
  check: () => void,
): Promise<Opened> {
  const config = openingConfig(limits);
  try {
    const message = await readMessage({ binaryMessage: bytes.subarray(data.start, data.end), config });
    const keys = sessionKeys as SessionKey[];
    return await contentOf(await message.decrypt(undefined, undefined, keys, undefined, config), limits, check);
  } catch (error) {
    throw reasonOf(error, 'INTEGRITY_FAILED');
  }
}

/** The content of a message that is not encrypted: signed or packed only. @throws FailedToOpen TOO_LARGE, MALFORMED */
export async function contentOfPlain(bytes: Uint8Array, limits: PgpLimits, check: () => void): Promise<Opened> {
  try {
    return await contentOf(await readMessage({ binaryMessage: bytes, config: openingConfig(limits) }), limits, check);
  } catch (error) {
    throw reasonOf(error, 'MALFORMED');
  }
}

/** A packet as the engine hands it out; of a version that it does not know only the bytes. */
interface EnginePacket {
  write(): Uint8Array;
  tag?: number;
}

async function contentOf(message: Message<Uint8Array>, limits: PgpLimits, check: () => void): Promise<Opened> {
  const outside = await allPackets(message, check);
  const inner = message.unwrapCompressed();
  const inside = inner === message ? [] : await allPackets(inner, check);
  const packets = [...outside, ...inside];
  const literals = packets.filter((packet) => tagOf(packet) === TAG.literal) as unknown as LiteralDataPacket[];
  if (literals.length !== 1) throw new FailedToOpen('MALFORMED', 'Not opened: the message is put together wrongly.');
  const data = await bytesOf(literals[0]!, check);
  if (data.length > limits.decompressedBytes) throw tooLarge(limits);
  const signatures = packets.filter((packet) => tagOf(packet) === TAG.signature).map((packet) => packet.write());
  const announced = packets.filter((packet) => tagOf(packet) === TAG.onePassSignature).length;
  // A signature that was announced but is not there was cut off; an empty body is judged as damaged.
  while (signatures.length < announced) signatures.push(new Uint8Array());
  return { data, fileName: nameOf(literals[0]!), signatures };
}

async function allPackets(message: Message<Uint8Array>, check: () => void): Promise<EnginePacket[]> {
  const list = message.packets as unknown as EnginePacket[] & { stream?: unknown };
  const rest = isReadable<EnginePacket>(list.stream) ? await drain(list.stream, check) : [];
  return [...list, ...rest];
}

function tagOf(packet: EnginePacket): number {
  return packet.tag ?? (packet.constructor as unknown as { tag: number }).tag;
}

async function bytesOf(literal: LiteralDataPacket, check: () => void): Promise<Buffer> {
  const found: unknown = (literal as unknown as { getBytes(): unknown }).getBytes();
  if (isReadable<Uint8Array>(found)) return Buffer.concat(await drain(found, check));
  const bytes = found as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** "_CONSOLE" is a wish to show the text on screen only, not a name (RFC 4880, section 5.9). */
function nameOf(literal: LiteralDataPacket): string | null {
  const name = (literal as unknown as { getFilename(): string | null }).getFilename();
  return name && name !== 'msg.txt' && name !== '_CONSOLE' ? name : null;
}

function tooLarge({ decompressedBytes }: PgpLimits): FailedToOpen {
  return new FailedToOpen(
    'TOO_LARGE',
    `Not opened: it unpacks to more than ${Math.floor(decompressedBytes / 1024 / 1024)} MiB.`,
  );
}

/** The engine tells its reasons in words only; what is not known counts as `otherwise`. */
function reasonOf(error: unknown, otherwise: 'INTEGRITY_FAILED' | 'MALFORMED'): unknown {
  if (error instanceof FailedToOpen || !(error instanceof Error)) return error;
  if (error.name === 'PgpError') return error;
  const words = `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`;
  if (/size exceeded/i.test(words))
    return new FailedToOpen('TOO_LARGE', 'Not opened: it unpacks to more than is allowed.', { cause: error });
  if (/not allowed in this context|Unknown packet/i.test(words)) {
    return new FailedToOpen('NESTED_TOO_DEEP', 'Not opened: it is packed several times over.', { cause: error });
  }
  if (otherwise === 'MALFORMED')
    return new FailedToOpen('MALFORMED', 'Not opened: the message is damaged.', { cause: error });
  return new FailedToOpen(
    'INTEGRITY_FAILED',
    'Not shown: the integrity check failed, the letter was changed on its way (EFAIL).',
    {
      cause: error,
    },
  );
}
