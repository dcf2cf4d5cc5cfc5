import { createGunzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { describeEachDatabase, type TestWorld } from '../../test/context.ts';
import { agentActor, buildAgent } from '../../test/factories.ts';
import type { Actor, Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Article } from './article.entity.ts';
import { ArticleResolver } from './article.resolver.ts';
import { deleteCategory, saveCategory } from './article-categories.ts';
import { ArticleVersion } from './article-version.entity.ts';
import { deleteArticle } from './delete-article.ts';
import { deleteKnowledgeBase } from './delete-knowledge-base.ts';
import { discardUnpublishedChanges } from './discard-unpublished-changes.ts';
import { exportArticle, exportBase } from './export-articles.ts';
import { findSuggestions } from './find-suggestions.ts';
import { makeFollower } from './follow-articles.ts';
import { importArticles } from './import-articles.ts';
import type { ArticleInput, UnpublishedChangesInput } from './knowledge-base.inputs.ts';
import type { LinkProblem } from './knowledge-base.types.ts';
import { listVersions } from './list-versions.ts';
import { publishUnpublishedChanges } from './publish-unpublished-changes.ts';
import { restoreArticleVersion } from './restore-article-version.ts';
import { saveArticle } from './save-article.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';
import { saveUnpublishedChanges } from './save-unpublished-changes.ts';
import { UnpublishedChanges } from './unpublished-changes.entity.ts';
import { UnpublishedChangesResolver } from './unpublished-changes.resolver.ts';

const token = (...scopes: ('kb:read' | 'kb:write')[]): Actor => ({
  kind: 'token',
  tokenId: 't',
  scopes: new Set(scopes),
});

describeEachDatabase('unpublished changes', (world: () => TestWorld) => {
  const agent = async (name = 'Dana') => world().ctx(agentActor(await buildAgent(world().ctx(), { name })));
  /** A published article in a base of its own. */
  async function publishOne(ctx: Context, fields: Partial<ArticleInput> = {}): Promise<Article> {
    const base = await saveKnowledgeBase(world().ctx(), { name: 'Help' });
    return saveArticle(ctx, {
      knowledgeBaseId: base.id,
      title: 'Reset it',
      body: 'Old words',
      published: true,
      ...fields,
    });
  }
  const changesOf = (article: { id: string }) =>
    world().ctx().db.findOneBy(UnpublishedChanges, { articleId: article.id });
  const articleNow = ({ id }: { id: string }) => world().ctx().db.findOneByOrFail(Article, { id });
  /** Saves over what stands there now, as typing does. */
  async function type(ctx: Context, article: Article, fields: Partial<UnpublishedChangesInput> = {}) {
    const {
      id: articleId,
      version: articleVersion,
      title,
      summary,
      keywords,
      language,
      staffOnly,
      categoryId,
    } = article;
    const version = (await changesOf(article))?.version ?? null;
    const words = { title, summary, keywords, language, staffOnly, categoryId, body: 'New words' };
    await saveUnpublishedChanges(ctx, { articleId, articleVersion, version, autosave: true, ...words, ...fields });
    return (await changesOf(article))!;
  }
  const statesOf = async (article: { id: string }) =>
    (await listVersions(world().ctx(), article.id, { first: 100 })).nodes.map(({ body, unpublished }) =>
      unpublished ? `(${body})` : body,
    );

  test('are kept beside the article, which stays what it is, until they are published as a whole', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    const category = await saveCategory(ctx, { knowledgeBaseId: article.knowledgeBaseId, name: 'Start' });
    const wish = {
      title: ' Reset\u0000 it now ',
      summary: 'How',
      keywords: ['pin'],
      language: 'en-GB',
      staffOnly: true,
    };
    const changes = await type(ctx, article, { ...wish, categoryId: category.id });
    expect(changes).toMatchObject({ ...wish, title: 'Reset it now', categoryId: category.id, articleVersion: 1 });
    expect(await articleNow(article)).toEqual(article);
    const published = await publishUnpublishedChanges(ctx, { articleId: article.id, version: changes.version });
    expect(published).toMatchObject({ ...wish, title: 'Reset it now', body: 'New words', categoryId: category.id });
    expect(published).toMatchObject({ version: 2, slug: article.slug, published: true });
    expect(published.indexVersion).toBeGreaterThan(article.indexVersion);
    expect([await changesOf(article), await statesOf(article)]).toEqual([null, ['Old words']]);
  });

  test('that say what the article says are none, and the same ones saved twice are the same', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    const first = await type(ctx, article);
    expect((await type(ctx, article)).version).toBe(first.version);
    expect((await type(ctx, article, { body: 'Newer' })).version).not.toBe(first.version);
    expect(await type(ctx, article, { body: 'Old words \n' })).toBeNull();
  });

  test('are written only by those who have seen the newest ones, and end with those who have', async () => {
    const [ctx, other] = [await agent(), await agent('Kim')];
    const article = await publishOne(ctx);
    const conflict = { code: 'CONFLICT' };
    const mine = await type(ctx, article);
    await expect(type(other, article, { version: null, body: 'Blind' })).rejects.toMatchObject(conflict);
    const theirs = await type(other, article, { body: 'Theirs' });
    expect(theirs.updatedById).not.toBe(mine.updatedById);
    const seen = { articleId: article.id, version: mine.version };
    await expect(type(ctx, article, { version: mine.version })).rejects.toMatchObject(conflict);
    await expect(publishUnpublishedChanges(ctx, seen)).rejects.toMatchObject(conflict);
    await expect(discardUnpublishedChanges(ctx, seen)).rejects.toMatchObject(conflict);
    await discardUnpublishedChanges(ctx, { ...seen, version: theirs.version });
    // A version never comes again: what was seen before the discarding names nothing that was written after it.
    const again = await type(ctx, article);
    expect([mine.version, theirs.version]).not.toContain(again.version);
    await expect(publishUnpublishedChanges(ctx, { ...seen, version: theirs.version })).rejects.toMatchObject(conflict);
    expect((await articleNow(article)).body).toBe('Old words');
  });

  test('saved at the same time by two who have seen none are saved by one of them', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    const tries = ['One', 'Two'].map((body) => type(ctx, article, { version: null, body }));
    const outcomes = (await Promise.allSettled(tries)).map(({ status }) => status).sort();
    expect(outcomes).toEqual(['fulfilled', 'rejected']);
  });

  test('wait while a program changes the article, and are published only once they were saved over that', async () => {
    const ctx = await agent();
    const [program, article] = [world().ctx(token('kb:write')), await publishOne(ctx)];
    const changes = await type(ctx, article);
    const changed = await saveArticle(program, { ...article, body: 'By a program' });
    expect((await changesOf(article))?.body).toBe('New words');
    const seen = { articleId: article.id, version: changes.version };
    await expect(publishUnpublishedChanges(ctx, seen)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(type(ctx, article, { body: 'More' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const rebased = await type(ctx, changed);
    expect(rebased).toMatchObject({ articleVersion: 2, body: 'New words' });
    await publishUnpublishedChanges(ctx, { ...seen, version: rebased.version });
    expect(await statesOf(article)).toEqual(['By a program', 'Old words']);
  });

  test('give way to those of another sitting or author as an earlier state, as the words of an article do', async () => {
    const [ctx, other] = [await agent(), await agent('Kim')];
    const article = await publishOne(ctx);
    for (const body of ['a', 'ab', 'abc']) await type(ctx, article, { body });
    expect(await statesOf(article)).toEqual([]);
    await type(other, article, { body: 'theirs' });
    world().clock.advance({ minutes: 11 });
    await type(other, article, { body: 'theirs again' });
    await type(other, article, { body: 'on purpose', autosave: false });
    expect(await statesOf(article)).toEqual(['(theirs again)', '(theirs)', '(abc)']);
    const { nodes } = await listVersions(ctx, article.id, { first: 1 });
    const restored = await restoreArticleVersion(ctx, { articleId: article.id, versionId: nodes[0]!.id });
    expect(restored.body).toBe('theirs again');
  });

  test('that are discarded become an earlier state too, unless they were typed by the same agent a moment ago', async () => {
    const [ctx, other] = [await agent(), await agent('Kim')];
    const article = await publishOne(ctx);
    const discard = async (by: Context) =>
      discardUnpublishedChanges(by, { articleId: article.id, version: (await changesOf(article))!.version });
    await type(ctx, article, { body: 'A slip' });
    await discard(ctx);
    expect([await changesOf(article), await statesOf(article)]).toEqual([null, []]);
    await type(ctx, article, { body: 'Of a colleague' });
    await discard(other);
    await type(ctx, article, { body: 'Of this morning' });
    world().clock.advance({ hours: 2 });
    await discard(ctx);
    expect([await changesOf(article), await statesOf(article)]).toEqual([
      null,
      ['(Of this morning)', '(Of a colleague)'],
    ]);
  });

  test('are at most 200 of the earlier states of an article', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    const { id: articleId, title, summary, keywords, createdAt } = article;
    const state = { articleId, number: 1, title, summary, keywords, createdAt, body: 'Older', authorId: null };
    const older = Array.from({ length: 199 }, () => ({ ...state, id: ctx.random.id(ctx.clock.now()) }));
    await transact(ctx, (ctx) => ctx.db.insert(ArticleVersion, older));
    for (const body of ['a', 'b', 'c']) await type(ctx, article, { body, autosave: false });
    const { totalCount } = await listVersions(ctx, articleId, { first: 1 });
    expect([totalCount, ...(await statesOf(article)).slice(0, 3)]).toEqual([200, '(b)', '(a)', 'Older']);
  });

  test('stand among the earlier states when one of those is restored', async () => {
    const ctx = await agent();
    const first = await publishOne(ctx);
    const article = await saveArticle(ctx, { ...first, body: 'Middle words' });
    await type(ctx, article);
    const [oldest] = (await listVersions(ctx, article.id, { first: 1 })).nodes;
    await restoreArticleVersion(ctx, { articleId: article.id, versionId: oldest!.id, version: 2 });
    expect([(await articleNow(article)).body, await changesOf(article)]).toEqual(['Old words', null]);
    expect(await statesOf(article)).toEqual(['(New words)', 'Middle words', 'Old words']);
  });

  test('are over when the article becomes a draft: as its words, or as an earlier state when it says something else', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    await type(ctx, article);
    await saveArticle(ctx, { ...article, body: 'New words', published: false });
    expect([await changesOf(article), await statesOf(article)]).toEqual([null, ['Old words']]);
    const again = await saveArticle(ctx, { ...(await articleNow(article)), published: true });
    await type(ctx, again, { body: 'Never shown' });
    await saveArticle(world().ctx(token('kb:write')), { ...again, published: false });
    expect([await changesOf(article), (await statesOf(article))[0]]).toEqual([null, '(Never shown)']);
    await expect(type(ctx, await articleNow(article))).rejects.toThrow(/is a draft\. Nothing was saved/);
  });

  test('wait when an import changes the article, and are over when it brings the same words or makes it a draft', async () => {
    const ctx = await agent();
    const { id, knowledgeBaseId } = await publishOne(ctx);
    const bring = async (body: string, published = true) => {
      const input = { title: 'Reset it', body, published, externalId: id };
      await importArticles(ctx, { knowledgeBaseId, articles: [input] });
      return articleNow({ id });
    };
    await type(ctx, await articleNow({ id }));
    await bring('Imported words');
    expect((await changesOf({ id }))?.body).toBe('New words');
    const article = await bring('New words');
    expect([await changesOf({ id }), await statesOf({ id })]).toEqual([null, ['Imported words', 'Old words']]);
    await type(ctx, article, { body: 'Not yet' });
    await bring('New words', false);
    expect([await changesOf({ id }), (await statesOf({ id }))[0]]).toEqual([null, '(Not yet)']);
  });

  test('go with an article to another base, outside the categories of the old one, and move up when a category goes', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    const { knowledgeBaseId } = article;
    const above = await saveCategory(ctx, { knowledgeBaseId, name: 'Above' });
    const below = await saveCategory(ctx, { knowledgeBaseId, name: 'Below', parentId: above.id });
    await type(ctx, article, { categoryId: below.id });
    await deleteCategory(ctx, below.id);
    expect((await changesOf(article))?.categoryId).toBe(above.id);
    const other = await saveKnowledgeBase(world().ctx(), { name: 'Other' });
    const moved = await saveArticle(ctx, { ...article, categoryId: null, knowledgeBaseId: other.id });
    expect(await changesOf(article)).toMatchObject({ categoryId: null, body: 'New words' });
    const changes = await type(ctx, moved, { body: 'In the other base' });
    await publishUnpublishedChanges(ctx, { articleId: article.id, version: changes.version });
    expect(await articleNow(article)).toMatchObject({ knowledgeBaseId: other.id, body: 'In the other base' });
  });

  test('go with their article and with its base', async () => {
    const ctx = world().ctx();
    const [one, two] = [await publishOne(ctx), await publishOne(ctx)];
    for (const article of [one, two]) await type(ctx, article);
    await deleteArticle(ctx, one.id);
    expect([await changesOf(one), (await changesOf(two))?.body]).toEqual([null, 'New words']);
    await deleteKnowledgeBase(ctx, two.knowledgeBaseId);
    expect(await ctx.db.count(UnpublishedChanges)).toBe(0);
  });

  test('reach neither the index nor a file, and do not number the article anew', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    await type(ctx, article, { title: 'Quokka', body: 'Quokka words', keywords: ['quokka'] });
    await makeFollower(world().services).fill();
    const { knowledgeBaseId } = article;
    const found = async (text: string) =>
      (await findSuggestions(ctx, { knowledgeBaseId, text, first: 5, floor: 0 })).length;
    expect([await found('quokka'), await found('reset')]).toEqual([0, 1]);
    expect(await exportArticle(ctx, await articleNow(article))).not.toMatch(/quokka/i);
    const parts: Buffer[] = [];
    for await (const part of exportBase(ctx, knowledgeBaseId).pipe(createGunzip())) parts.push(part as Buffer);
    expect(Buffer.concat(parts).toString()).toMatch(/Old words/);
    expect(Buffer.concat(parts).toString()).not.toMatch(/quokka/i);
  });

  test('have their own links checked, as the page and the headings would be once they are published', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx, { body: '[gone](missing)' });
    const changes = await type(ctx, article, {
      body: '## Steps\n\n[1](#steps) [2](#nowhere) [3](reset-it#steps) [4](lost)',
    });
    const asking = { ...ctx, loaders: new Map() } as unknown as GraphqlContext;
    const links = async (found: Promise<LinkProblem[]>) => (await found).map(({ link }) => link);
    expect(await links(new UnpublishedChangesResolver().linkProblems(changes, asking))).toEqual(['#nowhere', 'lost']);
    expect(await links(new ArticleResolver().linkProblems(article, asking))).toEqual(['missing']);
  });

  test('are written by those who write articles and seen by nobody else', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    const changes = await type(ctx, article);
    const seenBy = async (actor: Actor) => {
      const asking = { ...world().ctx(actor), loaders: new Map() } as unknown as GraphqlContext;
      return (await new ArticleResolver().unpublishedChanges(article, asking))?.body ?? null;
    };
    const assistant = agentActor(await buildAgent(world().ctx(), { role: 'ASSISTANT' }));
    expect(await seenBy(assistant)).toBe('New words');
    expect(await seenBy(token('kb:read', 'kb:write'))).toBe('New words');
    expect(await seenBy(token('kb:read'))).toBeNull();
    expect(await seenBy({ kind: 'anonymous' })).toBeNull();
    await saveArticle(ctx, { ...article, body: 'Other words' });
    const now = await articleNow(article);
    await type(ctx, now, { body: 'Newer words', autosave: false });
    const statesSeenBy = async (actor: Actor) =>
      (await listVersions(world().ctx(actor), article.id, { first: 9 })).nodes.map(({ body }) => body);
    expect(await statesSeenBy(assistant)).toEqual(['New words', 'Old words']);
    expect(await statesSeenBy(token('kb:read'))).toEqual(['Old words']);
    const seen = { articleId: article.id, version: changes.version };
    for (const [actor, code] of [
      [token('kb:read'), 'FORBIDDEN'],
      [{ kind: 'anonymous' }, 'UNAUTHENTICATED'],
    ] as const) {
      const reader = world().ctx(actor);
      await expect(type(reader, now)).rejects.toMatchObject({ code });
      await expect(publishUnpublishedChanges(reader, seen)).rejects.toMatchObject({ code });
      await expect(discardUnpublishedChanges(reader, seen)).rejects.toMatchObject({ code });
    }
    await type(world().ctx(assistant), now, { body: 'By an assistant' });
    expect((await changesOf(article))?.body).toBe('By an assistant');
  });

  test('have the limits of articles, named in the error, and belong to an article that is there', async () => {
    const ctx = await agent();
    const article = await publishOne(ctx);
    const refused = async (fields: Partial<UnpublishedChangesInput>, path: string) =>
      expect(type(ctx, article, fields)).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path }] });
    await refused({ title: ' ' }, 'title');
    await refused({ title: 'x'.repeat(301) }, 'title');
    await refused({ summary: 'x'.repeat(501) }, 'summary');
    await refused({ body: 'x'.repeat(40_001) }, 'body');
    await refused({ body: '&'.repeat(30_000) }, 'body');
    await refused({ keywords: Array.from({ length: 51 }, (_, i) => `k${i}`) }, 'keywords');
    await refused({ keywords: ['x'.repeat(101)] }, 'keywords');
    await refused({ language: 'not a tag' }, 'language');
    await refused({ categoryId: 'nowhere' }, 'categoryId');
    const gone = { ...article, id: 'nowhere' };
    await expect(type(ctx, gone)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const seen = { articleId: 'nowhere', version: 'v' };
    await expect(publishUnpublishedChanges(ctx, seen)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(discardUnpublishedChanges(ctx, seen)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
