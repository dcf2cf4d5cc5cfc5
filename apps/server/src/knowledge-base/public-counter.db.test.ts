import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { deleteCategory, saveCategory } from './article-categories.ts';
import { deleteArticle } from './delete-article.ts';
import type { ArticleInput } from './knowledge-base.inputs.ts';
import { PublicCounter } from './public-counter.ts';
import { saveArticle } from './save-article.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';

describeEachDatabase('the counts of what readers may see', (world) => {
  test('are made once, and anew after each change that they tell of', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    const other = await saveKnowledgeBase(ctx, { name: 'Other' });
    const top = await saveCategory(ctx, { knowledgeBaseId: base.id, name: 'Top' });
    const below = await saveCategory(ctx, { knowledgeBaseId: base.id, name: 'Below', parentId: top.id });
    const write = (fields: Partial<ArticleInput>) =>
      saveArticle(ctx, { knowledgeBaseId: base.id, title: 'Text', body: 'Text', language: 'en', ...fields });
    const counter = new PublicCounter();
    const said = async () => {
      const { total, language, inCategory } = await counter.of(ctx, base);
      return [total, language, inCategory.get(null), inCategory.get(top.id), inCategory.get(below.id)];
    };
    expect(await said()).toEqual([0, null, undefined, undefined, undefined]);
    const { id } = await write({ published: true });
    const { id: german } = await write({ published: true, language: 'de', categoryId: below.id });
    await write({ published: true, language: 'de', categoryId: below.id });
    await write({ published: true, language: 'de', staffOnly: true });
    await write({ language: 'de' });
    expect(await said()).toEqual([3, 'de', 1, undefined, 2]);
    expect(await counter.of(ctx, base)).toBe(await counter.of(ctx, base));
    expect((await counter.of(ctx, other)).total).toBe(0);
    await write({ id: german, language: 'en', staffOnly: true });
    expect(await said()).toEqual([2, 'de', 1, undefined, 1]);
    await deleteCategory(ctx, below.id);
    expect(await said()).toEqual([2, 'de', 1, 1, undefined]);
    await write({ id, published: false });
    expect(await said()).toEqual([1, 'de', undefined, 1, undefined]);
    await deleteArticle(ctx, id);
    await write({ id: german, staffOnly: false });
    expect(await said()).toEqual([2, 'de', undefined, 2, undefined]);
  });

  test('that could not be made are made when they are asked for again', async () => {
    const ctx = world().ctx();
    const base = await saveKnowledgeBase(ctx, { name: 'Help' });
    const counter = new PublicCounter();
    const broken = { ...ctx, db: Object.create(ctx.db) as typeof ctx.db };
    broken.db.createQueryBuilder = () => {
      throw new Error('gone');
    };
    await expect(counter.of(broken, base)).rejects.toThrow('gone');
    expect((await counter.of(ctx, base)).total).toBe(0);
  });
});
