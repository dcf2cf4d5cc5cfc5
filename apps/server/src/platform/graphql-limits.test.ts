import { getIntrospectionQuery, parse } from 'graphql';
import { expect, test } from 'vitest';
import type { Actor } from './context.ts';
import { overLimit } from './graphql.ts';
import { ANONYMOUS_LIMITS, excesses, OPERATION_LIMITS, type OperationLimits, TOKEN_LIMITS } from './graphql-limits.ts';

const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;
const many = (count: number, one: (n: number) => string) => Array.from({ length: count }, (_, n) => one(n)).join(' ');

/** For each limit a document that reaches `count` of it and stays far below all others. */
const reach: Partial<Record<keyof OperationLimits, (count: number) => string>> = {
  depth: nested,
  aliases: (count) => `{ x { ${many(count, (n) => `a${n}: f`)} } }`,
  rootFields: (count) => `{ ${many(count, (n) => `f${n}`)} }`,
  mutations: (count) => `mutation { ${many(count, (n) => `f${n}`)} }`,
  directives: (count) => `{ x ${'@d '.repeat(count)} }`,
  fragments: (count) => `{ x } ${many(count, (n) => `fragment F${n} on Q { a }`)}`,
  // "{ x {" and "} }" are five words and signs.
  tokens: (count) => `{ x { ${many(count - 5, () => 'f')} } }`,
};

for (const [who, limits] of Object.entries({
  everybody: OPERATION_LIMITS,
  token: TOKEN_LIMITS,
  anonymous: ANONYMOUS_LIMITS,
})) {
  test.each(Object.keys(reach) as (keyof OperationLimits)[])(
    `${who}: as many %s as the limit pass, one more does not`,
    (name) => {
      const document = reach[name]!;
      expect(excesses(parse(document(limits[name])), limits)).toEqual([]);
      expect(excesses(parse(document(limits[name] + 1)), limits)).toHaveLength(1);
    },
  );
}

test('a document holds one operation', () => {
  expect(excesses(parse('query A { a }'), OPERATION_LIMITS)).toEqual([]);
  expect(excesses(parse('query A { a } query B { a }'), OPERATION_LIMITS)).toHaveLength(1);
});

test('what stands in fragments counts, each time it is spread', () => {
  const fields = many(6, (n) => `f${n}`);
  expect(excesses(parse(`{ ...F } fragment F on Q { ${fields} }`), OPERATION_LIMITS)).toEqual([]);
  expect(excesses(parse(`{ ...F ...F } fragment F on Q { ${fields} }`), OPERATION_LIMITS)).toHaveLength(1);
  expect(excesses(parse(`mutation { a ... { b } }`), OPERATION_LIMITS)).toHaveLength(1);
});

test('a circle of fragments is endless depth, and is found at once', () => {
  expect(excesses(parse('{ ...F } fragment F on Q { a { ...F } }'), OPERATION_LIMITS)).toHaveLength(1);
});

test('each fragment is measured once: ten spreads in each of twenty would else never end', () => {
  const growing = many(19, (n) => `fragment F${n} on Q { ${`...F${n + 1} `.repeat(10)} }`);
  const [problem] = excesses(parse(`{ x { ...F0 } } ${growing} fragment F19 on Q { a }`), OPERATION_LIMITS);
  expect(problem).toBeUndefined();
});

test('the question that tools ask about the schema passes', () => {
  expect(excesses(parse(getIntrospectionQuery()), OPERATION_LIMITS)).toEqual([]);
});

test('who asks too much without signing in is told to sign in, not how much is too much', () => {
  const anonymous: Actor = { kind: 'anonymous' };
  const agent: Actor = { kind: 'agent', agentId: 'a', sessionId: 's', role: 'ASSISTANT' };
  const token: Actor = { kind: 'token', tokenId: 't', scopes: new Set() };
  expect(overLimit(parse(nested(5)), anonymous)?.code).toBe('UNAUTHENTICATED');
  expect(overLimit(parse(nested(10)), agent)).toBeNull();
  expect(overLimit(parse(nested(9)), token)?.code).toBe('INVALID_INPUT');
});
