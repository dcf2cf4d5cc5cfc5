import { useMutation } from '@apollo/client/react';
import { IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { type CollectionPageQuery, CollectNowDocument, PauseCollectionDocument } from '../gql/graphql.ts';
import { useIsAdministrator } from '../session/use-session.ts';
import { Button } from '../ui/Button.tsx';
import { FactList } from '../ui/FactList.tsx';
import { formatAgo, formatCount, formatTime, plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { Sparkline } from '../ui/Sparkline.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';

type Mailbox = CollectionPageQuery['collection'][number];

const words = { WORKING: 'Working', FAILING: 'Failing', PAUSED: 'Paused', NOT_CONFIGURED: 'Not set up' } as const;
const looks = {
  WORKING: 'badge--good',
  FAILING: 'badge--bad',
  PAUSED: 'badge--note',
  NOT_CONFIGURED: 'badge--note',
} as const;

function Facts({ mailbox }: { mailbox: Mailbox }) {
  const now = useNow();
  const facts = [
    ['Last success', mailbox.lastSuccessAt ? formatAgo(mailbox.lastSuccessAt, now) : 'never'],
    ['Next check', mailbox.nextAttemptAt && mailbox.state !== 'PAUSED' ? formatTime(mailbox.nextAttemptAt) : '–'],
    ['Letters in 24 h', formatCount(mailbox.collectedLast24h)],
    ['Left on the server', mailbox.leftOnServer === null ? '–' : formatCount(mailbox.leftOnServer)],
    ['Blocked in 24 h', formatCount(mailbox.blockedLast24h)],
    ['Waiting for you', formatCount(mailbox.heldCount)],
  ] as const;
  return <FactList className="mailbox__facts" facts={facts} />;
}

/** One mailbox: its state in a word, why, and what can be done. */
export function MailboxCard({ mailbox, onChanged }: { mailbox: Mailbox; onChanged: () => void }) {
  const isAdministrator = useIsAdministrator();
  const [collect, collecting] = useMutation(CollectNowDocument);
  const [pause, pausing] = useMutation(PauseCollectionDocument);
  const isPaused = mailbox.state === 'PAUSED';
  const isSetUp = mailbox.state !== 'NOT_CONFIGURED';
  const attempt = (work: Promise<unknown>, done: string) =>
    work.then(
      () => {
        sayDone(done);
        onChanged();
      },
      (error: unknown) => sayFailed(explain(error).message),
    );
  return (
    <section className="card mailbox" aria-label={mailbox.address ?? 'Mailbox'}>
      <div className="mailbox__head">
        <h2>{mailbox.address ?? 'No Support Email yet'}</h2>
        <span className={`badge ${looks[mailbox.state]}`}>
          {words[mailbox.state]}
          {mailbox.state === 'FAILING' && mailbox.since ? ` since ${formatTime(mailbox.since)}` : ''}
        </span>
        {mailbox.collecting && <span className="badge badge--blue">Checking now…</span>}
        <span className="spacer" />
        <Sparkline
          values={mailbox.hourly}
          width={150}
          height={32}
          label={`${plural(mailbox.collectedLast24h, 'letter')} in the last 24 hours, hour by hour`}
        />
      </div>
      {mailbox.state === 'WORKING' ? (
        <p className="second">{mailbox.reason}</p>
      ) : (
        <Notice
          tone={mailbox.state === 'FAILING' ? 'bad' : 'warn'}
          action={
            isAdministrator &&
            !isPaused && (
              <Link to="/settings" hash="pop3Host">
                Fix
              </Link>
            )
          }
        >
          {mailbox.reason}
        </Notice>
      )}
      <Facts mailbox={mailbox} />
      <div className="form-actions">
        <Button
          look="primary"
          icon={<IconRefresh size={16} aria-hidden="true" />}
          disabled={!isSetUp || isPaused}
          isBusy={collecting.loading || mailbox.collecting}
          onClick={() => void attempt(collect(), 'Mail is being checked now.')}
        >
          Check mail now
        </Button>
        {isAdministrator && isSetUp && (
          <Button
            icon={
              isPaused ? (
                <IconPlayerPlay size={16} aria-hidden="true" />
              ) : (
                <IconPlayerPause size={16} aria-hidden="true" />
              )
            }
            isBusy={pausing.loading}
            onClick={() =>
              void attempt(
                pause({ variables: { input: { paused: !isPaused } } }),
                isPaused ? 'Mail is collected again.' : 'Collection is paused. Mail waits on its server.',
              )
            }
          >
            {isPaused ? 'Continue' : 'Pause'}
          </Button>
        )}
      </div>
      <p className="second">Letters are removed from the mail server only after they are safely stored here.</p>
    </section>
  );
}
