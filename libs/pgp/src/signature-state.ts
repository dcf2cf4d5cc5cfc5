/** What is known of a signature. Only `VALID` may be shown as good. */
export type SignatureState = 'NONE' | 'VALID' | 'UNKNOWN_KEY' | 'INVALID' | 'MISMATCH' | 'OUTDATED' | 'EXPIRED';

/** The judgement on one signature. */
export interface SignatureResult {
  state: SignatureState;
  /** One sentence for the agent. Names in it come from keys and were made safe to show as text. */
  explanation: string;
  /** 16 hex digits; null when the signature does not name its key. */
  keyId: string | null;
  /** Of the key that was checked against; null when none was. */
  fingerprint: string | null;
  /** The main user ID of that key. */
  signer: string | null;
  /** When the signature says it was made. */
  createdAt: Date | null;
}

/** The judgement on everything that is signed together. */
export interface SignatureSummary {
  state: SignatureState;
  explanation: string;
}

const NOT_SIGNED = 'Not signed.';

// A broken signature beside a good one means that something was tampered with, so it comes first.
const ORDER: SignatureState[] = ['INVALID', 'VALID', 'MISMATCH', 'EXPIRED', 'OUTDATED', 'UNKNOWN_KEY'];

/** One judgement out of several: a false signature outweighs all, then a good one counts, then the rest. */
export function summarise(results: readonly SignatureResult[]): SignatureSummary {
  for (const state of ORDER) {
    const found = results.find((result) => result.state === state);
    if (found) return { state, explanation: found.explanation };
  }
  return { state: 'NONE', explanation: NOT_SIGNED };
}
