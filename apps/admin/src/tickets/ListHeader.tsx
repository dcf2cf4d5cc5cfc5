import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import {
  IconBaselineDensityMedium,
  IconBaselineDensitySmall,
  IconFilter,
  IconMoon,
  IconPlus,
  IconSearch,
  IconSun,
  IconX,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type Ref, useEffect, useState } from 'react';
import type { LiveState } from '../apollo/live.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { usePreferences } from '../ui/preferences.ts';
import type { TicketSearch, TicketView } from './ticket-search.ts';

const liveWords: Record<LiveState, string> = { LIVE: 'Live', RECONNECTING: 'Reconnecting…', OFFLINE: 'Offline' };
const viewWords: Record<TicketView, string> = {
  mine: 'Assigned to me',
  unassigned: 'Unassigned',
  priority: 'Priority customers',
};

/** Whether changes arrive by themselves right now. */
export function LiveMark({ state }: { state: LiveState }) {
  return (
    <span className={`live live--${state.toLowerCase()}`} role="status">
      <span className="live__dot" aria-hidden="true" />
      {liveWords[state]}
    </span>
  );
}

function ThemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <IconButton
      className="list-head__theme"
      label={isDark ? 'Light theme' : 'Dark theme'}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={19} /> : <IconMoon size={19} />}
    </IconButton>
  );
}

interface ListHeaderProps {
  search: TicketSearch;
  live: LiveState;
  isNarrow: boolean;
  onNewTicket: () => void;
}

/** Title, live state, theme and New ticket. */
export function ListHeader({ search, live, isNarrow, onNewTicket }: ListHeaderProps) {
  return (
    <div className="list-head">
      <h1>{search.view ? viewWords[search.view] : 'Tickets Center'}</h1>
      <LiveMark state={live} />
      <span className="spacer" />
      <ThemeButton />
      {!isNarrow && (
        <Button look="primary" size="big" icon={<IconPlus size={18} aria-hidden="true" />} onClick={onNewTicket}>
          <span className="list-head__new">New ticket</span>
        </Button>
      )}
    </div>
  );
}

function SearchBox({ q, ref }: { q: string; ref: Ref<HTMLInputElement> }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  const searchFor = (value: string) =>
    void navigate({ to: '.', search: (before: TicketSearch) => ({ ...before, q: value.trim() || undefined }) });
  return (
    <search className="list-search-frame">
      <form
        className="list-search"
        onSubmit={(event) => {
          event.preventDefault();
          searchFor(typed);
        }}
      >
        <IconSearch size={15} aria-hidden="true" />
        <input
          ref={ref}
          type="search"
          aria-label="Search tickets"
          placeholder="Search tickets"
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {q && (
          <button type="button" aria-label="Clear the search" onClick={() => searchFor('')}>
            <IconX size={14} />
          </button>
        )}
      </form>
    </search>
  );
}

/** Filter, search and density; keys hint where there is room. */
export function FilterBar({
  search,
  isNarrow,
  searchRef,
}: {
  search: TicketSearch;
  isNarrow: boolean;
  searchRef: Ref<HTMLInputElement>;
}) {
  const navigate = useNavigate();
  const { isCompact, setCompact } = usePreferences();
  const set = (change: TicketSearch) =>
    void navigate({ to: '.', search: (before: TicketSearch) => ({ ...before, ...change }) });
  const choice = (label: string, isOn: boolean, change: TicketSearch) => (
    <Menu.Item onClick={() => set(change)} rightSection={isOn ? '✓' : undefined}>
      {label}
    </Menu.Item>
  );
  return (
    <div className="list-bar">
      <Menu width={220} position="bottom-start">
        <Menu.Target>
          <Button size="small" icon={<IconFilter size={16} aria-hidden="true" />}>
            Filter
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Assignee</Menu.Label>
          {choice('Anyone', !search.view, { view: undefined })}
          {choice('Me', search.view === 'mine', { view: 'mine' })}
          {choice('Nobody', search.view === 'unassigned', { view: 'unassigned' })}
          <Menu.Label>Sender</Menu.Label>
          {choice('Priority customers', search.view === 'priority', { view: 'priority' })}
          <Menu.Label>State</Menu.Label>
          {choice('Open, answered, on hold', !search.status, { status: undefined })}
          {choice('Closed', search.status === 'closed', { status: 'closed' })}
        </Menu.Dropdown>
      </Menu>
      <SearchBox q={search.q ?? ''} ref={searchRef} />
      {search.status && (
        <button type="button" className="chip" onClick={() => set({ status: undefined })}>
          Closed <IconX size={12} aria-label="Remove this filter" />
        </button>
      )}
      <span className="spacer" />
      {!isNarrow && (
        <span className="key-hint second" aria-hidden="true">
          <kbd className="kbd">J</kbd>
          <kbd className="kbd">K</kbd> move <kbd className="kbd">Enter</kbd> open <kbd className="kbd">?</kbd> all keys
        </span>
      )}
      <IconButton label={isCompact ? 'Comfortable rows' : 'Compact rows'} onClick={() => setCompact(!isCompact)}>
        {isCompact ? <IconBaselineDensityMedium size={18} /> : <IconBaselineDensitySmall size={18} />}
      </IconButton>
    </div>
  );
}
