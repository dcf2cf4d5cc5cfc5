import { randomBytes } from 'node:crypto';

/** Where ids and secrets come from. */
export interface Random {
  /** A UUID of version 7 (RFC 9562, section 5.7): unguessable enough for a key, sorted by time of making. */
  id(now: Date): string;
  /** `bytes` random bytes in base64url. */
  token(bytes: number): string;
}

let lastMs = 0;
let counter = 0;

/** Cryptographic randomness; ids made within one millisecond keep their order. */
export const systemRandom: Random = {
  id: (now) => uuidV7(now.getTime()),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
};

/** Twelve bits after the time count up within one millisecond, so that order of making is order of sorting. */
function uuidV7(ms: number): string {
  const bytes = randomBytes(16);
  counter = ms === lastMs ? counter + 1 : bytes.readUInt16BE(6) & 0x3ff;
  if (counter > 0xfff) counter = 0;
  lastMs = ms;
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
