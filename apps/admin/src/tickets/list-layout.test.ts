import { expect, test } from 'vitest';
import { type LaidSection, layOut, locate, placeOf } from './list-layout.ts';
import type { ListedTicket } from './use-section-rows.ts';

const listed = (id: string) => ({ __typename: 'Ticket', id, number: Number(id), status: 'OPEN' }) as ListedTicket;
const section = (key: 'MAIN' | 'ANSWERED', ids: string[], more: Partial<LaidSection> = {}): LaidSection => ({
  section: { key, title: key, filter: {} },
  nodes: ids.map(listed),
  total: ids.length,
  isFolded: false,
  isLoading: false,
  ...more,
});

test('heads and rows are numbered through, so that one list holds all sections', () => {
  const layout = layOut([section('MAIN', ['1', '2']), section('ANSWERED', ['3'])], 56);
  expect(layout.count).toBe(5);
  expect(locate(layout, 0).isRow).toBe(false);
  expect(locate(layout, 2)).toMatchObject({ sectionIndex: 0, rowIndex: 2, ticket: { id: '2' } });
  expect(locate(layout, 4)).toMatchObject({ sectionIndex: 1, rowIndex: 3, ticket: { id: '3' } });
  expect(layout.headTop(1)).toBe(38 + 2 * 56);
  expect(placeOf(layout, '3')).toBe(4);
});

test('rows that are not read yet have their place and no ticket', () => {
  const layout = layOut([section('MAIN', ['1'], { total: 412 })], 56);
  expect(layout.rowCount).toBe(412);
  expect(locate(layout, 300)).toMatchObject({ isRow: true, ticket: undefined });
  expect(layout.seenRows(0, 290, 310)).toBe(310);
});

test('a folded section keeps its head and no row', () => {
  const layout = layOut([section('MAIN', ['1', '2'], { isFolded: true }), section('ANSWERED', ['3'])], 56);
  expect(layout.count).toBe(3);
  expect(placeOf(layout, '1')).toBeUndefined();
  expect(layout.seenRows(0, 0, 2)).toBe(0);
});

test('an empty section has room for its words', () => {
  const layout = layOut([section('MAIN', [])], 56);
  expect(layout.isEmpty(0)).toBe(true);
  expect(locate(layout, 1).isRow).toBe(false);
});
