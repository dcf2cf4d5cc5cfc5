import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  type CampaignProgressFieldsFragment,
  CampaignRecipientsDocument,
  type RecipientState,
  RetryCampaignRecipientDocument,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, formatMoment } from '../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';
import { recipientWords } from './campaign-words.ts';

const WINDOW = 50;
const choices: readonly { name: string; value: string; state: RecipientState[] | null }[] = [
  { name: 'With trouble', value: 'trouble', state: ['FAILED', 'UNKNOWN', 'BOUNCED'] },
  { name: 'Waiting', value: 'waiting', state: ['WAITING', 'QUEUED', 'SENDING'] },
  { name: 'Sent', value: 'sent', state: ['SENT'] },
  { name: 'Not sent', value: 'skipped', state: ['SKIPPED'] },
  { name: 'All', value: 'all', state: null },
];

/** Everybody who is written to, by what became of the mail, with the mail server's words and another try for a refused one. */
export function RecipientsTable({ campaign }: { campaign: CampaignProgressFieldsFragment }) {
  const now = useNow();
  const [choice, setChoice] = useState('trouble');
  const [search, setSearch] = useState('');
  const [retry, retrying] = useMutation(RetryCampaignRecipientDocument);
  const state = choices.find(({ value }) => value === choice)?.state ?? null;
  const isMoving = campaign.state === 'RUNNING';
  const { data, error, fetchMore, refetch } = useQuery(CampaignRecipientsDocument, {
    variables: { id: campaign.id, state, search: search.trim() || null, first: WINDOW, after: null },
    fetchPolicy: 'cache-and-network',
    pollInterval: isMoving ? 3000 : 15_000,
  });
  const recipients = data?.campaign?.recipients;
  const onRetry = (recipientId: string) =>
    retry({ variables: { input: { recipientId } } }).then(
      () => {
        sayDone('The mail is tried again.');
        void refetch();
      },
      (failure: unknown) => sayFailed(explain(failure).message),
    );
  return (
    <section aria-label="Recipients" className="mailing-recipients">
      <div className="mailing-recipients__head">
        <h2>
          Recipients {recipients && <span className="badge badge--count">{formatCount(recipients.totalCount)}</span>}
        </h2>
        <fieldset className="mailing-recipients__choices">
          <legend className="visually-hidden">What became of the mail</legend>
          {choices.map(({ name, value }) => (
            <button
              key={value}
              type="button"
              className="chip"
              aria-pressed={value === choice}
              onClick={() => setChoice(value)}
            >
              {name}
            </button>
          ))}
        </fieldset>
        <input
          type="search"
          className="mailing-recipients__search"
          aria-label="Find an address"
          placeholder="Find an address"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      {error && (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {explain(error).message}
        </Notice>
      )}
      {!recipients && !error && <SkeletonLines count={4} />}
      {recipients?.nodes.length === 0 && (
        <EmptyState title={choice === 'trouble' && !search ? 'No trouble so far' : 'Nobody is in this list'} />
      )}
      {recipients && recipients.nodes.length > 0 && (
        <div className="data-table-frame">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Address</th>
                <th scope="col">State</th>
                <th scope="col">When</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {recipients.nodes.map(({ id, address, name, state: its, detail, sentAt }) => (
                <tr key={id}>
                  <td>
                    {address}
                    {name && <span className="second mailing-name">{name}</span>}
                  </td>
                  <td>
                    {recipientWords[its]}
                    {detail && its !== 'SENT' && <span className="second mailing-name">{detail}</span>}
                  </td>
                  <td>{sentAt ? formatMoment(sentAt, now) : '–'}</td>
                  <td>
                    {its === 'FAILED' && (
                      <Button
                        size="small"
                        isBusy={retrying.loading}
                        aria-label={`Try again: ${address}`}
                        onClick={() => void onRetry(id)}
                      >
                        Try again
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {recipients?.pageInfo.hasNextPage && (
        <Button
          className="mailing-more"
          onClick={() => void fetchMore({ variables: { after: recipients.pageInfo.endCursor } })}
        >
          Show {WINDOW} more
        </Button>
      )}
    </section>
  );
}
