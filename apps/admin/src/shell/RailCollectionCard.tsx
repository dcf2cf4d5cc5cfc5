import { IconMailDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { MailboxStateFragment } from '../gql/graphql.ts';
import { formatAgo, plural } from '../ui/format.ts';
import { mailboxName } from '../ui/names.ts';
import { Sparkline } from '../ui/Sparkline.tsx';
import { useNow } from '../ui/use-now.ts';

const words = { WORKING: 'Working', FAILING: 'Failing', PAUSED: 'Paused', NOT_CONFIGURED: 'Not set up' } as const;
const looks = { WORKING: 'good', FAILING: 'bad', PAUSED: 'note', NOT_CONFIGURED: 'note' } as const;
const worstFirst = ['FAILING', 'NOT_CONFIGURED', 'PAUSED', 'WORKING'] as const;

/** One line per mailbox: name, letters of the last 24 h, age of the last good check. Leads to the page of the collection. */
export function RailCollectionCard({ mailboxes }: { mailboxes: readonly MailboxStateFragment[] }) {
  const now = useNow();
  if (mailboxes.length === 0) return null;
  const state = worstFirst.find((each) => mailboxes.some((mailbox) => mailbox.state === each)) ?? 'WORKING';
  return (
    <Link to="/collection" className="rail-collection card">
      <span className="rail-collection__head">
        <IconMailDown size={16} aria-hidden="true" />
        <strong>Mail collection</strong>
        <span className="spacer" />
        <span className={`badge badge--${looks[state]}`}>{words[state]}</span>
      </span>
      {mailboxes.map((mailbox) => (
        <span key={mailbox.id} className="rail-collection__line">
          <span className="rail-collection__name">{mailbox.address ? mailboxName(mailbox.address) : 'No mailbox'}</span>
          <Sparkline
            values={mailbox.hourly}
            label={`${plural(mailbox.collectedLast24h, 'letter')} in the last 24 hours`}
          />
          <span className="second">{mailbox.lastSuccessAt ? formatAgo(mailbox.lastSuccessAt, now) : 'never'}</span>
        </span>
      ))}
    </Link>
  );
}
