import type { ArticleCategory } from './article-category.entity.ts';

/** The most levels that a tree of categories has. */
export const DEEPEST = 4;

type Node = Pick<ArticleCategory, 'id' | 'parentId' | 'position' | 'name'>;

/** Categories in the order in which the tree is read: each parent before its children, siblings by position. */
export function inTreeOrder<T extends Node>(categories: readonly T[]): T[] {
  const children = new Map<string | null, T[]>();
  const known = new Set(categories.map(({ id }) => id));
  for (const category of categories) {
    const parent = category.parentId !== null && known.has(category.parentId) ? category.parentId : null;
    children.set(parent, [...(children.get(parent) ?? []), category]);
  }
  const ordered: T[] = [];
  const add = (parent: string | null, level: number) => {
    const siblings = (children.get(parent) ?? []).sort((a, b) => a.position - b.position || a.id.localeCompare(b.id));
    for (const category of siblings) {
      ordered.push(category);
      if (level < DEEPEST * 2) add(category.id, level + 1);
    }
  };
  add(null, 1);
  return ordered;
}

/** A category and all below it. */
export function withDescendants(categories: readonly Node[], id: string): string[] {
  const found = [id];
  for (let i = 0; i < found.length; i++)
    for (const category of categories)
      if (category.parentId === found[i] && !found.includes(category.id)) found.push(category.id);
  return found;
}

/** How many categories stand on the way from the top to this one, itself counted; 0 for the top. */
export function levelOf(categories: readonly Node[], id: string | null): number {
  let level = 0;
  for (let at = id; at !== null && level < 100; level++) at = categories.find((one) => one.id === at)?.parentId ?? null;
  return level;
}

/** How many levels a category and those below it take. */
export function heightOf(categories: readonly Node[], id: string): number {
  return (
    Math.max(...withDescendants(categories, id).map((one) => levelOf(categories, one))) - levelOf(categories, id) + 1
  );
}
