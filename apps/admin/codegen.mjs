// Types and documents for every operation under src/, checked against the schema that the server prints.
// Fails with the list of errors when an operation does not fit. Output: src/gql/graphql.ts (never edited, never committed).
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, Kind, parse, Source, validate } from 'graphql';

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, 'src/gql/graphql.ts');
const printed = join(here, '../../schema.graphql');
const standIn = join(here, 'src/gql/stand-in.graphql');

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

const schemaPath = existsSync(printed) ? printed : standIn;
// Known to the client alone: it lifts the mask of one fragment and never reaches the server.
const clientDirectives = 'directive @unmask on FRAGMENT_SPREAD';
const sdl = `${readFileSync(schemaPath, 'utf8')}\n${clientDirectives}\n`;
const schema = parse(sdl);
const schemaAst = buildSchema(sdl);
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
  enumsAsTypes: true,
  useTypeImports: true,
  customDirectives: { apolloUnmask: true },
  skipTypename: false,
  nonOptionalTypename: true,
  avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: false },
  documentNodeImport: '@apollo/client#TypedDocumentNode',
  optimizeDocumentNode: true,
  dedupeFragments: true,
};
const text = await codegen({
  filename: output,
  schema,
  schemaAst,
  documents,
  config,
  plugins: [{ operations: {} }, { typedDocumentNode: {} }],
  pluginMap: { operations, typedDocumentNode },
});
mkdirSync(dirname(output), { recursive: true });
if (!existsSync(output) || readFileSync(output, 'utf8') !== text) writeFileSync(output, text);
