import { useMutation } from '@apollo/client/react';
import { IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { explain } from '../apollo/errors.ts';
import { type SendingFieldsFragment, TrySendingNowDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { FactList } from '../ui/FactList.tsx';
import { formatAge, formatAgo, formatCount, formatTime, plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';
import type { StateChoice } from './sending-search.ts';
import { rateWords, standingOf, waitingWords } from './sending-words.ts';

const badges = {
  WORKING: ['badge--good', 'Working'],
  WAITING: ['badge--bad', 'Waiting'],
  NOT_SET_UP: ['badge--note', 'Not set up'],
} as const;

/** A count that leads to its mails; none is only said. */
function Counted({ count, state }: { count: number; state: StateChoice }) {
  if (count === 0) return '0';
  return (
    <Link to="/sending" search={{ state }}>
      {formatCount(count)}
    </Link>
  );
}

function Facts({ sending }: { sending: SendingFieldsFragment }) {
  const now = useNow();
  const { oldestQueuedAt, lastSentAt, mailsPerMinute } = sending;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ['Waiting', <Counted key="c" count={sending.queued} state="waiting" />],
    ['Oldest waiting', oldestQueuedAt ? formatAge(oldestQueuedAt, now) : '–'],
    ['Failed', <Counted key="c" count={sending.failed} state="failed" />],
    ['Unknown', <Counted key="c" count={sending.unknown} state="unknown" />],
    ['Came back', <Counted key="c" count={sending.bounced} state="returned" />],
    ['Kept back', <Counted key="c" count={sending.held} state="held" />],
    [mailsPerMinute === null ? 'Last minute, no limit' : 'Last minute, of the limit', rateWords(sending)],
    ['Last hour', formatCount(sending.sentLastHour)],
    ['Last sent', lastSentAt ? formatAgo(lastSentAt, now) : 'never'],
  ];
  return <FactList className="sending-facts" facts={facts} />;
}

/** The way out: its state in a word, why, what is on its way, and what can be done. */
export function SendingCard({ sending }: { sending: SendingFieldsFragment }) {
  const [tryNow, { loading }] = useMutation(TrySendingNowDocument);
  const standing = standingOf(sending);
  const [look, word] = badges[standing];
  const { trouble, troubleSince, nextTryAt, missing, waiting } = sending;
  const onTryNow = () =>
    tryNow().then(
      () => sayDone('What waits is tried now.'),
      (error: unknown) => sayFailed(`Nothing has changed. ${explain(error).message}`),
    );
  return (
    <section className="card sending-card" aria-label="State of sending">
      <div className="sending-card__head">
        <h2>Outgoing mail</h2>
        <span className={`badge ${look}`}>
          {word}
          {standing === 'WAITING' && troubleSince ? ` since ${formatTime(troubleSince)}` : ''}
        </span>
        {sending.sending > 0 && <span className="badge badge--blue">{formatCount(sending.sending)} being sent…</span>}
      </div>
      {standing === 'WORKING' && (
        <p className="second">{sending.queued === 0 ? 'Nothing waits.' : `On their way: ${waitingWords(waiting)}.`}</p>
      )}
      {standing === 'WAITING' && (
        <Notice
          tone="bad"
          action={
            <Link to="/settings" hash="smtpHost">
              Fix
            </Link>
          }
        >
          {trouble}{' '}
          {sending.queued > 0 && `${plural(sending.queued, 'mail')} ${sending.queued === 1 ? 'is' : 'are'} kept. `}
          {nextTryAt && `Next try at ${formatTime(nextTryAt)}.`}
        </Notice>
      )}
      {missing && (
        <Notice
          tone="warn"
          action={
            <Link to="/settings" hash={missing.field ?? 'sending'}>
              Set it up
            </Link>
          }
        >
          {missing.message}
        </Notice>
      )}
      <Facts sending={sending} />
      <div className="form-actions">
        <Button
          look={standing === 'WAITING' ? 'primary' : 'default'}
          icon={<IconRefresh size={16} aria-hidden="true" />}
          disabled={standing === 'NOT_SET_UP' || (sending.queued === 0 && standing === 'WORKING')}
          isBusy={loading}
          onClick={() => void onTryNow()}
        >
          Try now
        </Button>
        <Link to="/settings" hash="sending" className="button">
          Settings for sending
        </Link>
      </div>
    </section>
  );
}
