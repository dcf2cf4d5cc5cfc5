/** What can be wrong with a key, a phrase or a block of armor; stable, for a program to decide on. */
export type PgpErrorCode =
  | 'NOT_A_KEY'
  | 'PUBLIC_KEY_GIVEN'
  | 'PRIVATE_KEY_GIVEN'
  | 'SEVERAL_KEYS'
  | 'KEY_DAMAGED'
  | 'KEY_UNSUPPORTED'
  | 'KEY_TOO_COSTLY'
  | 'KEY_INCOMPLETE'
  | 'KEY_EXPIRED'
  | 'KEY_REVOKED'
  | 'NO_ENCRYPTION_SUBKEY'
  | 'PHRASE_MISSING'
  | 'WRONG_PHRASE'
  | 'CANNOT_ENCRYPT'
  | 'CANNOT_SIGN'
  | 'NOT_ARMOR'
  | 'MALFORMED'
  | 'TOO_LARGE'
  | 'TOO_MANY_PACKETS'
  | 'TIMED_OUT';

/**
 * The only error this package throws. `message` is one plain sentence for a person; it never holds key material,
 * a code phrase or text of a mail. `cause` is the engine's own error, for the log of a developer.
 */
export class PgpError extends Error {
  override readonly name = 'PgpError';
  readonly code: PgpErrorCode;

  constructor(code: PgpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The day of a time, as it stands in sentences: "2024-05-01" (UTC). */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}
