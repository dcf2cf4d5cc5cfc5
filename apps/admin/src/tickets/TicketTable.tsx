// biome-ignore-all lint/a11y/useSemanticElements: a virtual list cannot be a table
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react';
import { type LaidSection, layOut, locate, placeOf } from './list-layout.ts';
import { SkeletonRow, TicketRow } from './TicketRow.tsx';
import { HEAD_HEIGHT, TicketSection } from './TicketSection.tsx';
import type { ListedTicket } from './use-section-rows.ts';
import './tickets.css';

/** What the page may ask of the list. */
export interface TicketTableHandle {
  jumpTo: (sectionIndex: number) => void;
  reveal: (ticketId: string) => void;
  focus: () => void;
  isAtTop: () => boolean;
}

interface TicketTableProps {
  sections: readonly LaidSection[];
  rowHeight: number;
  cursorId: string | null;
  openId: string | null;
  selected: ReadonlySet<string>;
  newIds: ReadonlySet<string>;
  emptyFace: (section: LaidSection) => ReactNode;
  onFold: (key: LaidSection['section']['key'], isFolded: boolean) => void;
  onOpen: (ticket: ListedTicket) => void;
  onToggle: (ticket: ListedTicket, withRange: boolean) => void;
  onSeen: (sectionIndex: number, upTo: number) => void;
  ref?: Ref<TicketTableHandle>;
}

const homeStatus = {
  MAIN: 'OPEN',
  ANSWERED: 'ANSWERED',
  ON_HOLD: 'ON_HOLD',
  CLOSED: 'CLOSED',
  RESULTS: undefined,
} as const;

/** All sections in one list of any length. Only the rows in sight are in the page; heads stick to both edges. */
export function TicketTable({
  sections,
  rowHeight,
  cursorId,
  openId,
  selected,
  newIds,
  emptyFace,
  onFold,
  onOpen,
  onToggle,
  onSeen,
  ref,
}: TicketTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const layout = useMemo(() => layOut(sections, rowHeight), [sections, rowHeight]);
  const headsBelow = (index: number) => sections.length - 1 - index;
  const virtualizer = useVirtualizer({
    count: layout.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => layout.sizeOf(index),
    overscan: 8,
    scrollPaddingStart: HEAD_HEIGHT,
    scrollPaddingEnd: headsBelow(0) * HEAD_HEIGHT,
    initialRect: { width: 1100, height: 760 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout has new sizes
  useLayoutEffect(() => virtualizer.measure(), [layout.signature, virtualizer]);

  const jumpTo = (index: number) => scroller.current?.scrollTo({ top: layout.headTop(index) });
  useImperativeHandle(ref, () => ({
    jumpTo,
    reveal: (ticketId) => {
      const at = placeOf(layout, ticketId);
      if (at !== undefined) virtualizer.scrollToIndex(at, { align: 'auto' });
    },
    focus: () => grid.current?.focus({ preventScroll: true }),
    isAtTop: () => (scroller.current?.scrollTop ?? 0) < 4,
  }));

  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const first = items[0]?.index ?? 0;
  useEffect(() => {
    for (const [index] of sections.entries()) {
      const seen = layout.seenRows(index, first, last);
      if (seen > 0) onSeen(index, seen);
    }
  }, [sections, layout, first, last, onSeen]);

  const offset = virtualizer.scrollOffset ?? 0;
  const height = virtualizer.scrollRect?.height ?? 0;
  const cursorShown = cursorId !== null && items.some(({ index }) => locate(layout, index).ticket?.id === cursorId);
  return (
    <div className="ticket-list" ref={scroller}>
      {sections.map((laid, index) => (
        <div key={laid.section.key} style={{ display: 'contents' }}>
          <TicketSection
            section={laid.section}
            total={laid.total}
            isFolded={laid.isFolded}
            isDocked={height > 0 && layout.headTop(index) > offset + height - (headsBelow(index) + 1) * HEAD_HEIGHT + 1}
            headsBelow={headsBelow(index)}
            onFold={() => onFold(laid.section.key, !laid.isFolded)}
            onJump={() => {
              if (laid.isFolded) onFold(laid.section.key, false);
              requestAnimationFrame(() => jumpTo(index));
            }}
          />
          <div className="ticket-list__space" style={{ height: layout.bodyHeight(index) }}>
            {layout.isEmpty(index) && emptyFace(laid)}
          </div>
        </div>
      ))}
      <div
        ref={grid}
        role="grid"
        aria-label="Tickets"
        aria-rowcount={layout.rowCount}
        aria-multiselectable="true"
        aria-activedescendant={cursorShown ? `ticket-${cursorId}` : undefined}
        tabIndex={0}
        className="ticket-list__rows"
      >
        {items.map(({ index, start, size, key }) => {
          const { ticket, sectionIndex, isRow, rowIndex } = locate(layout, index);
          const laid = sections[sectionIndex];
          if (!isRow || !laid) return null;
          if (!ticket) return <SkeletonRow key={key} top={start} height={size} />;
          return (
            <TicketRow
              key={`${laid.section.key}-${ticket.id}`}
              ticket={ticket}
              domId={`ticket-${ticket.id}`}
              rowIndex={rowIndex}
              top={start}
              height={size}
              isRedAllowed={laid.section.key === 'MAIN' || laid.section.key === 'RESULTS'}
              isCursor={ticket.id === cursorId}
              isSelected={selected.has(ticket.id)}
              isOpen={ticket.id === openId}
              isNew={newIds.has(ticket.id)}
              homeStatus={homeStatus[laid.section.key]}
              onOpen={onOpen}
              onToggle={onToggle}
            />
          );
        })}
        {layout.rowCount === 0 && <EmptyGridRow />}
      </div>
    </div>
  );
}

/** A grid must hold a row; this one says that there is none. */
function EmptyGridRow() {
  return (
    <div role="row" tabIndex={-1} className="visually-hidden">
      <span role="gridcell" tabIndex={-1}>
        No tickets here
      </span>
    </div>
  );
}
