import { createHash } from 'node:crypto';
import {
  type OpenFailureCode,
  type OpenResult,
  type PublicKeyInfo,
  readPublicKeys,
  type SignatureResult,
  type SignatureSummary,
} from '@support-center/pgp';
import type { Opening, SealedPiece } from '../settings/pgp-work.ts';
import type { PgpSection, PgpState } from '../tickets/message.entity.ts';

/** Pieces of one letter that are opened: its body, and attachments that were encrypted one by one. */
export const MAX_PIECES = 24;
const MAX_SIGNERS = 16;

/** Reasons that may pass: a key may be added, its phrase mended, a busy machine free again. */
const MAY_PASS = new Set<OpenFailureCode>(['NO_KEY', 'KEY_LOCKED', 'SESSION_KEY', 'TIMED_OUT']);

/**
 * What one run of the reading knows of keys and opened pieces, and what it would need to know more. The reading holds
 * no private key: it asks for a piece, ends, and is run again with what became of it.
 */
export class PgpKnowledge {
  readonly pieces: SealedPiece[] = [];
  readonly signers = new Set<string>();
  readonly from: string | null;
  readonly now: Date;
  private readonly openings: ReadonlyMap<string, OpenResult>;
  private readonly armored: readonly string[];
  private parsed: Promise<PublicKeyInfo[]> | null = null;

  constructor(given: { openings: readonly Opening[]; publicKeys: readonly string[]; from: string | null; now: Date }) {
    this.from = given.from;
    this.now = given.now;
    this.openings = new Map(given.openings.map(({ id, result }) => [id, result]));
    this.armored = given.publicKeys;
  }

  /** The opened piece; null when it is not known yet: then it is asked for. */
  open(bytes: Uint8Array, depth: number): OpenResult | null {
    const id = `${depth}-${createHash('sha256').update(bytes).digest('hex')}`;
    const known = this.openings.get(id);
    if (known?.ok) this.noteSigners(known.signatures);
    if (known) return known;
    if (this.pieces.length >= MAX_PIECES) {
      const explanation = `Not opened: only ${MAX_PIECES} encrypted parts of one letter are.`;
      return { ok: false, code: 'TOO_MANY_PACKETS', explanation, keyIds: [] };
    }
    // A copy of its own: a view would carry the whole letter along to the other thread.
    if (!this.pieces.some((piece) => piece.id === id)) this.pieces.push({ id, bytes: Uint8Array.from(bytes), depth });
    return null;
  }

  /** The keys whose signatures count. */
  keys(): Promise<PublicKeyInfo[]> {
    this.parsed ??= Promise.all(this.armored.map((key) => readPublicKeys(key, { now: this.now }))).then((all) =>
      all.flat(),
    );
    return this.parsed;
  }

  /** How signatures are to be judged. */
  get judging(): { now: Date; from?: string } {
    return { now: this.now, ...(this.from === null ? {} : { from: this.from }) };
  }

  /** Asks for the keys that signed and are not known. */
  noteSigners(signatures: readonly SignatureResult[]): void {
    for (const { state, keyId } of signatures) {
      if (state === 'UNKNOWN_KEY' && keyId !== null && this.signers.size < MAX_SIGNERS) this.signers.add(keyId);
    }
  }
}

/** Whether a reason may pass, so that trying again makes sense. */
export function mayPass(code: OpenFailureCode): boolean {
  return MAY_PASS.has(code);
}

/** A judgement on signatures with the key that it names. */
export type Verdict = SignatureSummary & { readonly signatures: readonly SignatureResult[] };

/** The part of a state that tells of signatures. */
export function signatureFacts(
  verdict: Verdict,
): Pick<PgpState, 'signature' | 'explanation' | 'signer' | 'signerFingerprint'> {
  const decisive = verdict.signatures.find(({ state }) => state === verdict.state);
  return {
    signature: verdict.state,
    explanation: verdict.explanation,
    signer: decisive?.signer ?? null,
    signerFingerprint: decisive?.fingerprint ?? null,
  };
}

/** Said of a letter whose stretches came in several ways. */
export const IN_PARTS = 'Only parts of this letter are encrypted or signed; each part says how it came.';

/** The words of all stretches one after the other, as plain text. */
export function textOf(sections: readonly PgpSection[]): string {
  return sections
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
}
