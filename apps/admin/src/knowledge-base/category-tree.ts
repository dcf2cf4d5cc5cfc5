import type { CategoryFieldsFragment } from '../gql/graphql.ts';

/** A category where it stands in the tree: `depth` from 1, and its neighbours on the same level. */
export interface TreeLine {
  category: CategoryFieldsFragment;
  depth: number;
  siblings: readonly CategoryFieldsFragment[];
  at: number;
}

/** Where a category goes: `position` counts among the children of `parentId`, the moved one left out. */
export interface CategoryMove {
  parentId: string | null;
  position: number;
}

/** How many levels a tree may have. */
export const DEEPEST = 4;

const childrenOf = (categories: readonly CategoryFieldsFragment[], parentId: string | null) =>
  categories.filter((each) => each.parentId === parentId).sort((a, b) => a.position - b.position);

/** The tree line by line, parents before their children. */
export function treeLines(categories: readonly CategoryFieldsFragment[]): TreeLine[] {
  const children = new Map<string | null, CategoryFieldsFragment[]>();
  for (const category of [...categories].sort((a, b) => a.position - b.position)) {
    const siblings = children.get(category.parentId);
    if (siblings) siblings.push(category);
    else children.set(category.parentId, [category]);
  }
  const linesBelow = (parentId: string | null, depth: number): TreeLine[] => {
    const siblings = children.get(parentId) ?? [];
    return siblings.flatMap((category, at) => [
      { category, depth, siblings, at },
      ...linesBelow(category.id, depth + 1),
    ]);
  };
  return linesBelow(null, 1);
}

/** A category with those above it: "Operations / Outages". */
export function pathOf(
  categories: readonly CategoryFieldsFragment[],
  { parentId, name }: CategoryFieldsFragment,
): string {
  const parent = categories.find(({ id }) => id === parentId);
  return parent ? `${pathOf(categories, parent)} / ${name}` : name;
}

const heightOf = (categories: readonly CategoryFieldsFragment[], id: string): number =>
  1 + Math.max(0, ...childrenOf(categories, id).map((child) => heightOf(categories, child.id)));

const isInside = (categories: readonly CategoryFieldsFragment[], id: string, ancestorId: string): boolean => {
  const category = categories.find((each) => each.id === id);
  if (!category) return false;
  return (
    category.id === ancestorId || (category.parentId !== null && isInside(categories, category.parentId, ancestorId))
  );
};

/** One step up, down, inwards (under the sibling before it) or outwards (behind its parent); null where there is no way. */
export function stepOf(
  categories: readonly CategoryFieldsFragment[],
  id: string,
  direction: 'up' | 'down' | 'in' | 'out',
): CategoryMove | null {
  const lines = treeLines(categories);
  const line = lines.find(({ category }) => category.id === id);
  if (!line) return null;
  const { parentId } = line.category;
  if (direction === 'up') return line.at > 0 ? { parentId, position: line.at - 1 } : null;
  if (direction === 'down') return line.at < line.siblings.length - 1 ? { parentId, position: line.at + 1 } : null;
  if (direction === 'in') {
    const before = line.siblings[line.at - 1];
    if (!before || line.depth + heightOf(categories, id) > DEEPEST) return null;
    return { parentId: before.id, position: childrenOf(categories, before.id).length };
  }
  const parent = lines.find(({ category }) => category.id === parentId);
  return parent ? { parentId: parent.category.parentId, position: parent.at + 1 } : null;
}

/** Where a category goes that is dropped on another: before it, or (`inside`) as its last child; null where it may not go. */
export function dropOf(
  categories: readonly CategoryFieldsFragment[],
  id: string,
  targetId: string,
  isInto: boolean,
): CategoryMove | null {
  if (isInside(categories, targetId, id)) return null;
  const target = treeLines(categories).find(({ category }) => category.id === targetId);
  if (!target || target.depth - (isInto ? 0 : 1) + heightOf(categories, id) > DEEPEST) return null;
  if (isInto)
    return { parentId: targetId, position: childrenOf(categories, targetId).filter((each) => each.id !== id).length };
  const others = target.siblings.filter((each) => each.id !== id);
  return { parentId: target.category.parentId, position: others.findIndex((each) => each.id === targetId) };
}
