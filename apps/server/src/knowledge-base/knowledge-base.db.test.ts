import { expect, test } from 'vitest';
import { describeEachDatabase, type TestWorld } from '../../test/context.ts';
import { agentActor, buildAgent, saveDesk } from '../../test/factories.ts';
import type { Actor, Context } from '../platform/context.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Article } from './article.entity.ts';
import { ArticleResolver } from './article.resolver.ts';
import { categoriesOf, deleteCategory, moveCategory, saveCategory } from './article-categories.ts';
import { ArticleRemoval } from './article-removal.entity.ts';
import { ArticleVersion } from './article-version.entity.ts';
import { checkDefaultBases } from './check-default-bases.ts';
import { checkLinks, linkProblemsOfBase } from './check-links.ts';
import { deleteArticle } from './delete-article.ts';
import { deleteKnowledgeBase } from './delete-knowledge-base.ts';
import { importArticles } from './import-articles.ts';
import type { KnowledgeBase } from './knowledge-base.entity.ts';
import type { ArticleInput } from './knowledge-base.inputs.ts';
import { listArticles } from './list-articles.ts';
import { listVersions } from './list-versions.ts';
import { restoreArticleVersion } from './restore-article-version.ts';
import { saveArticle } from './save-article.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';

const TOKEN: Actor = { kind: 'token', tokenId: 't', scopes: new Set(['kb:read'] as const) };

