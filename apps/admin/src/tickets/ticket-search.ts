import type { TicketFilter } from '../gql/graphql.ts';

/** The views of the rail. */
export type TicketView = 'mine' | 'unassigned' | 'priority';

/** What the address of the Tickets Center holds. Nothing set: the whole centre with its sections. */
export interface TicketSearch {
  view?: TicketView | undefined;
  q?: string | undefined;
  status?: 'closed' | undefined;
}

const VIEWS: readonly string[] = ['mine', 'unassigned', 'priority'];
const LONGEST_SEARCH = 200;

/** Reads the address; what is not understood is left out. */
export function readTicketSearch(search: Record<string, unknown>): TicketSearch {
  const q = typeof search.q === 'number' ? String(search.q) : search.q;
  return {
    view: VIEWS.includes(String(search.view)) ? (search.view as TicketView) : undefined,
    q: typeof q === 'string' && q.trim() ? q.slice(0, LONGEST_SEARCH) : undefined,
    status: search.status === 'closed' ? 'closed' : undefined,
  };
}

/** One head of the list with the rows under it. */
export interface ListSection {
  key: 'MAIN' | 'ANSWERED' | 'ON_HOLD' | 'CLOSED' | 'RESULTS';
  title: string;
  filter: TicketFilter;
  /** Known before the rows are read. */
  totalCount?: number | undefined;
  unreadCount?: number | undefined;
  highlightedCount?: number | undefined;
}

const titles = { MAIN: 'Main queue', ANSWERED: 'Answered', ON_HOLD: 'On Hold' } as const;

interface SectionCounts {
  name: keyof typeof titles;
  totalCount: number;
  unreadCount: number;
  highlightedCount: number;
}

function narrowing(view: TicketView | undefined, viewerId: string): TicketFilter {
  if (view === 'mine') return { assigneeId: viewerId };
  if (view === 'unassigned') return { unassigned: true };
  if (view === 'priority') return { highlighted: true };
  return {};
}

/** The sections to show: those that the settings let the server name, narrowed by the view; or one list of what was searched. */
export function sectionsFor(search: TicketSearch, counts: readonly SectionCounts[], viewerId: string): ListSection[] {
  const narrow = narrowing(search.view, viewerId);
  if (search.q) return [{ key: 'RESULTS', title: `Found for “${search.q}”`, filter: { ...narrow, search: search.q } }];
  if (search.status === 'closed')
    return [{ key: 'CLOSED', title: 'Closed', filter: { ...narrow, status: ['CLOSED'] } }];
  return counts.map(({ name, totalCount, unreadCount, highlightedCount }) => ({
    key: name,
    title: titles[name],
    filter: { section: name, ...narrow },
    ...(search.view ? {} : { totalCount, unreadCount, highlightedCount }),
  }));
}
