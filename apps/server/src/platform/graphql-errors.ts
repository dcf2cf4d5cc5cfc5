import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { AppError, type ErrorCode, type FieldError } from './errors.ts';
import type { Log } from './log.ts';

const INPUT_ERRORS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);
const MAX_WORDS = 500;

/** Makes what a client sees of an error. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** What a client sees of an error: a code of the contract and a sentence; of a bug only a reference that stands in the log. */
export function formatError(log: Log, newRef: () => string): FormatError {
  return (formatted, error) => {
    const cause = causeOf(error);
    if (cause instanceof AppError) return shown(formatted, cause);
    if (cause instanceof ArgumentValidationError) {
      const fields = fieldErrors(cause);
      return shown(
        formatted,
        new AppError('INVALID_INPUT', fields[0]?.message ?? 'The input is not valid.', { fields }),
      );
    }
    if (isAboutTheRequest(formatted, error)) return badRequest(formatted.message);
    const ref = newRef();
    log.error({ err: cause, ref }, 'an operation failed because of a bug');
    return { message: 'Internal error', extensions: { code: 'INTERNAL', ref } };
  };
}

/** The error that was thrown first, out of what the engine wrapped around it. */
function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

/** Not parsed, not valid or with variables that do not fit: it has a code of its own, or no path into an answer. */
function isAboutTheRequest(formatted: GraphQLFormattedError, error: unknown): boolean {
  const code = String(formatted.extensions?.code ?? '');
  if (INPUT_ERRORS.has(code)) return true;
  return error instanceof GraphQLError && !error.path && !error.originalError && code !== 'INTERNAL_SERVER_ERROR';
}

/** The engine repeats the values it was given; a password may be one of them, so they are cut out. */
function badRequest(words: string): GraphQLFormattedError {
  const variable = /^Variable "\$\w+" got invalid value /.test(words);
  if (!variable) {
    const message = words.replace(/( cannot represent [^:"]*|Enum "\w+" [^:"]*): [\s\S]*$/, '$1.').slice(0, MAX_WORDS);
    return { message, extensions: { code: 'INVALID_INPUT', fields: [] } };
  }
  const missing = /Field "(\w+)" of required type "[\w![\]]+" was not provided/.exec(words);
  const unknown = /Field "(\w+)" is not defined by type "\w+"/.exec(words);
  const path = missing?.[1] ?? unknown?.[1] ?? / at "\w+\.([\w.[\]]{1,200})"; /.exec(words)?.[1] ?? null;
  const kind =
    missing?.[0] ??
    unknown?.[0] ??
    /(?:(?:String|Int|Float|Boolean|ID|Enum "\w+") cannot represent [a-z0-9 -]{1,60}|Expected non-nullable type "[\w![\]]+" not to be null|does not exist in "\w+" enum)/.exec(
      words,
    )?.[0] ??
    'it does not fit its type';
  const message = path === null ? `A variable is not valid: ${kind}.` : `The value of ${path} is not valid: ${kind}.`;
  return { message, extensions: { code: 'INVALID_INPUT', fields: path === null ? [] : [{ path, message }] } };
}

function shown({ path }: GraphQLFormattedError, error: AppError): GraphQLFormattedError {
  return {
    message: error.message,
    ...(path ? { path } : {}),
    extensions: {
      code: error.code,
      ...(error.code === 'INVALID_INPUT' ? { fields: error.fields } : {}),
      ...(error.retryAfterSeconds === null ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
    },
  };
}

interface Complaint {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
}

function fieldErrors(error: ArgumentValidationError): FieldError[] {
  return (error.extensions.validationErrors as Complaint[]).map(({ property, constraints }) => ({
    path: property,
    message: Object.values(constraints ?? {})[0] ?? 'This value is not valid.',
  }));
}

const STATUS: Readonly<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  UNAUTHENTICATED: 401,
  INVALID_INPUT: 400,
  CONFLICT: 409,
  UNAVAILABLE: 503,
  RATE_LIMITED: 429,
};

/** The status of a plain HTTP answer that says this error. */
export function statusOf(error: AppError): number {
  return STATUS[error.code];
}
