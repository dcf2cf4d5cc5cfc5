import { useNavigate } from '@tanstack/react-router';
import type { RefObject } from 'react';
import { useViewer } from '../session/use-session.ts';
import { type Action, useActions } from '../ui/actions/registry.ts';
import type { TicketSearch } from './ticket-search.ts';
import type { useListCursor } from './use-list-cursor.ts';
import type { ListedTicket } from './use-section-rows.ts';
import { closeOrReopen, holdOrResume, type useTicketActions } from './use-ticket-actions.ts';

interface ListKeys {
  cursor: ReturnType<typeof useListCursor>;
  /** What an action is meant for: the selected, else the open ticket, else the one under the cursor. */
  targets: () => ListedTicket[];
  step: (by: number) => void;
  open: (ticket: ListedTicket) => void;
  shown: readonly ListedTicket[];
  searchBox: RefObject<HTMLInputElement | null>;
  jumpTo: (sectionIndex: number) => void;
  sectionCount: number;
  isTicketOpen: boolean;
  actions: ReturnType<typeof useTicketActions>;
}

/** The keys of the list, in the one registry that the palette and the key sheet read too. */
export function useListKeys(list: ListKeys): void {
  const navigate = useNavigate();
  const viewer = useViewer();
  const { cursor, actions, step } = list;

  /** Acts, then goes on to the next ticket, so that a queue is worked through without the mouse. */
  const actAndGoOn = (work: (tickets: ListedTicket[]) => Promise<void>) => {
    const tickets = list.targets();
    if (tickets.length === 0) return;
    if (cursor.selected.size > 0) cursor.clear();
    else step(1);
    void work(tickets);
  };
  const underCursor = () => list.shown.find(({ id }) => id === cursor.cursorId);
  const back = () => {
    if (cursor.selected.size > 0) cursor.clear();
    else if (list.isTicketOpen) void navigate({ to: '/tickets', search: (before: TicketSearch) => before });
  };
  const extend = (by: number) => {
    if (cursor.cursorId && cursor.selected.size === 0) cursor.toggle(cursor.cursorId, false);
    const next = cursor.neighbour(by);
    if (next) cursor.toggle(next.id, true);
    step(by);
  };
  const jumps: Action[] = Array.from({ length: list.sectionCount }, (_, index) => ({
    id: `jump-${index}`,
    label: `Jump to section ${index + 1}`,
    group: 'List',
    keys: [String(index + 1)],
    run: () => list.jumpTo(index),
  }));
  useActions([
    { id: 'next', label: 'Next ticket', group: 'List', keys: ['J', '↓'], run: () => step(1) },
    { id: 'previous', label: 'Previous ticket', group: 'List', keys: ['K', '↑'], run: () => step(-1) },
    {
      id: 'open',
      label: 'Open ticket',
      group: 'List',
      keys: ['Enter', 'O'],
      run: () => {
        const ticket = underCursor();
        if (ticket) list.open(ticket);
      },
    },
    {
      id: 'select',
      label: 'Select ticket',
      group: 'List',
      keys: ['X'],
      run: () => {
        const ticket = underCursor();
        if (ticket) cursor.toggle(ticket.id, false);
      },
    },
    {
      id: 'extend-down',
      label: 'Select further down',
      group: 'List',
      keys: ['Shift J', 'Shift ↓'],
      run: () => extend(1),
    },
    { id: 'extend-up', label: 'Select further up', group: 'List', keys: ['Shift K', 'Shift ↑'], run: () => extend(-1) },
    { id: 'back', label: 'Back, or clear the selection', group: 'List', keys: ['Esc', 'U'], run: back },
    { id: 'find', label: 'Search tickets', group: 'List', keys: ['/'], run: () => list.searchBox.current?.focus() },
    ...jumps,
    {
      id: 'close',
      label: 'Close ticket, or open it again',
      group: 'Ticket',
      keys: ['E'],
      run: () => actAndGoOn((tickets) => actions.move(closeOrReopen(tickets[0]?.status ?? 'OPEN'), tickets)),
    },
    {
      id: 'hold',
      label: 'Put on hold, or take off',
      group: 'Ticket',
      keys: ['H'],
      run: () => actAndGoOn((tickets) => actions.move(holdOrResume(tickets[0]?.status ?? 'OPEN'), tickets)),
    },
    {
      id: 'assign-me',
      label: 'Assign to me',
      group: 'Ticket',
      keys: ['I'],
      run: () => void actions.assign(list.targets(), { id: viewer.id, name: viewer.name }),
    },
    {
      id: 'mark-unread',
      label: 'Mark unread',
      group: 'Ticket',
      keys: ['Shift U'],
      run: () => {
        for (const { id } of list.targets()) void actions.markRead(id, false);
      },
    },
  ]);
}
