import { useQuery } from '@apollo/client/react';
import {
  IconBook2,
  IconChartHistogram,
  IconInbox,
  IconSearch,
  IconSend,
  IconSettings,
  IconSpeakerphone,
  IconStack2,
  IconStarFilled,
  IconUser,
  IconUserQuestion,
  IconUsers,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CollectionStateDocument, RailDocument } from '../gql/graphql.ts';
import { useIsAdministrator } from '../session/use-session.ts';
import { BrandMark } from '../ui/BrandMark.tsx';
import { formatCount } from '../ui/format.ts';
import { RailCollectionCard } from './RailCollectionCard.tsx';
import { useSendingState } from './SendingBanner.tsx';
import { UserMenu } from './UserMenu.tsx';

interface RailLinkProps {
  to: string;
  search?: Record<string, unknown>;
  icon: ReactNode;
  children: ReactNode;
  count?: number | undefined;
  mark?: ReactNode;
}

function RailLink({ to, search = {}, icon, children, count, mark }: RailLinkProps) {
  return (
    <li>
      <Link
        to={to}
        search={search}
        className="rail-link"
        activeOptions={{ includeSearch: true, exact: false, explicitUndefined: true }}
        activeProps={{ 'aria-current': 'page' }}
      >
        {icon}
        <span>{children}</span>
        <span className="spacer" />
        {count !== undefined && <span className="rail-link__count">{formatCount(count)}</span>}
        {mark}
      </Link>
    </li>
  );
}

function StateDot({ isGood }: { isGood: boolean }) {
  return (
    <span
      className={`state-dot state-dot--${isGood ? 'good' : 'bad'}`}
      title={isGood ? 'Working' : 'Needs attention'}
    />
  );
}

const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** The left rail: where one can go, how much waits there, how the mail collection fares, and who is signed in. */
export function Rail({ onSearch }: { onSearch: () => void }) {
  const isAdministrator = useIsAdministrator();
  const { data } = useQuery(RailDocument, { fetchPolicy: 'cache-and-network', pollInterval: 60_000 });
  const { data: state } = useQuery(CollectionStateDocument, {
    fetchPolicy: 'cache-and-network',
    pollInterval: 10_000,
    errorPolicy: 'ignore',
  });
  const sending = useSendingState();
  const stuck = (sending?.failed ?? 0) + (sending?.unknown ?? 0);
  const counts = data?.ticketCounts;
  const mailboxes = state?.collection ?? [];
  const isWorking = mailboxes.length > 0 && mailboxes.every((mailbox) => mailbox.state === 'WORKING');
  const main = { view: undefined };
  return (
    <nav className="rail" aria-label="Main">
      <div className="rail__brand">
        <BrandMark />
        <span>Support Center</span>
      </div>
      <button type="button" className="rail__search" onClick={onSearch}>
        <IconSearch size={16} aria-hidden="true" />
        <span>Search or jump to…</span>
        <kbd className="kbd">Ctrl K</kbd>
      </button>
      <div>
        <h2>Tickets</h2>
        <ul>
          <RailLink to="/tickets" search={main} icon={<IconInbox {...ICON} />} count={counts?.open}>
            Tickets Center
          </RailLink>
          <RailLink to="/tickets" search={{ view: 'mine' }} icon={<IconUser {...ICON} />} count={counts?.mine}>
            Assigned to me
          </RailLink>
          <RailLink
            to="/tickets"
            search={{ view: 'unassigned' }}
            icon={<IconUserQuestion {...ICON} />}
            count={counts?.unassigned}
          >
            Unassigned
          </RailLink>
          <RailLink
            to="/tickets"
            search={{ view: 'priority' }}
            icon={<IconStarFilled {...ICON} />}
            count={counts?.highlighted}
          >
            Priority customers
          </RailLink>
        </ul>
        <h2>Workspace</h2>
        <ul>
          <RailLink to="/knowledge" icon={<IconBook2 {...ICON} />}>
            Knowledge bases
          </RailLink>
          {isAdministrator && (
            <RailLink to="/mass-mail" icon={<IconSpeakerphone {...ICON} />}>
              Mass mail
            </RailLink>
          )}
          <RailLink to="/collection" icon={<IconStack2 {...ICON} />} mark={state && <StateDot isGood={isWorking} />}>
            Mail collection
          </RailLink>
          {isAdministrator && (
            <RailLink
              to="/sending"
              icon={<IconSend {...ICON} />}
              count={stuck > 0 ? stuck : undefined}
              mark={sending && <StateDot isGood={sending.trouble === null} />}
            >
              Sending
            </RailLink>
          )}
          <RailLink to="/reports" icon={<IconChartHistogram {...ICON} />}>
            Reports
          </RailLink>
          {isAdministrator && (
            <>
              <RailLink to="/assistants" icon={<IconUsers {...ICON} />}>
                Assistants
              </RailLink>
              <RailLink to="/settings" icon={<IconSettings {...ICON} />}>
                Settings
              </RailLink>
            </>
          )}
        </ul>
      </div>
      <span className="spacer" />
      <RailCollectionCard mailboxes={mailboxes} />
      <UserMenu />
    </nav>
  );
}
