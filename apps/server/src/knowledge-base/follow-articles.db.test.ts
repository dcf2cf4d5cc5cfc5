import { expect, test } from 'vitest';
import { describeEachDatabase, makeWorld } from '../../test/context.ts';
import { entities } from '../entities.ts';
import type { Context } from '../platform/context.ts';
import { Database } from '../platform/database.ts';
import { ArticleRemoval } from './article-removal.entity.ts';
import { deleteArticle } from './delete-article.ts';
import { makeFollower, startFollowing, sweepRemovals } from './follow-articles.ts';
import { saveArticle } from './save-article.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';

describeEachDatabase('the index of articles', (world) => {
  const found = async (ctx: Context, base: string, text: string) =>
    (await ctx.ranking.suggest({ base, text, first: 5, floor: 0 })).map(({ id }) => id);

  test('is filled newest first and follows what is written, unpublished, published and deleted', async () => {
    const ctx = world().ctx();
    const base = (await saveKnowledgeBase(ctx, { name: 'Help' })).id;
    const write = (fields: { id?: string; title: string; published?: boolean }) =>
      saveArticle(ctx, { knowledgeBaseId: base, body: 'Words.', published: true, ...fields });
    const printer = await write({ title: 'Printer on fire' });
    const draft = await write({ title: 'Scanner under water', published: false });
    const follower = makeFollower(world().services);
    await follower.fill();
    expect(world().services.ranking.isReady).toBe(true);
    expect(await found(ctx, base, 'fire in the printer')).toEqual([printer.id]);
    expect(await found(ctx, base, 'scanner water')).toEqual([]);
    await write({ id: draft.id, title: 'Scanner under water' });
    await write({ id: printer.id, title: 'Copier in the snow' });
    await follower.follow();
    expect(await found(ctx, base, 'scanner water')).toEqual([draft.id]);
    expect(await found(ctx, base, 'copier snow')).toEqual([printer.id]);
    expect(await found(ctx, base, 'fire')).toEqual([]);
    await deleteArticle(ctx, draft.id);
    await write({ id: printer.id, title: 'Copier in the snow', published: false });
    await follower.follow();
    expect(await ctx.ranking.size()).toBe(0);
    expect(await follower.compare()).toBe(true);
  });

  test('is filled again when its counts differ from the database, or when it was lost', async () => {
    const { services } = world();
    const ctx = world().ctx();
    const base = (await saveKnowledgeBase(ctx, { name: 'Help' })).id;
    const { id } = await saveArticle(ctx, { knowledgeBaseId: base, title: 'Printer', body: 'x', published: true });
    const follower = makeFollower(services);
    await follower.fill();
    await services.ranking.change({ remove: [id] });
    expect(await follower.compare()).toBe(false);
    expect(await found(ctx, base, 'printer')).toEqual([id]);
    await services.ranking.change({ reset: true });
    (services.ranking as { losses: number }).losses++;
    await follower.follow();
    expect(await found(ctx, base, 'printer')).toEqual([id]);
  });

  test('sees a change of another process within five seconds, and an own one at once', async () => {
    const { services, dialect } = world();
    const ctx = world().ctx();
    // On a server the other process has connections of its own; the embedded database serves one process.
    const { url } = services.database.writer.options as { url?: string };
    const database = url ? await Database.open({ kind: 'mariadb', url }, entities) : services.database;
    const other = makeWorld(database, dialect).services;
    const base = (await saveKnowledgeBase(ctx, { name: 'Help' })).id;
    const following = startFollowing(other);
    try {
      await expect.poll(() => other.ranking.isReady).toBe(true);
      const began = performance.now();
      const { id } = await saveArticle(ctx, { knowledgeBaseId: base, title: 'Printer', body: 'x', published: true });
      const seen = () => other.ranking.suggest({ base, text: 'printer', first: 1, floor: 0 });
      await expect.poll(async () => (await seen())[0]?.id, { timeout: 5000, interval: 50 }).toBe(id);
      expect(performance.now() - began).toBeLessThan(5000);
      await deleteArticle(ctx, id);
      following.wake();
      await expect.poll(async () => (await seen()).length, { timeout: 1000, interval: 20 }).toBe(0);
    } finally {
      await following.stop();
      if (database !== services.database) await database.close();
    }
  });

  test('numbers of transactions at once are visible in their order, so nothing is skipped', async () => {
    const ctx = world().ctx();
    const base = (await saveKnowledgeBase(ctx, { name: 'Help' })).id;
    const follower = makeFollower(world().services);
    await follower.fill();
    const writers = Array.from({ length: 12 }, (_, i) =>
      saveArticle(ctx, { knowledgeBaseId: base, title: `Printer ${i}`, body: 'x', published: true }),
    );
    const follows = (async () => {
      for (let i = 0; i < 20; i++) await follower.follow();
    })();
    const written = await Promise.all(writers);
    await follows;
    await follower.follow();
    expect(await ctx.ranking.size()).toBe(12);
    expect(new Set(written.map(({ indexVersion }) => indexVersion)).size).toBe(12);
  });

  test('removals are remembered for a week', async () => {
    const ctx = world().ctx();
    const base = (await saveKnowledgeBase(ctx, { name: 'Help' })).id;
    const { id } = await saveArticle(ctx, { knowledgeBaseId: base, title: 'Printer', body: 'x' });
    await deleteArticle(ctx, id);
    await sweepRemovals(ctx);
    expect(await ctx.db.count(ArticleRemoval)).toBe(1);
    world().clock.advance({ days: 8 });
    await sweepRemovals(ctx);
    expect(await ctx.db.count(ArticleRemoval)).toBe(0);
  });
});
