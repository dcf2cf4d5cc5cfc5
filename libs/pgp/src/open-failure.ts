/** Why a letter did not open; stable, for a program to decide on. */
export type OpenFailureCode =
  /** No OpenPGP message in the input. */
  | 'NOT_A_MESSAGE'
  /** Made for other keys than ours. */
  | 'NO_KEY'
  /** Made for a key of ours that could not be unlocked. Try again when its phrase is mended. */
  | 'KEY_LOCKED'
  | 'PASSWORD_ONLY'
  /** No integrity protection (EFAIL). */
  | 'INTEGRITY_MISSING'
  /** Changed on its way (EFAIL). */
  | 'INTEGRITY_FAILED'
  | 'UNSUPPORTED_VERSION'
  | 'UNSUPPORTED_CIPHER'
  /** Our key is named but does not open the session key. */
  | 'SESSION_KEY'
  | 'MALFORMED'
  | 'TRUNCATED'
  | 'DAMAGED'
  | 'TOO_LARGE'
  | 'TOO_MANY_RECIPIENTS'
  | 'TOO_MANY_PACKETS'
  | 'NESTED_TOO_DEEP'
  | 'TIMED_OUT';

/** A letter that did not open: nothing of its text is known. */
export interface OpenFailure {
  ok: false;
  code: OpenFailureCode;
  /** One or two sentences for the agent. */
  explanation: string;
  /** The key IDs that it was encrypted for, where that is the reason; at most 20. */
  keyIds: string[];
}

/** Inside this package: the reason on its way out. {@link openEncrypted} turns it into an {@link OpenFailure}. */
export class FailedToOpen extends Error {
  readonly code: OpenFailureCode;
  readonly keyIds: string[];

  constructor(code: OpenFailureCode, message: string, options: ErrorOptions & { keyIds?: string[] } = {}) {
    super(message, options);
    this.code = code;
    this.keyIds = options.keyIds ?? [];
  }
}
