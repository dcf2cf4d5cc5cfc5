/** The codes that every error of the API carries in `extensions.code`. */
export type ErrorCode =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'INVALID_INPUT'
  | 'CONFLICT'
  | 'UNAVAILABLE'
  | 'RATE_LIMITED';

/** One wrong field of an input: its name as in the input type, and a sentence that says what was expected. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** An error that a person or a program may see: what happened, what was kept, what to do. Never a secret or a mail body. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    details: { fields?: readonly FieldError[]; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.fields = details.fields ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }
}

/** INVALID_INPUT for one or more fields; the message repeats the first sentence. */
export function invalidInput(fields: readonly FieldError[]): AppError {
  return new AppError('INVALID_INPUT', fields[0]?.message ?? 'The input is not valid.', { fields });
}

/** NOT_FOUND in the product's words: "There is no ticket with this id." */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `There is no ${what} with this id.`);
}
