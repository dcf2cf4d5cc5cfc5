import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** One error under one field of a form; `path` is the field's name in the input. */
export interface FieldError {
  path: string;
  message: string;
}

/** What went wrong, ready to be shown. */
export interface Explained {
  code: string;
  message: string;
  fields: FieldError[];
}

function readFields(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { path, message } = entry as { path?: unknown; message?: unknown };
    const name = Array.isArray(path) ? path.join('.') : path;
    return typeof name === 'string' && typeof message === 'string'
      ? [{ path: name.replace(/^input\./, ''), message }]
      : [];
  });
}

/** Reads the code, the sentence and the fields out of whatever a request threw. Never throws itself. */
export function explain(error: unknown): Explained {
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    const code = first?.extensions?.code;
    return {
      code: typeof code === 'string' ? code : 'INTERNAL',
      message: first?.message ?? 'The server answered with an error.',
      fields: error.errors.flatMap((each) => readFields(each.extensions?.fields)),
    };
  }
  if (ServerError.is(error)) {
    return {
      code: 'UNAVAILABLE',
      message: `The server answered with ${error.statusCode}. Try again in a moment.`,
      fields: [],
    };
  }
  return {
    code: 'UNAVAILABLE',
    message: 'The server cannot be reached. Check the connection and try again.',
    fields: [],
  };
}

/** True when the error carries this code. */
export function hasCode(error: unknown, code: string): boolean {
  return explain(error).code === code;
}
