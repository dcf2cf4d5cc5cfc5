import type { FastifyInstance } from 'fastify';
import {
  type GraphQLField,
  type GraphQLInputType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeEachDatabase, type TestWorld } from '../../test/context.ts';
import { saveDesk } from '../../test/factories.ts';
import { productSchema } from '../../test/schema.ts';
import { authenticate } from '../accounts/authenticate.ts';
import { routes } from '../app.ts';
import { makeHttp } from '../platform/http.ts';
import { Article } from './article.entity.ts';
import { makeFollower } from './follow-articles.ts';
import { importArticles } from './import-articles.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';
import { saveUnpublishedChanges } from './save-unpublished-changes.ts';

/** A word that stands in everything that readers must not see, and one that stands in what they may. */
const SECRET = 'zorkmid';
const OPEN = 'quokka';

/** The only fields that say anything to somebody who is not signed in. */
const FOR_ANYBODY = new Set(['Query.viewer', 'Query.setup', 'Mutation.signOut']);

// The doors are the same on every database: each public query runs on both in the tests of the pages.
describeEachDatabase('what an anonymous visitor can reach', declareWalks, { only: 'sqlite' });

function declareWalks(world: () => TestWorld): void {
  let app: FastifyInstance;
  let schema: GraphQLSchema;
  let close: () => Promise<void>;
  /** Every id, address and word that might open something hidden. */
  let keys: string[];

  beforeAll(async () => {
    schema = await productSchema();
    const http = await makeHttp(world().services, { schema, authenticate, routes });
    app = http.app;
    close = () => http.close();
  });
  afterAll(() => close());

  beforeEach(async () => {
    const ctx = world().ctx();
    const open = await saveKnowledgeBase(ctx, { name: 'Help' });
    const hidden = await saveKnowledgeBase(ctx, { name: `Answers ${SECRET}`, description: SECRET, staffOnly: true });
    const support = await saveKnowledgeBase(ctx, { name: `Support ${SECRET}`, description: SECRET });
    const article = (title: string, fields: object = {}) => ({
      title,
      body: `${title} portal`,
      summary: title,
      keywords: [title],
      published: true,
      categoryPath: [title],
      ...fields,
    });
    const shown = await importArticles(ctx, {
      knowledgeBaseId: open.id,
      articles: [article(`Open ${OPEN}`, { body: `portal [there](staff-${SECRET})` })],
    });
    const inside = await importArticles(ctx, {
      knowledgeBaseId: open.id,
      articles: [article(`Staff ${SECRET}`, { staffOnly: true }), article(`Draft ${SECRET}`, { published: false })],
    });
    const others: string[] = [];
    for (const base of [hidden, support])
      others.push(
        ...(
          await importArticles(ctx, {
            knowledgeBaseId: base.id,
            articles: [article(`Answer ${SECRET}`), article(`Notes ${SECRET}`, { published: false })],
          })
        ).articleIds,
      );
    await saveDesk(ctx, { defaultKnowledgeBaseId: open.id, defaultSupportKnowledgeBaseId: support.id });
    const { version, ...words } = await ctx.db.findOneByOrFail(Article, { id: shown.articleIds[0]! });
    const changes = { title: `Changed ${SECRET}`, summary: SECRET, body: `portal ${SECRET}`, keywords: [SECRET] };
    await saveUnpublishedChanges(ctx, { ...words, articleId: words.id, articleVersion: version, ...changes });
    await makeFollower(world().services).fill();
    const categories: { id: string }[] = await ctx.db.query('SELECT id FROM article_category');
    const slugs: { slug: string }[] = await ctx.db.query('SELECT slug FROM article');
    keys = [
      ...[open, hidden, support].map(({ id }) => id),
      ...shown.articleIds,
      ...inside.articleIds,
      ...others,
      ...categories.map(({ id }) => id),
      ...slugs.map(({ slug }) => slug),
      SECRET,
      '1.xml',
    ];
  });

  const get = (url: string) =>
    app.inject({ url, headers: { host: 'desk.example.com', accept: 'text/html' }, remoteAddress: '203.0.113.9' });

  test('is, over every route, nothing of the support base, of drafts, of unpublished changes and of what is for staff', async () => {
    const paths = routesOf(app.printRoutes({ commonPrefix: false }));
    expect(paths.length).toBeGreaterThan(15);
    expect(paths).toContain('/kb/:slug');
    let opened = 0;
    for (const path of paths) {
      const isPublic = path.startsWith('/kb');
      for (const key of /[:*]/.test(path) ? keys.slice(0, isPublic ? undefined : 7) : ['']) {
        const url = path.replace(/:[a-zA-Z]+|\*/g, encodeURIComponent(key));
        for (const query of path === '/kb'
          ? ['', `?q=${SECRET}`, '?q=portal']
          : ['', ...(isPublic && key === keys[3] ? ['?page=1', '?thanks=1'] : [])]) {
          const { body, statusCode } = await get(url + query);
          if (body.includes(OPEN)) opened++;
          expect(
            body
              .replaceAll(`q=${SECRET}`, '')
              .replaceAll(`value="${SECRET}"`, '')
              .replaceAll(`“${SECRET}”`, '')
              .replaceAll(`Search: ${SECRET}`, ''),
            `${url}${query} ${statusCode}`,
          ).not.toContain(SECRET);
        }
      }
    }
    expect(opened).toBeGreaterThan(5);
  });

  test('is, over every field of the API, nothing but who is signed in and whether the desk is set up', async () => {
    const asked: string[] = [];
    for (const [operation, type] of [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
    ] as const) {
      for (const field of Object.values(type!.getFields())) {
        for (const key of [keys[2]!, keys[5]!]) {
          const answer = await app.inject({
            method: 'POST',
            url: '/graphql',
            headers: { host: 'desk.example.com', 'content-type': 'application/json' },
            payload: { query: `${operation} { ${ask(field, key)} }` },
          });
          const name = `${type!.name}.${field.name}`;
          asked.push(name);
          expect(answer.body, name).not.toContain(SECRET);
          expect(answer.body, name).not.toContain(OPEN);
          const { data, errors } = answer.json() as {
            data?: Record<string, unknown> | null;
            errors?: { extensions: { code: string } }[];
          };
          if (FOR_ANYBODY.has(name)) continue;
          expect(data?.[field.name] ?? null, name).toBeNull();
          expect(errors?.[0]?.extensions.code, `${name} ${answer.body}`).toMatch(
            /UNAUTHENTICATED|INVALID_INPUT|CONFLICT|NOT_FOUND|FORBIDDEN/,
          );
        }
      }
    }
    expect(asked).toContain('Query.suggestArticles');
    expect(asked).toContain('Mutation.publishUnpublishedChanges');
  });
}

