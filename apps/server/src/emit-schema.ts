import { fileURLToPath } from 'node:url';
import { makePubSub, makeSchema } from './schema.ts';

// Prints schema.graphql at the root of the project; it needs no database.
await makeSchema(makePubSub(), fileURLToPath(new URL('../../../schema.graphql', import.meta.url)));
