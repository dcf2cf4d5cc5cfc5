import { PgpError } from './errors.ts';
import { judgeAll } from './judge.ts';
import type { Keyring } from './keyring.ts';
import { limitsWith, type PgpLimits, withBudget } from './limits.ts';
import { contentOfPlain, contentWith, type Opened } from './open-content.ts';
import { FailedToOpen, type OpenFailure, type OpenFailureCode } from './open-failure.ts';
import { type LoadedInput, loadInput, type OuterMessage, readOuter } from './open-outer.ts';
import { type SessionKeys, sessionKeysFor } from './open-session.ts';
import type { PublicKeyInfo } from './public-keys.ts';
import { type SignatureResult, type SignatureSummary, summarise } from './signature-state.ts';

/** Something an agent should know of a letter that did open. */
export interface OpenNote {
  code:
    | 'OLD_CIPHER'
    | 'KEY_EXPIRED'
    | 'KEY_REVOKED'
    | 'HIDDEN_RECIPIENT'
    | 'ARMOR_REPAIRED'
    | 'CHECKSUM_WRONG'
    | 'MORE_SIGNATURES';
  text: string;
}

/** A letter that opened. */
export interface OpenSuccess {
  ok: true;
  /** The plaintext: MIME for PGP/MIME, words for an inline block, a file's bytes for an attachment. */
  data: Buffer;
  /** False: the message was only signed or packed, not encrypted. */
  isEncrypted: boolean;
  /** The Charset header of the armor; null if there is none (then it is UTF-8). */
  charset: string | null;
  /** The file name inside, unchecked; null if there is none. */
  fileName: string | null;
  /** One judgement on all signatures together. */
  signature: SignatureSummary;
  signatures: SignatureResult[];
  notes: OpenNote[];
  /** The fingerprint of our key that opened it. */
  openedBy: string | null;
  /** The key IDs that it was encrypted for; hidden ones left out. */
  keyIds: string[];
}

export type OpenResult = OpenSuccess | OpenFailure;

export interface OpenOptions {
  /** Our private keys, see {@link unlockKeys}. */
  keyring: Keyring;
  /** The keys whose signatures count. */
  verificationKeys?: readonly PublicKeyInfo[];
  /** The sender's address, from the outer From. */
  from?: string;
  /** How many encrypted layers were opened already to come here; over `limits.depth` is refused. */
  depth?: number;
  now?: Date;
  limits?: Partial<PgpLimits>;
  /** Ends the wait; the result is then a failure with TIMED_OUT. */
  signal?: AbortSignal;
}

/**
 * Opens one OpenPGP message: armored (also damaged by mail programs) or binary, the first block if there are several.
 * All or nothing: without proof that not a byte was changed (MDC or AEAD tag) there is no plaintext at all (EFAIL).
 * Never throws for a bad letter; the explanation holds neither plaintext nor secrets. It is for the agent and must not
 * go to the sender, whom it would tell whether a forged message was nearly right.
 */
export async function openEncrypted(input: Uint8Array | string, options: OpenOptions): Promise<OpenResult> {
  const limits = limitsWith(options.limits);
  try {
    if ((options.depth ?? 0) >= limits.depth)
      throw new FailedToOpen('NESTED_TOO_DEEP', 'Not opened: encrypted too many times over.');
    return await withBudget({ timeMs: limits.timeMs, signal: options.signal }, (check) =>
      open(input, options, limits, check),
    );
  } catch (error) {
    return failureOf(error);
  }
}

async function open(
  input: Uint8Array | string,
  options: OpenOptions,
  limits: PgpLimits,
  check: () => void,
): Promise<OpenSuccess> {
  const loaded = loadInput(input, limits);
  try {
    const outer = readOuter(loaded.bytes, limits);
    check();
    const opened = outer.isEncrypted
      ? await decrypt(outer, options, limits, check)
      : { ...(await contentOfPlain(loaded.bytes, limits, check)), openedBy: null, notes: [] };
    return await withSignatures(opened, outer, loaded, options, limits, check);
  } catch (error) {
    throw withArmorInMind(error, loaded);
  }
}

type Decrypted = Opened & { openedBy: string | null; notes: OpenNote[] };