/** The addresses that can be read with GET, out of the printed tree. */
function routesOf(tree: string): string[] {
  const found: string[] = [];
  const above: string[] = [];
  for (const line of tree.split('\n')) {
    const match = /^([│├└─\s]*)(\S+)(?: \(([^)]*)\))?/.exec(line);
    if (!match || match[2] === undefined) continue;
    const level = Math.floor(match[1]!.length / 4);
    above.length = level;
    above[level] = match[2];
    if (match[3]?.split(', ').includes('GET'))
      found.push(
        above
          .slice(0, level + 1)
          .join('')
          .replaceAll('//', '/'),
      );
  }
  return found;
}

/** A field with arguments that name `key`, and every simple field of what it answers, three levels deep. */
function ask(field: GraphQLField<unknown, unknown>, key: string): string {
  const args = field.args.filter(({ type, defaultValue }) => isNonNullType(type) || defaultValue === undefined);
  const given = args.map(({ name, type }) => `${name}: ${value(type, key, 0)}`).join(', ');
  return `${field.name}${given ? `(${given})` : ''}${selection(field.type, 1)}`;
}

function selection(type: GraphQLOutputType, level: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)) return [];
    if (!isObjectType(getNamedType(field.type))) return [field.name];
    return level < 3 ? [`${field.name}${selection(field.type, level + 1)}`] : [];
  });
  return ` { ${fields.length > 0 ? fields.slice(0, 30).join(' ') : '__typename'} }`;
}

function value(type: GraphQLInputType, key: string, level: number): string {
  if (type instanceof GraphQLNonNull) return value(type.ofType, key, level);
  if (isListType(type)) return `[${value((type as GraphQLList<GraphQLInputType>).ofType, key, level)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${fields.map((field) => `${field.name}: ${value(field.type, key, level + 1)}`).join(', ')} }`;
  }
  switch (String(type)) {
    case 'Int':
      return '1';
    case 'Float':
      return '0';
    case 'Boolean':
      return 'true';
    case 'DateTime':
      return '"2026-03-02T09:00:00.000Z"';
    default:
      return JSON.stringify(key);
  }
}
