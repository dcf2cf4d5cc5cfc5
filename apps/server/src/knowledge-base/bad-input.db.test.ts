import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent } from '../../test/factories.ts';
import { productSchema } from '../../test/schema.ts';
import { createApiToken } from '../accounts/api-tokens.ts';
import { authenticate } from '../accounts/authenticate.ts';
import { makeHttp } from '../platform/http.ts';
import { makeFollower } from './follow-articles.ts';

const SUGGEST = `query ($base: ID!, $subject: String, $text: String!) {
  suggestArticles(knowledgeBaseId: $base, subject: $subject, text: $text, first: 10, floor: 0) { article { title html } excerpt marks { start end } }
}`;
const LONGEST_MS = 3000;

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; extensions: { code: string; fields?: { path: string }[] } }[];
}

describeEachDatabase('odd input over the API', (world) => {
  let app: FastifyInstance;
  let close: () => Promise<void>;
  let token: string;

  beforeAll(async () => {
    const http = await makeHttp(world().services, { schema: await productSchema(), authenticate, routes: [] });
    app = http.app;
    close = () => http.close();
  });
  afterAll(() => close());
  beforeEach(async () => {
    const admin = world().ctx(agentActor(await buildAgent(world().ctx())));
    token = (await createApiToken(admin, { name: 'test', scopes: ['kb:read', 'kb:write'] })).token;
  });

  async function ask(query: string, variables: object = {}): Promise<Answer> {
    const answer = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { host: 'desk.example.com', 'content-type': 'application/json', authorization: `Bearer ${token}` },
      payload: { query, variables },
    });
    return answer.json() as Answer;
  }

  async function make(query: string, input: object): Promise<string> {
    const { data, errors } = await ask(query, { input });
    expect(errors).toBeUndefined();
    return (Object.values(data!)[0] as { id: string }).id;
  }
  const makeBase = (name: string) =>
    make('mutation ($input: KnowledgeBaseInput!) { saveKnowledgeBase(input: $input) { id } }', { name });
  const makeArticle = (knowledgeBaseId: string, title: string, body: string) =>
    make('mutation ($input: ArticleInput!) { saveArticle(input: $input) { id } }', {
      knowledgeBaseId,
      title,
      body,
      published: true,
    });

  test('of letters gives suggestions or none, in time, and nothing of it becomes mark-up', async () => {
    const empty = await makeBase('Empty');
    const base = await makeBase('<b>Help</b>');
    await makeArticle(
      base,
      '<img src=x onerror=alert(1)> portal',
      '<script>alert(1)</script>\n\n[x](javascript:alert(1)) portal **slow**',
    );
    await makeFollower(world().services).fill();
    const letters = [
      '',
      '   ',
      'portal '.repeat(285_000),
      'The portal is slow and something else went wrong. '.repeat(40_000),
      '\u0000\u0001\u001b[31m portal \u202e \ufffe slow',
      '<script>alert(1)</script> portal & "slow"',
      '😀'.repeat(10_000),
    ];
    for (const text of letters) {
      for (const id of [empty, base]) {
        const began = performance.now();
        const { data, errors } = await ask(SUGGEST, { base: id, subject: text.slice(0, 2000), text });
        expect(errors, text.slice(0, 40)).toBeUndefined();
        expect(performance.now() - began, text.slice(0, 40)).toBeLessThan(LONGEST_MS);
        for (const { article } of data!.suggestArticles as { article: { html: string } }[])
          expect(article.html).not.toMatch(/<script|<img|javascript:/);
      }
    }
  });

  test('of a question that is no letter keeps its limit', async () => {
    const { errors } = await ask(`{ knowledgeBases { id } } #`, { padding: 'x'.repeat(300_000) });
    expect(errors![0]!.extensions.code).toBe('INVALID_INPUT');
  });

  test('of articles is refused by field, whole batches among them', async () => {
    const knowledgeBaseId = await makeBase('Help');
    const saving = await ask('mutation ($input: ArticleInput!) { saveArticle(input: $input) { id } }', {
      input: { knowledgeBaseId, title: '', body: 'x'.repeat(40_001) },
    });
    expect(saving.errors![0]!.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'title' }, { path: 'body' }],
    });
    const importing = await ask('mutation ($input: ImportArticlesInput!) { importArticles(input: $input) { added } }', {
      input: {
        knowledgeBaseId,
        articles: [
          { title: 'ok', body: 'ok' },
          { title: 'x'.repeat(301), body: '' },
        ],
      },
    });
    expect(importing.errors![0]!.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'articles.1.title' }],
    });
    expect((await ask('{ knowledgeBases { articleCount } }')).data!.knowledgeBases).toEqual([{ articleCount: 0 }]);
  });
});
