import { HEAD_HEIGHT } from './TicketSection.tsx';
import type { ListSection } from './ticket-search.ts';
import type { ListedTicket } from './use-section-rows.ts';

/** A section with its rows and its face. */
export interface LaidSection {
  section: ListSection;
  nodes: readonly ListedTicket[];
  total: number | undefined;
  isFolded: boolean;
  isLoading: boolean;
}

/** Rows shown in grey while the first window of a section is on its way. */
const FIRST_SKELETONS = 12;
/** The room for the words of an empty section, in px: the first one says more. */
const EMPTY_HEIGHT = { first: 210, other: 64 };

interface Span {
  /** Index of the head among all items. */
  head: number;
  rows: number;
  isEmpty: boolean;
  top: number;
  bodyHeight: number;
  firstRow: number;
}

/** Where every head and row stands. Items are numbered through: head, its rows, next head, … */
export interface Layout {
  sections: readonly LaidSection[];
  spans: readonly Span[];
  count: number;
  rowCount: number;
  signature: string;
  sizeOf: (index: number) => number;
  headTop: (section: number) => number;
  bodyHeight: (section: number) => number;
  isEmpty: (section: number) => boolean;
  /** How many rows of a section must be here for the items first…last to be filled; 0 when none of them is in sight. */
  seenRows: (section: number, first: number, last: number) => number;
}

function rowsOf({ isFolded, isLoading, nodes, total }: LaidSection): number {
  if (isFolded) return 0;
  if (isLoading) return Math.min(total ?? FIRST_SKELETONS, FIRST_SKELETONS);
  return Math.max(total ?? 0, nodes.length);
}

/** Numbers all heads and rows and gives each its height. */
export function layOut(sections: readonly LaidSection[], rowHeight: number): Layout {
  const spans: Span[] = [];
  let index = 0;
  let top = 0;
  let firstRow = 0;
  for (const section of sections) {
    const rows = rowsOf(section);
    const isEmpty = !section.isFolded && rows === 0;
    const bodyHeight = isEmpty ? (spans.length === 0 ? EMPTY_HEIGHT.first : EMPTY_HEIGHT.other) : rows * rowHeight;
    spans.push({ head: index, rows, isEmpty, top, bodyHeight, firstRow });
    index += 1 + (isEmpty ? 1 : rows);
    top += HEAD_HEIGHT + bodyHeight;
    firstRow += rows;
  }
  const heads = new Set(spans.map((span) => span.head));
  const empties = new Map(spans.filter((span) => span.isEmpty).map((span) => [span.head + 1, span.bodyHeight]));
  return {
    sections,
    spans,
    count: index,
    rowCount: firstRow,
    signature: `${rowHeight}:${spans.map((span) => `${span.rows}${span.isEmpty}`).join()}`,
    sizeOf: (at) => (heads.has(at) ? HEAD_HEIGHT : (empties.get(at) ?? rowHeight)),
    headTop: (section) => spans[section]?.top ?? 0,
    bodyHeight: (section) => spans[section]?.bodyHeight ?? 0,
    isEmpty: (section) => spans[section]?.isEmpty ?? false,
    seenRows: (section, first, last) => {
      const span = spans[section];
      if (!span || last <= span.head || first > span.head + span.rows) return 0;
      return Math.min(span.rows, last - span.head);
    },
  };
}

/** What stands at an item: a head (no row), a row that is read, or one that is still on its way (no ticket). */
export function locate(
  layout: Layout,
  index: number,
): { sectionIndex: number; isRow: boolean; rowIndex: number; ticket?: ListedTicket | undefined } {
  const sectionIndex = layout.spans.findLastIndex((span) => span.head <= index);
  const span = layout.spans[sectionIndex];
  if (!span || index === span.head || span.isEmpty) return { sectionIndex, isRow: false, rowIndex: 0 };
  const row = index - span.head - 1;
  return {
    sectionIndex,
    isRow: true,
    rowIndex: span.firstRow + row + 1,
    ticket: layout.sections[sectionIndex]?.nodes[row],
  };
}

/** The item of a ticket that is read and not folded away. */
export function placeOf(layout: Layout, ticketId: string): number | undefined {
  for (const [index, span] of layout.spans.entries()) {
    if (span.rows === 0) continue;
    const row = layout.sections[index]?.nodes.findIndex((node) => node.id === ticketId) ?? -1;
    if (row >= 0) return span.head + 1 + row;
  }
  return undefined;
}

/** All tickets that are read and not folded away, from top to bottom. */
export function shownTickets(sections: readonly LaidSection[]): ListedTicket[] {
  return sections.flatMap((section) => (section.isFolded ? [] : section.nodes));
}
