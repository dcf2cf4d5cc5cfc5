import {
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  visit,
} from 'graphql';
import type { Actor } from './context.ts';

/** What one operation may ask at most. */
export interface OperationLimits {
  readonly characters: number;
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly mutations: number;
  readonly directives: number;
  readonly fragments: number;
}

/** The most that anybody may ask: a page of the admin app stays far below. */
export const OPERATION_LIMITS: OperationLimits = {
  characters: 15_000,
  tokens: 2_000,
  depth: 10,
  aliases: 30,
  rootFields: 10,
  mutations: 1,
  directives: 20,
  fragments: 20,
};

/** For a program with an API token. */
export const TOKEN_LIMITS: OperationLimits = {
  ...OPERATION_LIMITS,
  tokens: 1_000,
  depth: 8,
  aliases: 15,
  directives: 10,
};

/** For somebody who is not signed in: enough to sign in and to set up. */
export const ANONYMOUS_LIMITS: OperationLimits = {
  characters: 4_000,
  tokens: 300,
  depth: 4,
  aliases: 3,
  rootFields: 2,
  mutations: 1,
  directives: 3,
  fragments: 2,
};

/** What this actor's operations may ask at most. */
export function limitsOf(actor: Pick<Actor, 'kind'>): OperationLimits {
  if (actor.kind === 'anonymous') return ANONYMOUS_LIMITS;
  return actor.kind === 'token' ? TOKEN_LIMITS : OPERATION_LIMITS;
}

/** A rule of validation that refuses operations over the limits. It looks at each part of the document once. */
export function limitsRule(limits: OperationLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    Document: {
      enter(document: DocumentNode) {
        for (const message of excesses(document, limits)) context.reportError(new GraphQLError(message));
      },
    },
  });
}

/** Every limit that a document breaks, as a sentence. Pure. */
export function excesses(document: DocumentNode, limits: OperationLimits): string[] {
  const count = { aliases: 0, directives: 0, fragments: 0, operations: 0 };
  visit(document, {
    Field: (field) => {
      if (field.alias) count.aliases++;
    },
    Directive: () => {
      count.directives++;
    },
    FragmentDefinition: () => {
      count.fragments++;
    },
    OperationDefinition: () => {
      count.operations++;
    },
  });
  const problems: string[] = [];
  const check = (value: number, limit: number, what: string) => {
    if (value > limit) problems.push(`An operation may have at most ${limit} ${what}; this one has ${value}.`);
  };
  check(document.tokenCount ?? 0, limits.tokens, 'words and signs');
  check(count.operations, 1, 'operation in its document');
  check(count.aliases, limits.aliases, 'aliases');
  check(count.directives, limits.directives, 'directives');
  check(count.fragments, limits.fragments, 'fragments');
  if (problems.length > 0) return problems;

  const fragments = new Map(
    document.definitions
      .filter((d): d is FragmentDefinitionNode => d.kind === Kind.FRAGMENT_DEFINITION)
      .map((d) => [d.name.value, d]),
  );
  const measure = measurer(fragments);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, fields } = measure(definition.selectionSet);
    check(depth, limits.depth, 'levels');
    if (definition.operation === 'query') check(fields, limits.rootFields, 'fields at its root');
    else check(fields, limits.mutations, 'field at its root');
  }
  return problems;
}

/** Tools ask these deeper than any page asks for data. Production does not answer them at all. */
const ABOUT_THE_SCHEMA = new Set(['__schema', '__type']);

/** Depth and number of fields of a selection, fragments flattened; each fragment is measured once, a circle counts as endless. */
function measurer(fragments: Map<string, FragmentDefinitionNode>) {
  const known = new Map<string, { depth: number; fields: number }>();
  const measure = (set: SelectionSetNode | undefined): { depth: number; fields: number } => {
    let depth = 0;
    let fields = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const below = ABOUT_THE_SCHEMA.has(selection.name.value) ? 0 : measure(selection.selectionSet).depth;
        depth = Math.max(depth, 1 + below);
        fields++;
        continue;
      }
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT ? measure(selection.selectionSet) : spread(selection.name.value);
      depth = Math.max(depth, inner.depth);
      fields += inner.fields;
    }
    return { depth, fields };
  };
  const spread = (name: string): { depth: number; fields: number } => {
    const measured = known.get(name);
    if (measured) return measured;
    known.set(name, { depth: Number.POSITIVE_INFINITY, fields: 0 });
    const result = measure(fragments.get(name)?.selectionSet);
    known.set(name, result);
    return result;
  };
  return measure;
}
