import { useQuery } from '@apollo/client/react';
import { explain } from '../apollo/errors.ts';
import { SendingPageDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { FailureCauses } from './FailureCauses.tsx';
import { OutgoingMails } from './OutgoingMails.tsx';
import { SendingCard } from './SendingCard.tsx';
import './sending.css';

const POLL_MS = 5000;

/** How outgoing mail fares, and what became of every mail. */
export function SendingPage() {
  const { data, error, refetch } = useQuery(SendingPageDocument, {
    fetchPolicy: 'cache-and-network',
    pollInterval: POLL_MS,
  });
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Sending</h1>
        </div>
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {data && 'These are the last figures that came. '}
            {explain(error).message}
          </Notice>
        )}
        {!data && !error && (
          <div className="sending-loading">
            <SkeletonLines count={6} />
          </div>
        )}
        {data && (
          <div className="sending-pair">
            <SendingCard sending={data.sending} />
            <FailureCauses causes={data.sending.failureCauses} onChanged={() => void refetch()} />
          </div>
        )}
        <OutgoingMails onChanged={() => void refetch()} />
      </div>
    </div>
  );
}
