import type { PgpState } from './message.entity.ts';

/** A state of which only what is told holds. */
export function pgpState(told: Partial<PgpState>): PgpState {
  return {
    decrypted: false,
    signature: 'NONE',
    explanation: '',
    encrypted: false,
    failure: null,
    canRetry: false,
    signer: null,
    signerFingerprint: null,
    notes: [],
    sections: [],
    textIsKept: true,
    subjectIsSecret: false,
    ...told,
  };
}

/** Whether words of a message were encrypted on their way, so that no mail in the clear may repeat them. */
export function holdsSecrets(pgp: PgpState | null): boolean {
  return pgp !== null && (pgp.encrypted || pgp.sections.some(({ kind }) => kind === 'ENCRYPTED'));
}

/** Whether remote images of a message may load at all: never beside words that were encrypted, which an address could give away. */
export function mayLoadImages(pgp: PgpState | null): boolean {
  return !pgp?.decrypted && !holdsSecrets(pgp);
}
