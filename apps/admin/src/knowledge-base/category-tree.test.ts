import { expect, test } from 'vitest';
import type { CategoryFieldsFragment } from '../gql/graphql.ts';
import { dropOf, stepOf, treeLines } from './category-tree.ts';

const category = (id: string, parentId: string | null, position: number): CategoryFieldsFragment => ({
  __typename: 'ArticleCategory',
  id,
  knowledgeBaseId: 'b',
  parentId,
  name: id,
  position,
  articleCount: 0,
});
const tree = [
  category('b', null, 1),
  category('a', null, 0),
  category('a2', 'a', 1),
  category('a1', 'a', 0),
  category('a1x', 'a1', 0),
];

test('parents stand before their children, in their order', () => {
  expect(treeLines(tree).map(({ category: { id }, depth }) => [id, depth])).toEqual([
    ['a', 1],
    ['a1', 2],
    ['a1x', 3],
    ['a2', 2],
    ['b', 1],
  ]);
});

test('a step goes one place up, down, in or out, and nowhere at the edge', () => {
  expect(stepOf(tree, 'b', 'up')).toEqual({ parentId: null, position: 0 });
  expect(stepOf(tree, 'a', 'up')).toBeNull();
  expect(stepOf(tree, 'a1', 'down')).toEqual({ parentId: 'a', position: 1 });
  expect(stepOf(tree, 'b', 'in')).toEqual({ parentId: 'a', position: 2 });
  expect(stepOf(tree, 'a1', 'out')).toEqual({ parentId: null, position: 1 });
  expect(stepOf(tree, 'a', 'out')).toBeNull();
});

test('a category never goes under itself, nor deeper than four levels', () => {
  expect(dropOf(tree, 'a', 'a1x', true)).toBeNull();
  const deep = [...tree, category('a1xy', 'a1x', 0), category('c', null, 2)];
  expect(dropOf(deep, 'c', 'a1xy', true)).toBeNull();
  expect(dropOf(deep, 'c', 'a1x', true)).toEqual({ parentId: 'a1x', position: 1 });
  expect(stepOf(deep, 'a1xy', 'in')).toBeNull();
});

test('a dropped category stands before the one it was dropped on', () => {
  expect(dropOf(tree, 'b', 'a2', false)).toEqual({ parentId: 'a', position: 1 });
  expect(dropOf(tree, 'a1', 'a2', false)).toEqual({ parentId: 'a', position: 0 });
});
