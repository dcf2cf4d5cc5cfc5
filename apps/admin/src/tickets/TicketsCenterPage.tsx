import { useQuery } from '@apollo/client/react';
import { Outlet, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { TicketsCenterDocument } from '../gql/graphql.ts';
import { useIsAdministrator, useViewer } from '../session/use-session.ts';
import { plural } from '../ui/format.ts';
import { usePreferences } from '../ui/preferences.ts';
import { PHONE, SPLIT, useMedia } from '../ui/use-media.ts';
import { readStored, writeStored } from '../ui/use-stored.ts';
import { BulkBar } from './BulkBar.tsx';
import { EmptySection, ListTrouble } from './ListFaces.tsx';
import { FilterBar, ListHeader } from './ListHeader.tsx';
import { type LaidSection, shownTickets } from './list-layout.ts';
import { onNewTicketReturned } from './new-ticket-draft.ts';
import { SectionToggles } from './SectionToggles.tsx';
import { SendingBar } from './SendingBar.tsx';
import { TicketTable, type TicketTableHandle } from './TicketTable.tsx';
import { sectionsFor, type TicketSearch } from './ticket-search.ts';
import { useListCursor } from './use-list-cursor.ts';
import { useListKeys } from './use-list-keys.ts';
import { useLiveTickets } from './use-live-tickets.ts';
import { type ListedTicket, type SectionRows, useSectionRows, WINDOW } from './use-section-rows.ts';
import { useTicketActions } from './use-ticket-actions.ts';

const DeleteTicketsDialog = lazy(() =>
  import('./DeleteTicketsDialog.tsx').then((module) => ({ default: module.DeleteTicketsDialog })),
);
const NewTicketDialog = lazy(() =>
  import('./NewTicketDialog.tsx').then((module) => ({ default: module.NewTicketDialog })),
);

const MAIN_FIRST = [{ name: 'MAIN', totalCount: 0, unreadCount: 0, highlightedCount: 0 }] as const;
const HEIGHTS = { wide: { compact: 40, comfortable: 56 }, narrow: { compact: 64, comfortable: 80 } } as const;

/** Which sections are folded; personal, kept in this browser. */
function useFolds() {
  const [folded, setFolded] = useState<ReadonlySet<string>>(
    () => new Set((readStored('folded-sections') ?? '').split(',').filter(Boolean)),
  );
  const fold = useCallback((key: string, isFolded: boolean) => {
    setFolded((before) => {
      const next = new Set(before);
      if (isFolded) next.add(key);
      else next.delete(key);
      writeStored('folded-sections', [...next].join());
      return next;
    });
  }, []);
  return { folded, fold };
}

/** The sections of the address with their rows. At most three lists are read at a time. */
function useSections(search: TicketSearch) {
  const viewer = useViewer();
  const { folded, fold } = useFolds();
  const centre = useQuery(TicketsCenterDocument, { fetchPolicy: 'cache-and-network' });
  const counts = centre.data?.ticketSections;
  const sections = useMemo(() => {
    const known = sectionsFor(search, counts ?? MAIN_FIRST, viewer.id);
    return counts ? known : known.map((section) => ({ ...section, totalCount: undefined }));
  }, [search, counts, viewer.id]);
  const isFolded = (index: number) => folded.has(sections[index]?.key ?? '');
  const first = useSectionRows(sections[0], isFolded(0));
  const second = useSectionRows(sections[1], isFolded(1));
  const third = useSectionRows(sections[2], isFolded(2));
  const rows: readonly SectionRows[] = [first, second, third];
  const laid: LaidSection[] = sections.map((section, index) => ({
    section,
    nodes: rows[index]?.nodes ?? [],
    total: rows[index]?.total,
    isFolded: isFolded(index),
    isLoading: rows[index]?.isLoading ?? false,
  }));
  const refresh = async () => {
    await Promise.allSettled([centre.refetch(), ...rows.slice(0, sections.length).map((each) => each.refetch())]);
  };
  return { laid, rows, fold, refresh, error: centre.error ?? rows.find((each) => each.error)?.error };
}

/** The Tickets Center: the sections in one list, and from 1180 px on the open ticket beside it. */
export function TicketsCenterPage() {
  const search = useSearch({ from: '/app/tickets' });
  const { number } = useParams({ strict: false });
  const navigate = useNavigate();
  const actions = useTicketActions();
  const { isCompact } = usePreferences();
  const isSplit = useMedia(SPLIT);
  const isPhone = useMedia(PHONE);
  const isNarrow = isPhone || (isSplit && number !== undefined);
  const table = useRef<TicketTableHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const isHovered = useRef(false);
  /** Grows with each time that the form of a new ticket is opened; 0: it is closed. */
  const [writing, setWriting] = useState(0);
  const write = useCallback(() => setWriting((before) => before + 1), []);
  useEffect(() => onNewTicketReturned(write), [write]);
  const [toDelete, setToDelete] = useState<readonly ListedTicket[]>([]);
  const isAdministrator = useIsAdministrator();

  const { laid, rows, fold, refresh, error } = useSections(search);
  const shown = shownTickets(laid);
  const cursor = useListCursor(shown);
  const openTicket = shown.find((ticket) => String(ticket.number) === number);
  const live = useLiveTickets({
    isListed: (id) => shown.some((ticket) => ticket.id === id),
    isAtRest: () =>
      !isHovered.current && !cursor.cursorId && cursor.selected.size === 0 && (table.current?.isAtTop() ?? true),
    refresh,
  });

  const open = useCallback(
    (ticket: ListedTicket) => {
      cursor.setCursorId(ticket.id);
      void navigate({
        to: '/tickets/$number',
        params: { number: String(ticket.number) },
        search: (before: TicketSearch) => before,
      });
    },
    [cursor.setCursorId, navigate],
  );
  const toggle = useCallback(
    (ticket: ListedTicket, withRange: boolean) => cursor.toggle(ticket.id, withRange),
    [cursor.toggle],
  );
  const rowsRef = useRef(rows);
  rowsRef.current = rows;
  const onSeen = useCallback((index: number, upTo: number) => rowsRef.current[index]?.loadMore(upTo + WINDOW / 4), []);
  const targets = (): ListedTicket[] => {
    if (cursor.selected.size > 0) return shown.filter(({ id }) => cursor.selected.has(id));
    const one = openTicket ?? shown.find(({ id }) => id === cursor.cursorId);
    return one ? [one] : [];
  };
  const step = (by: number, isOpening = number !== undefined && isSplit) => {
    const next = cursor.neighbour(by);
    if (!next) return;
    cursor.setCursorId(next.id);
    table.current?.reveal(next.id);
    if (isOpening) open(next);
  };
  useListKeys({
    cursor,
    targets,
    step,
    open,
    shown,
    searchBox,
    jumpTo: (index) => table.current?.jumpTo(index),
    sectionCount: laid.length,
    isTicketOpen: number !== undefined,
    actions,
  });
  useEffect(() => {
    if (openTicket) cursor.setCursorId(openTicket.id);
  }, [openTicket, cursor.setCursorId]);

  const selectedTargets = shown.filter(({ id }) => cursor.selected.has(id));
  const afterBulk = (work: Promise<void>) => {
    cursor.clear();
    void work;
  };
  const waiting = live.waiting.size;
  useEffect(() => {
    document.title = waiting > 0 ? `(${waiting}) Tickets Center` : 'Tickets Center';
  }, [waiting]);

  const isCovered = number !== undefined && !isSplit;
  const heights = isNarrow ? HEIGHTS.narrow : HEIGHTS.wide;
  return (
    <div className={`tickets${number === undefined ? '' : ' tickets--with-ticket'}`}>
      <section
        className={`tickets__list${isNarrow ? ' tickets__list--narrow' : ''}`}
        aria-label="Ticket list"
        inert={isCovered}
        onPointerEnter={() => {
          isHovered.current = true;
        }}
        onPointerLeave={() => {
          isHovered.current = false;
        }}
      >
        <ListHeader search={search} live={live.state} isNarrow={isNarrow && !isPhone} onNewTicket={write} />
        {cursor.selected.size > 0 ? (
          <BulkBar
            count={cursor.selected.size}
            loadedCount={laid[0]?.nodes.length ?? 0}
            onAssign={(agent) => afterBulk(actions.assign(selectedTargets, agent))}
            onClose={() => afterBulk(actions.move('close', selectedTargets))}
            onHold={() => afterBulk(actions.move('hold', selectedTargets))}
            onDelete={isAdministrator ? () => setToDelete(selectedTargets) : undefined}
            onSelectLoaded={() => cursor.selectAll((laid[0]?.nodes ?? []).map(({ id }) => id))}
            onClear={cursor.clear}
          />
        ) : (
          <FilterBar search={search} isNarrow={isNarrow} searchRef={searchBox} />
        )}
        <ListTrouble
          error={error}
          isOffline={live.state === 'OFFLINE'}
          readAt={rows[0]?.readAt}
          onRetry={() => void refresh()}
        />
        <SectionToggles sections={laid.map(({ section }) => section)} />
        <div className="tickets__frame">
          {waiting > 0 && (
            <button
              type="button"
              className="new-pill"
              onClick={() => {
                table.current?.jumpTo(0);
                void live.takeIn(live.waiting);
              }}
            >
              {plural(waiting, 'new ticket')}
            </button>
          )}
          <TicketTable
            ref={table}
            sections={laid}
            rowHeight={isCompact ? heights.compact : heights.comfortable}
            cursorId={cursor.cursorId}
            openId={openTicket?.id ?? null}
            selected={cursor.selected}
            newIds={live.newIds}
            emptyFace={(section) => <EmptySection laid={section} search={search} />}
            onFold={fold}
            onOpen={open}
            onToggle={toggle}
            onSeen={onSeen}
          />
        </div>
        {number === undefined && <SendingBar />}
        <span className="visually-hidden" aria-live="polite">
          {waiting > 0 ? plural(waiting, 'new ticket') : ''}
        </span>
      </section>
      <Outlet />
      {toDelete.length > 0 && (
        <Suspense>
          <DeleteTicketsDialog targets={toDelete} onClose={() => setToDelete([])} onDeleted={cursor.clear} />
        </Suspense>
      )}
      {writing > 0 && (
        <Suspense>
          <NewTicketDialog key={writing} onClose={() => setWriting(0)} />
        </Suspense>
      )}
    </div>
  );
}