describeEachDatabase('knowledge bases', (world: () => TestWorld) => {
  const write = (ctx: Context, base: KnowledgeBase, fields: Partial<ArticleInput> = {}) =>
    saveArticle(ctx, {
      knowledgeBaseId: base.id,
      title: 'Reset the password',
      body: 'Press **Forgotten**.',
      ...fields,
    });

  test('an article is made as a draft with an address and a guessed language, and changed by those who have seen its newest version', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: ' Help\u0000 ' });
    expect(base.name).toBe('Help');
    const made = await write(ctx, base);
    expect(made).toMatchObject({ slug: 'reset-the-password', published: false, version: 1, language: 'en' });
    expect((await write(ctx, base)).slug).toMatch(/^reset-the-password-[0-9a-f]{8}$/);
    const changed = await write(ctx, base, { id: made.id, version: 1, title: 'Reset it', published: true });
    expect(changed).toMatchObject({ version: 2, slug: 'reset-the-password', published: true });
    expect(changed.indexVersion).toBeGreaterThan(made.indexVersion);
    await expect(write(ctx, base, { id: made.id, version: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const again = await write(ctx, base, { id: made.id, version: 2, title: 'Reset it', published: true });
    expect(again.version).toBe(2);
    await expect(write(ctx, base, { slug: 'reset-the-password' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('what an article said before is kept and can be restored; autosaves of one sitting are one state', async () => {
    const { clock } = world();
    const ctx = world().ctx(agentActor(await buildAgent(world().ctx())));
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    const { id } = await write(ctx, base, { body: 'one' });
    clock.advance({ hours: 1 });
    for (const body of ['two', 'two and', 'two and a half']) {
      clock.advance({ seconds: 5 });
      await write(ctx, base, { id, body, autosave: true });
    }
    expect((await listVersions(ctx, id, { first: 10 })).nodes.map(({ body }) => body)).toEqual(['one']);
    const saved = await write(ctx, base, { id, body: 'three' });
    const versions = await listVersions(ctx, id, { first: 10 });
    expect(versions.nodes.map(({ number, body }) => [number, body])).toEqual([
      [4, 'two and a half'],
      [1, 'one'],
    ]);
    const restored = await restoreArticleVersion(ctx, {
      articleId: id,
      versionId: versions.nodes[1]!.id,
      version: saved.version,
    });
    expect(restored.body).toBe('one');
    expect((await listVersions(ctx, id, { first: 1 })).nodes[0]!.body).toBe('three');
    await deleteArticle(ctx, id);
    expect(await ctx.db.count(ArticleVersion)).toBe(0);
    expect(await ctx.db.count(ArticleRemoval)).toBe(1);
  });

  test('a base that a setting uses is not deleted, and says which; any other goes with all that is in it', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    await saveCategory(ctx, { knowledgeBaseId: base.id, name: 'Start' });
    await write(ctx, base);
    await saveDesk(ctx, { defaultKnowledgeBaseId: base.id, defaultSupportKnowledgeBaseId: base.id });
    await expect(deleteKnowledgeBase(ctx, base.id)).rejects.toThrow(
      /is the Default KnowledgeBase and the Default Support KnowledgeBase\. Nothing was deleted/,
    );
    await expect(saveKnowledgeBase(ctx, { id: base.id, staffOnly: true })).rejects.toMatchObject({ code: 'CONFLICT' });
    await saveDesk(ctx);
    expect(await deleteKnowledgeBase(ctx, base.id)).toBe(true);
    expect(await ctx.db.count(Article)).toBe(0);
    expect(await categoriesOf(ctx, base.id)).toEqual([]);
  });

  test('a base for staff only cannot become the Default KnowledgeBase', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Inside', staffOnly: true });
    expect(await checkDefaultBases(ctx, { defaultKnowledgeBaseId: base.id })).toEqual([
      { path: 'defaultKnowledgeBaseId', message: 'End users cannot see this base. Choose another or publish it.' },
    ]);
    expect(await checkDefaultBases(ctx, { defaultSupportKnowledgeBaseId: base.id })).toEqual([]);
  });

  test('an article that moves to a base where its key is taken loses the key', async () => {
    const ctx = world().ctx();
    const [from, to] = [await saveKnowledgeBase(ctx, { name: 'Old' }), await saveKnowledgeBase(ctx, { name: 'New' })];
    const articles = [{ title: 'Scanner', body: 'Press it.', externalId: 'k1' }];
    const [id] = (await importArticles(ctx, { knowledgeBaseId: from.id, articles })).articleIds;
    await importArticles(ctx, { knowledgeBaseId: to.id, articles });
    const move = (base: KnowledgeBase) => write(ctx, base, { id: id!, title: 'Scanner', body: 'Press it.' });
    expect(await move(await saveKnowledgeBase(ctx, { name: 'Empty' }))).toMatchObject({ externalId: 'k1' });
    expect(await move(to)).toMatchObject({ knowledgeBaseId: to.id, externalId: null });
    expect(await importArticles(ctx, { knowledgeBaseId: to.id, articles })).toMatchObject({ unchanged: 1 });
  });

  test('an article that moves to a base where its long address is taken gets another one', async () => {
    const ctx = world().ctx();
    const [here, there] = [await saveKnowledgeBase(ctx, { name: 'A' }), await saveKnowledgeBase(ctx, { name: 'B' })];
    const slug = `${'long-'.repeat(23)}words`;
    await write(ctx, there, { slug });
    const { id } = await write(ctx, here, { slug });
    const moved = await write(ctx, there, { id });
    expect(moved.slug).toMatch(/^(?:long-)+l-[0-9a-f]{8}$/);
    expect((await ctx.db.findOneByOrFail(Article, { id })).slug).toBe(moved.slug);
    expect(moved.slug.length).toBeLessThanOrEqual(120);
  });

  test('a new article with an id of its writer is made once, however often it is sent, and not again once it is deleted', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'A' });
    const id = '0190f0aa-0000-7000-8000-00000000000a';
    const send = () => write(ctx, base, { id, version: 0 });
    const outcomes = await Promise.allSettled([send(), send()]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(send()).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await write(ctx, base, { id, version: 1, title: 'Changed' })).toMatchObject({ id, version: 2 });
    await deleteArticle(ctx, id);
    await expect(send()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(write(ctx, base, { id: 'x', version: 0 })).rejects.toMatchObject({ fields: [{ path: 'id' }] });
  });

  test('articles of the same title that are made at the same time have an address each', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'A' });
    const made = await Promise.all(Array.from({ length: 6 }, () => write(ctx, base)));
    expect(new Set(made.map(({ slug }) => slug)).size).toBe(6);
  });

  test('categories are a tree of at most four levels; one that goes leaves its articles to the one above', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    const add = (name: string, parentId: string | null = null) =>
      saveCategory(ctx, { knowledgeBaseId: base.id, name, parentId });
    const [a, b] = [await add('A'), await add('B')];
    const a1 = await add('A1', a.id);
    const a2 = await add('A2', a1.id);
    const a3 = await add('A3', a2.id);
    await expect(add('A4', a3.id)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const names = async () => (await categoriesOf(ctx, base.id)).map(({ name }) => name).join(' ');
    expect(await names()).toBe('A A1 A2 A3 B');
    await moveCategory(ctx, { categoryId: b.id, parentId: null, position: 0 });
    expect(await names()).toBe('B A A1 A2 A3');
    await expect(moveCategory(ctx, { categoryId: a.id, parentId: a2.id, position: 0 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(moveCategory(ctx, { categoryId: a.id, parentId: b.id, position: 0 })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const article = await write(ctx, base, { categoryId: a2.id });
    expect((await listArticles(ctx, base.id, { categoryId: a.id }, { first: 10 })).totalCount).toBe(1);
    await deleteCategory(ctx, a2.id);
    expect(await names()).toBe('B A A1 A3');
    expect((await ctx.db.findOneByOrFail(Article, { id: article.id })).categoryId).toBe(a1.id);
  });

  test('articles are listed last changed first, in windows, and found by words', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    for (const title of ['Printer', 'Password 100%', 'Scanner']) {
      world().clock.advance({ seconds: 1 });
      await write(ctx, base, { title, published: title === 'Scanner' });
    }
    const first = await listArticles(ctx, base.id, {}, { first: 2 });
    const rest = await listArticles(ctx, base.id, {}, { first: 2, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...rest.nodes].map(({ title }) => title)).toEqual(['Scanner', 'Password 100%', 'Printer']);
    const found = async (filter: object) =>
      (await listArticles(ctx, base.id, filter, { first: 9 })).nodes.map(({ title }) => title);
    expect(await found({ search: '100% pass' })).toEqual(['Password 100%']);
    expect(await found({ search: '100!' })).toEqual([]);
    expect(await found({ published: true })).toEqual(['Scanner']);
  });

  test('links to articles, headings and drafts that are not there are named', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    await write(ctx, base, { title: 'Draft' });
    await write(ctx, base, { title: 'Target', body: '## Steps', published: true });
    const body =
      '[1](target#steps) [2](target#nowhere) [3](missing) [4](draft) [5](#here) [6](javascript:x) [7](https://x.example) [8](https:///) [9](/kb/target) [10](https://desk.example.com/kb/gone)';
    const article = await write(ctx, base, { title: 'Source', body, published: true });
    expect((await checkLinks(ctx, [article])).map(({ link, message }) => [link, message.slice(0, 24)])).toEqual([
      ['target#nowhere', 'That article has no such'],
      ['missing', 'There is no such article'],
      ['draft', 'It leads to a draft, whi'],
      ['#here', 'That article has no such'],
      ['javascript:x', 'Links with javascript: a'],
      ['https:///', 'This is not a whole addr'],
      ['https://desk.example.com/kb/gone', 'There is no such article'],
    ]);
  });

  test('links that a base defines below its text are checked too, and many into one article take no long time', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    await write(ctx, base, { title: 'Referring', body: '[Steps][1]\n\n[1]: missing', published: true });
    await write(ctx, base, { title: 'Target', body: `## Steps\n\n${'_a_ '.repeat(2_500)}`, published: true });
    const body = Array.from({ length: 700 }, (_, i) => `[a](target#n${i})`).join(' ');
    await write(ctx, base, { title: 'Many', body });
    const startedAt = process.cpuUsage();
    const problems = await linkProblemsOfBase(ctx, base.id);
    expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(3_000);
    expect(problems.find(({ articleTitle }) => articleTitle === 'Referring')).toMatchObject({ link: 'missing' });
  });

  test('the HTML of an article links only to what everybody may read', async () => {
    const ctx = { ...world().ctx(), loaders: new Map() } as unknown as GraphqlContext;
    const open = await saveKnowledgeBase(ctx, { name: 'Help' });
    const support = await saveKnowledgeBase(ctx, { name: 'Answers' });
    await write(ctx, open, { slug: 'shown', published: true });
    await write(ctx, open, { slug: 'draft' });
    await write(ctx, open, { slug: 'inside', published: true, staffOnly: true });
    await write(ctx, support, { slug: 'notes', published: true });
    const body = '[1](shown) [2](draft) [3](inside) [4](notes) [5](missing)';
    const article = await write(ctx, support, { title: 'Answer', body, published: true });
    const html = () => new ArticleResolver().html(article, ctx);
    expect(await html()).toBe('<p>1 2 3 4 5</p>\n');
    await saveDesk(ctx, { defaultKnowledgeBaseId: open.id, defaultSupportKnowledgeBaseId: support.id });
    ctx.loaders.clear();
    expect(await html()).toBe('<p><a href="https://desk.example.com/kb/shown">1</a> 2 3 4 5</p>\n');
  });

  test('administrators keep bases, assistants write articles, a reading token reads', async () => {
    const admin = world().ctx();
    const base = await saveKnowledgeBase(admin, { name: 'Help' });
    const assistant = world().ctx(agentActor(await buildAgent(admin, { role: 'ASSISTANT' })));
    await expect(saveKnowledgeBase(assistant, { name: 'Mine' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(deleteKnowledgeBase(assistant, base.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await write(assistant, base)).updatedById).toBeTruthy();
    const forbidden = { code: 'FORBIDDEN' };
    const token = world().ctx(TOKEN);
    await expect(write(token, base)).rejects.toMatchObject(forbidden);
    await expect(saveCategory(token, { knowledgeBaseId: base.id, name: 'x' })).rejects.toMatchObject(forbidden);
    await expect(saveKnowledgeBase(token, { name: 'x' })).rejects.toMatchObject(forbidden);
    const nobody = world().ctx({ kind: 'anonymous' });
    await expect(write(nobody, base)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('every field has its limit, named in the error', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    const refused = async (fields: Partial<ArticleInput>, path: string) =>
      expect(write(ctx, base, fields)).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path }] });
    await refused({ title: ' \u0000 ' }, 'title');
    await refused({ title: 'x'.repeat(301) }, 'title');
    await refused({ body: 'x'.repeat(40_001) }, 'body');
    await refused({ body: '&'.repeat(30_000) }, 'body');
    await refused({ body: '|a|\n|-|\n\n'.repeat(1_100) }, 'body');
    await refused({ summary: 'x'.repeat(501) }, 'summary');
    await refused({ keywords: Array.from({ length: 51 }, (_, i) => `k${i}`) }, 'keywords');
    await refused({ keywords: ['x'.repeat(101)] }, 'keywords');
    await refused({ slug: '../x' }, 'slug');
    await refused({ language: 'not a tag' }, 'language');
    await refused({ categoryId: 'nowhere' }, 'categoryId');
    await expect(saveKnowledgeBase(ctx, { name: '' })).rejects.toMatchObject({ fields: [{ path: 'name' }] });
    await expect(saveKnowledgeBase(ctx, { name: 'x'.repeat(121) })).rejects.toMatchObject({
      fields: [{ path: 'name' }],
    });
    await expect(saveCategory(ctx, { knowledgeBaseId: base.id, name: '' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(write(ctx, { ...base, id: 'nowhere' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
