import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { Article } from './article.entity.ts';
import { categoriesOf, saveCategory } from './article-categories.ts';
import { ArticleFeedback } from './article-feedback.entity.ts';
import { exportBase } from './export-articles.ts';
import { importArticles } from './import-articles.ts';
import { importMarkdown } from './import-markdown.ts';
import { addSampleArticles } from './sample-articles.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';

describeEachDatabase('imported articles', (world) => {
  const makeBase = async () => (await saveKnowledgeBase(world().ctx(), { name: 'Help' })).id;

  test('come in one batch with categories and past questions, and the same batch again changes nothing', async () => {
    const ctx = world().ctx();
    const knowledgeBaseId = await makeBase();
    const articles = Array.from({ length: 120 }, (_, i) => ({
      externalId: `old-${i}`,
      title: 'Same title',
      body: `Body ${i}`,
      published: true,
      categoryPath: ['Old', i % 2 ? 'Odd' : 'Even'],
      ...(i === 0 ? { pastQuestions: ['newest me@x.example', 'older', ''] } : {}),
    }));
    const first = await importArticles(ctx, { knowledgeBaseId, articles });
    expect(first).toMatchObject({ added: 120, updated: 0, unchanged: 0 });
    expect((await categoriesOf(ctx, knowledgeBaseId)).map(({ name }) => name)).toEqual(['Old', 'Even', 'Odd']);
    const stored = await ctx.db.find(Article, { order: { indexVersion: 'ASC' } });
    expect(new Set(stored.map(({ slug }) => slug)).size).toBe(120);
    expect(new Set(stored.map(({ indexVersion }) => indexVersion)).size).toBe(120);
    const learnt = await ctx.db.find(ArticleFeedback, { order: { id: 'DESC' } });
    expect(learnt.map(({ text }) => text)).toEqual(['newest', 'older']);
    const again = await importArticles(ctx, { knowledgeBaseId, articles });
    expect(again).toEqual({ ...first, added: 0, unchanged: 120 });
    articles[5]!.body = 'Changed';
    expect(await importArticles(ctx, { knowledgeBaseId, articles })).toMatchObject({ updated: 1, unchanged: 119 });
  });

  test('with a category that cannot be are named with their place, and a file with one does not stop the others', async () => {
    const ctx = world().ctx();
    const knowledgeBaseId = await makeBase();
    const good = { title: 'Good', body: 'x' };
    for (const categoryPath of [['Start', ' '], ['x'.repeat(121)]])
      await expect(
        importArticles(ctx, { knowledgeBaseId, articles: [good, { ...good, categoryPath }] }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'articles.1.categoryPath' }] });
    for (let i = 0; i < 500; i++) await saveCategory(ctx, { knowledgeBaseId, name: `Topic ${i}` });
    const file = (title: string, category: string) => ({
      name: `${title}.md`,
      text: `---\ntitle: ${title}\ncategory: [${category}]\n---\nBody`,
    });
    const files = [file('One', 'Topic 7'), file('Two', 'One too many'), file('Three', 'Topic 8')];
    expect(await importMarkdown(ctx, { knowledgeBaseId, files })).toMatchObject({
      added: 2,
      problems: [{ index: 1, name: 'Two.md', message: expect.stringContaining('500 categories') }],
    });
  });

  test('of two imports at the same time are one article for one key', async () => {
    const ctx = world().ctx();
    const knowledgeBaseId = await makeBase();
    const articles = Array.from({ length: 20 }, (_, i) => ({ externalId: `k${i}`, title: 'Same', body: `Body ${i}` }));
    const results = await Promise.all([1, 2, 3].map(() => importArticles(ctx, { knowledgeBaseId, articles })));
    expect(results.map(({ added }) => added).sort()).toEqual([0, 0, 20]);
    expect(await ctx.db.count(Article)).toBe(20);
  });

  test('whose long address is taken get one that is as long as allowed, never half a letter', async () => {
    const ctx = world().ctx();
    const knowledgeBaseId = await makeBase();
    const slug = `a${'𠀀'.repeat(59)}`;
    const article = { title: 'Ideograph', body: 'x', slug };
    await importArticles(ctx, { knowledgeBaseId, articles: [article, article] });
    const slugs = (await ctx.db.find(Article, { order: { indexVersion: 'ASC' } })).map((one) => one.slug);
    expect(slugs).toEqual([slug, expect.stringMatching(/^a(?:𠀀){55}-[0-9a-f]{8}$/u)]);
  });

  test('are all taken or none; each fault is named with its place', async () => {
    const ctx = world().ctx();
    const knowledgeBaseId = await makeBase();
    const good = { title: 'Good', body: 'x' };
    const importing = importArticles(ctx, {
      knowledgeBaseId,
      articles: [
        good,
        { ...good, title: '' },
        { ...good, externalId: 'a\nb' },
        { ...good, categoryPath: ['1', '2', '3', '4', '5'] },
      ],
    });
    await expect(importing).rejects.toMatchObject({
      fields: [{ path: 'articles.1.title' }, { path: 'articles.2.externalId' }, { path: 'articles.3.categoryPath' }],
    });
    expect(await ctx.db.count(Article)).toBe(0);
    for (const articles of [[], Array.from({ length: 501 }, () => good)])
      await expect(importArticles(ctx, { knowledgeBaseId, articles })).rejects.toMatchObject({
        fields: [{ path: 'articles' }],
      });
    const twice = [
      { ...good, externalId: 'k' },
      { ...good, externalId: 'k' },
    ];
    await expect(importArticles(ctx, { knowledgeBaseId, articles: twice })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const reader = world().ctx({ kind: 'token', tokenId: 't', scopes: new Set(['kb:read'] as const) });
    await expect(importArticles(reader, { knowledgeBaseId, articles: [good] })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('come out as Markdown in an archive that any tar reads, and go in again unchanged', async () => {
    const ctx = world().ctx();
    const knowledgeBaseId = await makeBase();
    await addSampleArticles(ctx, knowledgeBaseId);
    await importArticles(ctx, { knowledgeBaseId, articles: [{ title: '重置密码', body: '正文', published: true }] });
    const chunks: Buffer[] = [];
    for await (const chunk of exportBase(ctx, knowledgeBaseId)) chunks.push(chunk as Buffer);
    const archive = Buffer.concat(chunks);
    const names = execFileSync('tar', ['-tz'], { input: archive }).toString();
    expect(names).toContain('i-cannot-sign-in.md');
    const texts = execFileSync('tar', ['-xzO'], { input: archive })
      .toString()
      .split(/^(?=---\nid: )/m);
    expect(texts).toHaveLength(4);
    const files = texts.map((text, i) => ({ name: `${i}.md`, text }));
    expect(await importMarkdown(ctx, { knowledgeBaseId, files })).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 4,
      problems: [],
    });
    const other = await makeBase();
    expect(await importMarkdown(ctx, { knowledgeBaseId: other, files })).toMatchObject({ added: 4, problems: [] });
    expect(
      await importMarkdown(ctx, { knowledgeBaseId: other, files: [{ name: 'bad.md', text: '---\nx' }, files[0]!] }),
    ).toMatchObject({ unchanged: 1, problems: [{ index: 0, name: 'bad.md' }] });
  });

  test('samples are three, and asked for twice they are still three', async () => {
    const ctx = world().ctx();
    const knowledgeBaseId = await makeBase();
    const first = await addSampleArticles(ctx, knowledgeBaseId);
    expect(first).toHaveLength(3);
    expect((await addSampleArticles(ctx, knowledgeBaseId)).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  });
});
