import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { transact } from '../platform/database.ts';
import { checkDefaultBases } from './check-default-bases.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';

describeEachDatabase('the default knowledge bases', (world) => {
  test('must be there; empty and left out are fine', async () => {
    const ctx = world().ctx();
    const id = ctx.random.id(ctx.clock.now());
    await transact(ctx, (ctx) =>
      ctx.db.insert(KnowledgeBase, { id, name: 'Help', description: '', staffOnly: false, createdAt: ctx.clock.now() }),
    );
    expect(await checkDefaultBases(ctx, { defaultKnowledgeBaseId: id, defaultSupportKnowledgeBaseId: null })).toEqual(
      [],
    );
    expect(await checkDefaultBases(ctx, {})).toEqual([]);
    const unknown = await checkDefaultBases(ctx, {
      defaultKnowledgeBaseId: 'x'.repeat(5000),
      defaultSupportKnowledgeBaseId: "' OR 1=1",
    });
    expect(unknown.map((error) => error.path)).toEqual(['defaultKnowledgeBaseId', 'defaultSupportKnowledgeBaseId']);
  });
});
