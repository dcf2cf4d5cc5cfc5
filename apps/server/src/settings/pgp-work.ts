import { createHash } from 'node:crypto';
import {
  encryptFor,
  type Keyring,
  type OpenResult,
  openEncrypted,
  PgpError,
  readPublicKeys,
  unlockKeys,
} from '@support-center/pgp';

/** A private key with its phrase, as it goes to the thread that holds keys and nowhere else. */
export interface PgpSecret {
  readonly armored: string;
  readonly passphrase: string | null;
}

/** Encrypted bytes out of a letter, armored or binary. */
export interface SealedPiece {
  /** Names the piece within its letter. */
  readonly id: string;
  readonly bytes: Uint8Array;
  /** How many encrypted layers lie around it. */
  readonly depth: number;
}

/** What came of opening a piece. */
export interface Opening {
  readonly id: string;
  readonly result: OpenResult;
}

export interface OpenTask {
  readonly kind: 'open';
  readonly pieces: readonly SealedPiece[];
  readonly secrets: readonly PgpSecret[];
  /** Armored keys whose signatures count. */
  readonly publicKeys: readonly string[];
  /** The sender's address; null: not known. */
  readonly from: string | null;
  readonly now: Date;
}

export interface SealTask {
  readonly kind: 'seal';
  /** The MIME entity to encrypt, headers and body. */
  readonly entity: Uint8Array;
  readonly recipients: readonly string[];
  /** The key to sign with; null: not signed. */
  readonly signWith: PgpSecret | null;
  readonly now: Date;
}

/** Armored, or the sentence that says why not. */
export type SealResult = { readonly armored: string; readonly signed: boolean } | { readonly problem: string };

/** Unlocking takes a good part of a second by design, so open keys stay in this thread until others are handed in. */
let held: { readonly digest: string; readonly keyring: Promise<Keyring> } | null = null;

function keyringOf(secrets: readonly PgpSecret[], now: Date): Promise<Keyring> {
  const digest = createHash('sha256').update(JSON.stringify(secrets)).digest('hex');
  if (held?.digest !== digest) held = { digest, keyring: unlockKeys(secrets, { now }) };
  return held.keyring;
}

/** Opens pieces with our keys; each comes back with its text or the reason. Never throws for a bad piece or key. */
export async function openPieces({ pieces, secrets, publicKeys, from, now }: OpenTask): Promise<Opening[]> {
  const keyring = await keyringOf(secrets, now);
  const verificationKeys = (await Promise.all(publicKeys.map((key) => readPublicKeys(key, { now })))).flat();
  const openings: Opening[] = [];
  for (const { id, bytes, depth } of pieces) {
    const options = { keyring, verificationKeys, depth, now, ...(from === null ? {} : { from }) };
    openings.push({ id, result: await openEncrypted(bytes, options) });
  }
  return openings;
}

/** Encrypts, and signs where our key can: a key that cannot sign any more leaves the letter unsigned. */
export async function sealEntity({ entity, recipients, signWith, now }: SealTask): Promise<SealResult> {
  try {
    const keys = (await Promise.all(recipients.map((key) => readPublicKeys(key, { now })))).flat();
    const signer = signWith ? (await keyringOf([signWith], now)).keys[0] : undefined;
    const canSign =
      signer !== undefined && (await encryptFor(Buffer.from('\r\n'), keys, signer, { now }).then(isMade, isRefused));
    return { armored: await encryptFor(entity, keys, canSign ? signer : undefined, { now }), signed: canSign };
  } catch (error) {
    if (error instanceof PgpError) return { problem: error.message };
    throw error;
  }
}

const isMade = () => true;

function isRefused(error: unknown): boolean {
  if (error instanceof PgpError && error.code === 'CANNOT_SIGN') return false;
  throw error;
}

/** What the thread that holds keys is asked; it does nothing else. */
export function runKeyTask(task: OpenTask | SealTask): Promise<Opening[] | SealResult> {
  return task.kind === 'open' ? openPieces(task) : sealEntity(task);
}
