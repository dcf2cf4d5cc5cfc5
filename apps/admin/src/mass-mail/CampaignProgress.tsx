import { useMutation } from '@apollo/client/react';
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  type CampaignProgressFieldsFragment,
  ContinueCampaignDocument,
  PauseCampaignDocument,
  StopCampaignDocument,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { FactList } from '../ui/FactList.tsx';
import { formatCount, formatMoment } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';
import { timeLeft } from './campaign-words.ts';
import { ProgressBar } from './ProgressBar.tsx';
import { RecipientsTable } from './RecipientsTable.tsx';
import { ResultPlot } from './ResultPlot.tsx';

function Facts({ campaign }: { campaign: CampaignProgressFieldsFragment }) {
  const now = useNow();
  const { counts, sentPerMinute, estimatedEndAt, endedAt, answers } = campaign;
  const facts = [
    ['Sent', formatCount(counts.sent)],
    ['Waiting', formatCount(counts.waiting + counts.sending)],
    ['Failed', formatCount(counts.failed)],
    ['Unknown', formatCount(counts.unknown)],
    ['Came back', formatCount(counts.bounced)],
    ['Not sent', formatCount(counts.skipped)],
    ['Unsubscribed', formatCount(counts.unsubscribed)],
    ['Answers', formatCount(answers)],
    ...(campaign.state === 'RUNNING'
      ? ([
          ['Rate', sentPerMinute === null ? '–' : `${formatCount(Math.round(sentPerMinute))} a minute`],
          ['Done in', estimatedEndAt ? timeLeft(estimatedEndAt, now) : '–'],
        ] as const)
      : endedAt
        ? ([['Ended', formatMoment(endedAt, now)]] as const)
        : []),
  ] as const;
  return <FactList className="mailing-facts" facts={facts} />;
}

/** How far a mailing is, what can be done about it, and what became of everybody's mail. */
export function CampaignProgress({ campaign }: { campaign: CampaignProgressFieldsFragment }) {
  const now = useNow();
  const { id, state, counts, scheduledAt } = campaign;
  const [pause, pausing] = useMutation(PauseCampaignDocument);
  const [goOn, going] = useMutation(ContinueCampaignDocument);
  const [stop, stopping] = useMutation(StopCampaignDocument);
  const [isSure, setSure] = useState(false);
  const variables = { input: { campaignId: id } };
  const attempt = (work: Promise<unknown>, done: string) =>
    work.then(
      () => sayDone(done),
      (error: unknown) => sayFailed(explain(error).message),
    );
  const canStop = state === 'RUNNING' || state === 'PAUSED' || state === 'SCHEDULED';
  return (
    <div className="mailing">
      <section className="card mailing__step" aria-label="Progress">
        {state === 'SCHEDULED' && scheduledAt && (
          <Notice>
            It begins {formatMoment(scheduledAt, now)} by itself and goes to {formatCount(counts.recipients)}.
          </Notice>
        )}
        <ProgressBar counts={counts} />
        <Facts campaign={campaign} />
        {counts.unknown > 0 && (
          <Notice tone="warn">
            {counts.unknown === 1 ? 'One mail was' : `${formatCount(counts.unknown)} mails were`} being handed over when
            the connection or the product ended: nobody knows whether they arrived. They are never sent again by
            themselves and stand below by name.
          </Notice>
        )}
        <div className="form-actions">
          {state === 'RUNNING' && (
            <Button
              icon={<IconPlayerPause size={16} aria-hidden="true" />}
              isBusy={pausing.loading}
              onClick={() => void attempt(pause({ variables }), 'The mailing is paused.')}
            >
              Pause
            </Button>
          )}
          {state === 'PAUSED' && (
            <Button
              look="primary"
              icon={<IconPlayerPlay size={16} aria-hidden="true" />}
              isBusy={going.loading}
              onClick={() => void attempt(goOn({ variables }), 'The mailing goes on.')}
            >
              Continue
            </Button>
          )}
          {canStop && !isSure && (
            <Button icon={<IconPlayerStop size={16} aria-hidden="true" />} onClick={() => setSure(true)}>
              Stop
            </Button>
          )}
          {canStop && isSure && (
            <>
              <span>End it for good? Who has not got it gets nothing.</span>
              <Button
                look="danger"
                isBusy={stopping.loading}
                onClick={() => void attempt(stop({ variables }), 'The mailing is stopped.').then(() => setSure(false))}
              >
                Stop it
              </Button>
              <Button onClick={() => setSure(false)}>Keep going</Button>
            </>
          )}
          <span className="spacer" />
          <a className="button" href={campaign.exportUrl} download>
            <IconDownload size={16} aria-hidden="true" />
            Export as CSV
          </a>
        </div>
      </section>
      {campaign.results.length > 0 && <ResultPlot results={campaign.results} />}
      <RecipientsTable campaign={campaign} />
    </div>
  );
}
