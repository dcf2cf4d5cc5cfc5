import type { GraphQLSchema } from 'graphql';
import { makePubSub, makeSchema } from '../src/schema.ts';

let made: Promise<GraphQLSchema> | null = null;

/** The schema of the product, made once in a process: to make it takes longer than most tests. */
export function productSchema(): Promise<GraphQLSchema> {
  made ??= makeSchema(makePubSub());
  return made;
}
