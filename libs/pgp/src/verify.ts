import { dearmor } from './armor.ts';
import { readClearText } from './clear-text.ts';
import { isBinary } from './detect-bytes.ts';
import { PgpError } from './errors.ts';
import { judgeAll, type Witness } from './judge.ts';
import { limitsWith, type PgpLimits, withBudget } from './limits.ts';
import { readPackets, TAG } from './packets.ts';
import type { PublicKeyInfo } from './public-keys.ts';
import { type SignatureResult, type SignatureSummary, summarise } from './signature-state.ts';
import { decodeText } from './text.ts';

export interface VerifyOptions {
  /** The sender's address; a valid signature by somebody else is then a MISMATCH. */
  from?: string;
  now?: Date;
  limits?: Partial<PgpLimits>;
  signal?: AbortSignal;
}

/** The judgement on signed bytes. */
export interface VerifyResult extends SignatureSummary {
  signatures: SignatureResult[];
}

/** The judgement on clear-signed text, with the words that it covers. */
export interface ClearSignedResult extends VerifyResult {
  /** The signed words alone; null when the block could not be read. Show only these as signed. */
  text: string | null;
  /** Where they stand in the input; words outside are not signed. */
  start: number;
  end: number;
}

/**
 * Checks a detached signature over exact bytes: for PGP/MIME the signed part with its header lines, up to but without
 * the line end before the boundary (RFC 3156, section 5). Bytes stored with bare LF are checked as CRLF. Never throws
 * for a bad signature.
 */
export async function verifyDetached(
  bytes: Uint8Array,
  signature: Uint8Array | string,
  keys: readonly PublicKeyInfo[],
  options: VerifyOptions = {},
): Promise<VerifyResult> {
  return guarded(bytes.length, options, async (witness) => {
    const data = bytes.includes(13) ? bytes : withCrLf(bytes);
    return judgeAll(signatureBodies(signature, witness.limits), { ...witness, data, keys });
  });
}

/**
 * Checks the first clear-signed block of a text. Hand in bytes where there are any: a signature covers the bytes of
 * the sender's charset, and `charset` then only says how to show them. Never throws for a bad signature or block.
 */
export async function verifyClearSigned(
  input: Uint8Array | string,
  keys: readonly PublicKeyInfo[],
  options: VerifyOptions & { charset?: string } = {},
): Promise<ClearSignedResult> {
  const encoding = typeof input === 'string' ? 'utf8' : 'latin1';
  const source = typeof input === 'string' ? input : Buffer.from(input).toString('latin1');
  const found = { text: null as string | null, start: 0, end: 0 };
  const judged = await guarded(source.length, options, async (witness) => {
    const block = readClearText(source);
    Object.assign(found, { start: block.start, end: block.end, text: shown(block.text, encoding, options.charset) });
    const data = Buffer.from(block.canonical, encoding);
    return judgeAll(signatureBodies(block.signature, witness.limits), { ...witness, data, keys });
  });
  return { ...judged, ...found };
}

function shown(text: string, encoding: 'utf8' | 'latin1', charset: string | undefined): string {
  return encoding === 'utf8' ? text : decodeText(Buffer.from(text, 'latin1'), charset ?? null);
}

type Work = (witness: Omit<Witness, 'data' | 'keys'>) => Promise<SignatureResult[]>;

async function guarded(size: number, options: VerifyOptions, work: Work): Promise<VerifyResult> {
  const limits = limitsWith(options.limits);
  try {
    if (size > limits.inputBytes) throw new PgpError('TOO_LARGE', 'The signed text is too large to be checked.');
    const signatures = await withBudget({ timeMs: limits.timeMs, signal: options.signal }, (check) =>
      work({ from: options.from, now: options.now ?? new Date(), limits, check }),
    );
    if (signatures.length === 0) throw new PgpError('MALFORMED', 'The signature is damaged and could not be checked.');
    return { ...summarise(signatures), signatures };
  } catch (error) {
    if (!(error instanceof PgpError)) throw error;
    return { state: 'INVALID', explanation: error.message, signatures: [] };
  }
}

function signatureBodies(signature: Uint8Array | string, limits: PgpLimits): Uint8Array[] {
  if (signature.length > limits.keyBytes) throw new PgpError('TOO_LARGE', 'The signature is too large to be checked.');
  const isText = typeof signature === 'string' || !isBinary(signature);
  const text = typeof signature === 'string' ? signature : Buffer.from(signature).toString('latin1');
  const bytes = isText ? dearmor(text).bytes : Buffer.from(signature);
  return readPackets(bytes, limits.packets)
    .filter(({ tag }) => tag === TAG.signature)
    .map(({ body }) => body);
}

function withCrLf(bytes: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
