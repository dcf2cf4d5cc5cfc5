import type { Context } from '../platform/context.ts';
import { rowLock, transact } from '../platform/database.ts';
import { AppError, invalidInput, notFound } from '../platform/errors.ts';
import { Article } from './article.entity.ts';
import { ArticleCategory } from './article-category.entity.ts';
import { DEEPEST, heightOf, inTreeOrder, levelOf, withDescendants } from './category-tree.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import type { ArticleCategoryInput, MoveArticleCategoryInput } from './knowledge-base.inputs.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { nextIndexVersion } from './next-index-version.ts';
import { cleanLine } from './plain-words.ts';
import { UnpublishedChanges } from './unpublished-changes.entity.ts';

const LONGEST_NAME = 120;
const MOST_CATEGORIES = 500;

/** The categories of a base in the order of its tree. */
export async function categoriesOf(ctx: Context, knowledgeBaseId: string): Promise<ArticleCategory[]> {
  return inTreeOrder(await ctx.db.findBy(ArticleCategory, { knowledgeBaseId }));
}

/** Makes a category as the last of its siblings, or renames one. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT */
export async function saveCategory(ctx: Context, input: ArticleCategoryInput): Promise<ArticleCategory> {
  requireMayWriteArticles(ctx.actor);
  const name = checkedName(input.name);
  return transact(ctx, async (ctx) => {
    const siblings = await lockTree(ctx, input.knowledgeBaseId);
    if (!input.id) return insertCategory(ctx, siblings, { ...input, name });
    const category = siblings.find(({ id }) => id === input.id);
    if (!category) throw notFound('category');
    return ctx.db.save(ArticleCategory, { ...category, name });
  });
}

/** Puts a category, with all below it, under another one at a place; answers the whole tree. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT */
export async function moveCategory(ctx: Context, input: MoveArticleCategoryInput): Promise<ArticleCategory[]> {
  requireMayWriteArticles(ctx.actor);
  return transact(ctx, async (ctx) => {
    const found = await ctx.db.findOneBy(ArticleCategory, { id: input.categoryId });
    if (!found) throw notFound('category');
    const tree = await lockTree(ctx, found.knowledgeBaseId);
    const parentId = input.parentId ?? null;
    requireParent(tree, parentId, heightOf(tree, found.id));
    if (parentId !== null && withDescendants(tree, found.id).includes(parentId))
      throw invalidInput([{ path: 'parentId', message: 'A category cannot stand below itself.' }]);
    const siblings = inTreeOrder(tree).filter((one) => one.parentId === parentId && one.id !== found.id);
    const position = Math.min(Math.max(0, input.position), siblings.length);
    siblings.splice(position, 0, found);
    for (const [place, { id }] of siblings.entries())
      await ctx.db.update(ArticleCategory, { id }, { parentId, position: place });
    return categoriesOf(ctx, found.knowledgeBaseId);
  });
}

/** Deletes a category; what stood under it moves up to the one above. @throws AppError NOT_FOUND, FORBIDDEN */
export async function deleteCategory(ctx: Context, id: string): Promise<boolean> {
  requireMayWriteArticles(ctx.actor);
  return transact(ctx, async (ctx) => {
    const category = await ctx.db.findOneBy(ArticleCategory, { id });
    if (!category) throw notFound('category');
    const tree = await lockTree(ctx, category.knowledgeBaseId);
    let position = nextPosition(tree, category.parentId);
    for (const child of inTreeOrder(tree).filter(({ parentId }) => parentId === id))
      await ctx.db.update(ArticleCategory, { id: child.id }, { parentId: category.parentId, position: position++ });
    for (const placed of [Article, UnpublishedChanges])
      await ctx.db.update(placed, { categoryId: id }, { categoryId: category.parentId });
    await ctx.db.delete(ArticleCategory, { id });
    // Articles have moved: whoever follows them hears of it.
    await nextIndexVersion(ctx);
    return true;
  });
}

/** The category at the end of a path of names, made where it is missing; null for an empty path. In the caller's transaction. @throws AppError */
export async function categoryAt(
  ctx: Context,
  knowledgeBaseId: string,
  path: readonly string[],
): Promise<string | null> {
  let parentId: string | null = null;
  for (const part of path) {
    const name = checkedName(part);
    const tree = await lockTree(ctx, knowledgeBaseId);
    const known = tree.find((one) => one.parentId === parentId && one.name === name);
    parentId = (known ?? (await insertCategory(ctx, tree, { parentId, knowledgeBaseId, name }))).id;
  }
  return parentId;
}

/** All categories of a base; the base's row is locked, so that two changes of its tree come one after the other. */
async function lockTree(ctx: Context, knowledgeBaseId: string): Promise<ArticleCategory[]> {
  const lock = rowLock(ctx);
  const base = await ctx.db.findOne(KnowledgeBase, { where: { id: knowledgeBaseId }, ...(lock ? { lock } : {}) });
  if (!base) throw notFound('knowledge base');
  return ctx.db.findBy(ArticleCategory, { knowledgeBaseId });
}

async function insertCategory(
  ctx: Context,
  tree: readonly ArticleCategory[],
  { parentId = null, knowledgeBaseId, name }: ArticleCategoryInput,
): Promise<ArticleCategory> {
  if (tree.length >= MOST_CATEGORIES)
    throw new AppError(
      'CONFLICT',
      `This base has ${MOST_CATEGORIES} categories, which is the most. Nothing was saved.`,
    );
  requireParent(tree, parentId, 1);
  const id = ctx.random.id(ctx.clock.now());
  const position = nextPosition(tree, parentId);
  return ctx.db.save(
    ArticleCategory,
    Object.assign(new ArticleCategory(), { id, knowledgeBaseId, parentId, name, position }),
  );
}

function nextPosition(tree: readonly ArticleCategory[], parentId: string | null): number {
  return Math.max(-1, ...tree.filter((one) => one.parentId === parentId).map(({ position }) => position)) + 1;
}

function requireParent(tree: readonly ArticleCategory[], parentId: string | null, height: number): void {
  if (parentId !== null && !tree.some(({ id }) => id === parentId))
    throw invalidInput([{ path: 'parentId', message: 'There is no such category in this base.' }]);
  if (levelOf(tree, parentId) + height > DEEPEST)
    throw invalidInput([{ path: 'parentId', message: `Categories have at most ${DEEPEST} levels.` }]);
}

function checkedName(text: string): string {
  const name = cleanLine(text);
  if (name === '') throw invalidInput([{ path: 'name', message: 'Give the category a name.' }]);
  if (name.length > LONGEST_NAME)
    throw invalidInput([{ path: 'name', message: `A name has at most ${LONGEST_NAME} characters.` }]);
  return name;
}
