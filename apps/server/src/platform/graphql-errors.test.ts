import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { MemoryLog } from '../../test/fakes.ts';
import { AppError, invalidInput } from './errors.ts';
import { formatError } from './graphql-errors.ts';

const log = new MemoryLog();
const format = formatError(log, () => 'ref-1');
/** As the engine hands over what a resolver threw. */
const thrown = (cause: Error) => {
  const error = new GraphQLError(cause.message, { path: ['x'], originalError: cause });
  return format({ message: error.message, path: ['x'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error);
};
const refused = (message: string, code = 'BAD_USER_INPUT') =>
  format({ message, extensions: { code } }, new GraphQLError(message));

test('an error of ours keeps its code, its fields and how long to wait', () => {
  expect(thrown(invalidInput([{ path: 'pop3Port', message: 'Enter a port.' }]))).toEqual({
    message: 'Enter a port.',
    path: ['x'],
    extensions: { code: 'INVALID_INPUT', fields: [{ path: 'pop3Port', message: 'Enter a port.' }] },
  });
  expect(thrown(new AppError('RATE_LIMITED', 'Wait.', { retryAfterSeconds: 9 })).extensions).toEqual({
    code: 'RATE_LIMITED',
    retryAfterSeconds: 9,
  });
});

test('an error of ours is known however deep the engine wrapped it', () => {
  const inner = new GraphQLError('wrapped', { originalError: new AppError('CONFLICT', 'Changed meanwhile.') });
  const outer = new GraphQLError('wrapped again', { originalError: inner });
  expect(format({ message: 'wrapped again' }, outer).extensions).toEqual({ code: 'CONFLICT' });
});

test('a bug is shown as a reference alone and logged whole', () => {
  const bug = new TypeError('canary of a bug');
  expect(thrown(bug)).toEqual({ message: 'Internal error', extensions: { code: 'INTERNAL', ref: 'ref-1' } });
  expect(log.lines.at(-1)?.fields).toEqual({ err: bug, ref: 'ref-1' });
});

test('a value of ours that fits no enum is a bug, and is not shown', () => {
  const error = new GraphQLError('Enum "Role" cannot represent value: "canary"', { path: ['agent', 'role'] });
  const answer = format({ message: error.message, path: ['agent', 'role'] }, error);
  expect(answer).toEqual({ message: 'Internal error', extensions: { code: 'INTERNAL', ref: 'ref-1' } });
});

test.each([
  [
    'Variable "$input" got invalid value { email: "a@b.c", password: "canary" }; Field "name" of required type "String!" was not provided.',
    'name',
  ],
  [
    'Variable "$input" got invalid value ["canary"] at "input.pop3Password"; String cannot represent a non string value: ["canary"]',
    'pop3Password',
  ],
  [
    'Variable "$input" got invalid value "canary" at "input.closeAnsweredAfterDays"; Int cannot represent non-integer value: "canary"',
    'closeAnsweredAfterDays',
  ],
  [
    'Variable "$input" got invalid value "canary" at "input.pop3Security"; Value "canary" does not exist in "Security" enum.',
    'pop3Security',
  ],
])('what a client sent is not repeated, the field is named: %s', (message, path) => {
  const answer = refused(message);
  expect(answer.extensions?.fields).toEqual([{ path, message: answer.message }]);
  expect(JSON.stringify(answer)).not.toContain('canary');
});

test('a literal of the wrong type is not repeated either', () => {
  const answer = refused('Int cannot represent non-integer value: "canary"', 'GRAPHQL_VALIDATION_FAILED');
  expect(answer).toEqual({
    message: 'Int cannot represent non-integer value.',
    extensions: { code: 'INVALID_INPUT', fields: [] },
  });
});
