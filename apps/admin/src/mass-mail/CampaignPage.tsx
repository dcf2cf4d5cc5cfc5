import { useQuery } from '@apollo/client/react';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { explain } from '../apollo/errors.ts';
import { CampaignDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { CampaignEditor } from './CampaignEditor.tsx';
import { CampaignProgress } from './CampaignProgress.tsx';
import { stateLooks, stateWords } from './campaign-words.ts';
import './mass-mail.css';

const POLL_MS = 1500;
/** Mails come back and answers come in long after the last one left. */
const ENDED_POLL_MS = 15_000;

/** One mailing: while it is a draft the steps to write it, from then on how far it is. */
export function CampaignPage() {
  const { id } = useParams({ from: '/app/administration/mass-mail/$id' });
  const { data, error, refetch, startPolling, stopPolling } = useQuery(CampaignDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    skipPollAttempt: () => document.hidden,
  });
  const campaign = data?.campaign;
  const isMoving = campaign?.state === 'RUNNING' || campaign?.state === 'PAUSED' || campaign?.state === 'SCHEDULED';
  const isDraft = campaign?.state === 'DRAFT';
  useEffect(() => {
    if (isDraft) stopPolling();
    else startPolling(isMoving ? POLL_MS : ENDED_POLL_MS);
  }, [isDraft, isMoving, startPolling, stopPolling]);
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <Link to="/mass-mail" className="icon-button" aria-label="Back to all mailings" title="Back to all mailings">
            <IconArrowLeft size={18} aria-hidden="true" />
          </Link>
          <h1>{campaign ? campaign.subject || 'New mailing' : 'Mailing'}</h1>
          {campaign && <span className={`badge ${stateLooks[campaign.state]}`}>{stateWords[campaign.state]}</span>}
        </div>
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!data && !error && <SkeletonLines count={8} />}
        {data && !campaign && (
          <EmptyState title="This mailing does not exist">
            <p>It may have been deleted.</p>
          </EmptyState>
        )}
        {campaign?.state === 'DRAFT' && <CampaignEditor key={id} campaign={campaign} />}
        {campaign && campaign.state !== 'DRAFT' && <CampaignProgress campaign={campaign} />}
      </div>
    </div>
  );
}