async function decrypt(
  outer: OuterMessage,
  options: OpenOptions,
  limits: PgpLimits,
  check: () => void,
): Promise<Decrypted> {
  let failure: unknown;
  for await (const session of sessionKeysFor(outer, options.keyring, limits, check)) {
    try {
      const opened = await contentWith(session.keys, outer, limits, check);
      return { ...opened, openedBy: session.by.fingerprint, notes: notesOn(session, options.now ?? new Date()) };
    } catch (error) {
      failure = error;
      // A hidden recipient's key is a guess; only then may another try be right.
      if (!session.isHidden) throw error;
    }
  }
  throw (
    failure ??
    new FailedToOpen(
      'SESSION_KEY',
      'Not opened: the letter names our key, but the key does not fit it. It may be damaged.',
    )
  );
}

const OLD_CIPHERS = new Map([
  ['idea', 'IDEA'],
  ['tripledes', '3DES'],
  ['cast5', 'CAST5'],
  ['blowfish', 'Blowfish'],
]);

function notesOn({ by, keys, isHidden }: SessionKeys, now: Date): OpenNote[] {
  const notes: OpenNote[] = [];
  const cipher = keys.map(({ algorithm }) => OLD_CIPHERS.get(algorithm ?? '')).find((name) => name !== undefined);
  if (cipher) notes.push({ code: 'OLD_CIPHER', text: `Encrypted with an old cipher (${cipher}).` });
  if (by.revokedAt) notes.push({ code: 'KEY_REVOKED', text: 'Encrypted for a key of ours that was revoked.' });
  else if (by.expiresAt && by.expiresAt <= now)
    notes.push({ code: 'KEY_EXPIRED', text: 'Encrypted for a key of ours that has expired.' });
  if (isHidden)
    notes.push({ code: 'HIDDEN_RECIPIENT', text: 'The recipient was hidden; our keys were tried in turn.' });
  return notes;
}

async function withSignatures(
  opened: Decrypted,
  outer: OuterMessage,
  loaded: LoadedInput,
  options: OpenOptions,
  limits: PgpLimits,
  check: () => void,
): Promise<OpenSuccess> {
  const { data, fileName, openedBy, notes } = opened;
  const now = options.now ?? new Date();
  const witness = { data, keys: options.verificationKeys ?? [], from: options.from, now, limits, check };
  const signatures = await judgeAll(opened.signatures, witness);
  if (opened.signatures.length > limits.signatures) {
    notes.push({ code: 'MORE_SIGNATURES', text: `Only the first ${limits.signatures} signatures were looked at.` });
  }
  if (loaded.isRepaired)
    notes.push({ code: 'ARMOR_REPAIRED', text: 'The block was damaged on its way and was mended.' });
  if (loaded.checksum === 'wrong')
    notes.push({ code: 'CHECKSUM_WRONG', text: 'The checksum of the block does not fit; the content is whole.' });
  const { isEncrypted, keyIds } = outer;
  const charset = loaded.charset;
  return {
    ok: true,
    data,
    isEncrypted,
    charset,
    fileName,
    signature: summarise(signatures),
    signatures,
    notes,
    openedBy,
    keyIds,
  };
}

/** Where the armor is known to be damaged, that is the better explanation. */
function withArmorInMind(error: unknown, loaded: LoadedInput): unknown {
  const isAboutBytes = error instanceof PgpError || (error instanceof FailedToOpen && DAMAGE.has(error.code));
  if (!isAboutBytes || (error instanceof PgpError && error.code !== 'MALFORMED')) return error;
  if (!loaded.isComplete)
    return new FailedToOpen('TRUNCATED', 'Not opened: the message is cut off, its end is missing.', { cause: error });
  if (loaded.checksum !== 'wrong') return error;
  return new FailedToOpen('DAMAGED', 'Not opened: the message was damaged on its way (its checksum does not fit).', {
    cause: error,
  });
}

const DAMAGE = new Set<OpenFailureCode>(['MALFORMED', 'TRUNCATED', 'INTEGRITY_FAILED', 'SESSION_KEY']);

function failureOf(error: unknown): OpenFailure {
  if (error instanceof FailedToOpen) {
    return { ok: false, code: error.code, explanation: error.message, keyIds: error.keyIds };
  }
  if (!(error instanceof PgpError)) throw error;
  const code = PGP_CODES.get(error.code) ?? 'MALFORMED';
  return { ok: false, code, explanation: `Not opened: ${lowerFirst(error.message)}`, keyIds: [] };
}

const PGP_CODES = new Map<string, OpenFailureCode>([
  ['NOT_ARMOR', 'NOT_A_MESSAGE'],
  ['TOO_LARGE', 'TOO_LARGE'],
  ['TOO_MANY_PACKETS', 'TOO_MANY_PACKETS'],
  ['TIMED_OUT', 'TIMED_OUT'],
]);

function lowerFirst(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
