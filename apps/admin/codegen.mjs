// Types and documents for every operation under src/, checked against the schema that the server prints.
// Fails with the list of errors when an operation does not fit. Output: src/gql/graphql.ts (never edited, never committed).
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildASTSchema, Kind, parse, Source, validate } from 'graphql';

const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
const output = join(here, 'src/gql/graphql.ts');
const printedPath = [join(here, '../../schema.graphql'), join(here, 'src/gql/stand-in.graphql')].find(existsSync);
if (!printedPath) throw new Error('schema.graphql is missing. Print it with: npm run schema');

/** Known to the client alone: it lifts the mask of one fragment and never reaches the server. */
const clientDirectives = 'directive @unmask on FRAGMENT_SPREAD';

/** Every .graphql document beside a component, parsed. */
function readDocuments() {
  return readdirSync(join(here, 'src'), { recursive: true })
    .filter((path) => path.endsWith('.graphql') && !path.startsWith('gql'))
    .sort()
    .map((path) => ({
      location: path,
      document: parse(new Source(readFileSync(join(here, 'src', path), 'utf8'), path)),
    }));
}

const sdl = `${readFileSync(printedPath, 'utf8')}\n${clientDirectives}\n`;
const schema = parse(sdl);
const schemaAst = buildASTSchema(schema);
const documents = readDocuments();

const whole = { kind: Kind.DOCUMENT, definitions: documents.flatMap(({ document }) => document.definitions) };
const errors = validate(schemaAst, whole);
if (errors.length > 0) {
  for (const error of errors) {
    const at = error.nodes?.[0]?.loc;
    console.error(`${at?.source.name ?? '?'}:${at?.startToken.line ?? '?'} ${error.message}`);
  }
  process.exit(1);
}

const config = {
  scalars: { DateTime: 'string', ID: 'string' },
  inlineFragmentTypes: 'mask',
  customDirectives: { apolloUnmask: true },
  enumsAsTypes: true,
  useTypeImports: true,
  nonOptionalTypename: true,
  avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: false },
  documentNodeImport: '@apollo/client#TypedDocumentNode',
  optimizeDocumentNode: true,
  dedupeFragments: true,
};
const base = { filename: output, schema, schemaAst, config, pluginMap: { operations, typedDocumentNode } };
const types = await codegen({ ...base, documents, plugins: [{ operations: {} }] });
const nodes = await codegen({ ...base, documents, plugins: [{ typedDocumentNode: {} }] });
const text = `${nodes
  .split('\n')
  .filter((line) => line.startsWith('import '))
  .join('\n')}\n${types}\n${nodes
  .split('\n')
  .filter((line) => !line.startsWith('import '))
  .join('\n')}`;
mkdirSync(dirname(output), { recursive: true });
if (!existsSync(output) || readFileSync(output, 'utf8') !== text) writeFileSync(output, text);
