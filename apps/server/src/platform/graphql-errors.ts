import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { AppError, type FieldError } from './errors.ts';
import type { Log } from './log.ts';

const INPUT_ERRORS = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE']);

/** What a client sees of an error: a code of the contract and a sentence; of a bug only a reference that stands in the log. */
export function formatError(log: Log, newRef: () => string) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const cause = unwrapResolverError(error);
    if (cause instanceof AppError) return shown(formatted, cause);
    if (cause instanceof ArgumentValidationError) {
      const fields = fieldErrors(cause);
      return shown(formatted, new AppError('INVALID_INPUT', fields[0]?.message ?? 'The input is not valid.', { fields }));
    }
    const code = String(formatted.extensions?.code ?? '');
    if (INPUT_ERRORS.has(code) || (cause instanceof GraphQLError && cause.originalError === undefined && code !== 'INTERNAL_SERVER_ERROR')) {
      return { message: formatted.message.slice(0, 500), extensions: { code: 'INVALID_INPUT', fields: [] } };
    }
    const ref = newRef();
    log.error({ err: cause, ref }, 'an operation failed because of a bug');
    return { message: 'Internal error', extensions: { code: 'INTERNAL', ref } };
  };
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
