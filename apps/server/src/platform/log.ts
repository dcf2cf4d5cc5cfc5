import { pino } from 'pino';

/** Structured lines: one object per line, with ids and durations, never a secret, a subject or a body. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Log;
}

/** Writes JSON lines to standard error; what looks like a secret is cut out whatever put it there. */
export function makeLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'passphrase', '*.passphrase', 'pass', '*.pass'],
        censor: '[removed]',
      },
      serializers: { err: errorFields },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** What a log line says of an error: its kind, sentence and place; no inspected objects, which may hold secrets. */
export function errorFields(error: unknown): {
  type: string;
  message: string;
  stack?: string | undefined;
  code?: unknown;
  cause?: unknown;
} {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const code = (error as { code?: unknown }).code;
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code === undefined ? {} : { code }),
    ...(error.cause instanceof Error ? { cause: error.cause.message } : {}),
  };
}
