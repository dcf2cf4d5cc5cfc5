import { useQuery } from '@apollo/client/react';
import { explain } from '../apollo/errors.ts';
import { CollectionPageDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { CollectionLog } from './CollectionLog.tsx';
import { Ledger } from './Ledger.tsx';
import { MailboxCard } from './MailboxCard.tsx';
import './collection.css';

const POLL_MS = 5000;

/** How the mail collection fares, and what became of every letter. */
export function CollectionPage() {
  const { data, error, refetch } = useQuery(CollectionPageDocument, {
    fetchPolicy: 'cache-and-network',
    pollInterval: POLL_MS,
  });
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Mail collection</h1>
        </div>
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!data && !error && <SkeletonLines count={8} />}
        {data?.collection.map((mailbox) => (
          <div key={mailbox.id} className="mailbox-pair">
            <MailboxCard mailbox={mailbox} onChanged={() => void refetch()} />
            <CollectionLog log={mailbox.log} />
          </div>
        ))}
        <Ledger />
      </div>
    </div>
  );
}
