import { useQuery } from '@apollo/client/react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { OutgoingMailsDocument, type OutgoingRowFragment } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { type Act, ActDialog } from './ActDialog.tsx';
import { OutgoingRow } from './OutgoingRow.tsx';
import {
  KIND_CHOICES,
  type KindChoice,
  type SendingSearch,
  STATE_CHOICES,
  type StateChoice,
  toFilter,
} from './sending-search.ts';
import { useHeldList } from './use-held-list.ts';

const WINDOW = 50;
const POLL_MS = 5000;
const TYPING_MS = 250;

interface ChoicesProps {
  search: SendingSearch;
  onChoose: (part: SendingSearch) => void;
}

function Choices({ search, onChoose }: ChoicesProps) {
  const states: [string, StateChoice | undefined][] = [
    ['All', undefined],
    ...Object.entries(STATE_CHOICES).map(([value, { name }]): [string, StateChoice] => [name, value as StateChoice]),
  ];
  return (
    <>
      <fieldset className="outgoing__choices">
        <legend className="visually-hidden">Where the mail stands</legend>
        {states.map(([name, value]) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={value === search.state}
            onClick={() => onChoose({ state: value })}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <span className="spacer" />
      <select
        className="outgoing__field"
        aria-label="Kind of mail"
        value={search.kind ?? ''}
        onChange={(event) => onChoose({ kind: (event.currentTarget.value || undefined) as KindChoice | undefined })}
      >
        <option value="">Every kind</option>
        {Object.entries(KIND_CHOICES).map(([value, { name }]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
      <RecipientSearch q={search.q ?? ''} onSearch={(q) => onChoose({ q: q || undefined })} />
    </>
  );
}

/** Looks for a recipient a moment after the typing stops. */
function RecipientSearch({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped((now) => (now.trim() === q ? now : q)), [q]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    if (typed.trim() === q) return;
    const timer = setTimeout(() => onSearch(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      type="search"
      className="outgoing__field outgoing__search"
      aria-label="Find a recipient"
      placeholder="Find a recipient"
      maxLength={200}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

const isNarrowed = ({ state, kind, q }: SendingSearch) => Boolean(state ?? kind ?? q);

/** Every outgoing mail, newest first, with what can be done for it. */
export function OutgoingMails({ onChanged }: { onChanged: () => void }) {
  const search = useSearch({ from: '/app/administration/sending' });
  const navigate = useNavigate();
  const [question, setQuestion] = useState<{ mail: OutgoingRowFragment; act: Act } | null>(null);
  const { data, previousData, error, refetch } = useQuery(OutgoingMailsDocument, {
    variables: { filter: toFilter(search), first: WINDOW, after: search.after ?? null },
    fetchPolicy: 'cache-and-network',
    pollInterval: POLL_MS,
  });
  const mails = (data ?? (error ? undefined : previousData))?.outgoingMails;
  const key = JSON.stringify([toFilter(search), search.after]);
  const { held, hold } = useHeldList(mails?.nodes ?? [], key, !data);
  const go = (part: SendingSearch) =>
    void navigate({ to: '/sending', search: { ...search, after: undefined, ...part } });
  const onDone = () => {
    onChanged();
    void refetch();
  };
  return (
    <section aria-label="Outgoing mails" className="outgoing">
      <div className="outgoing__head">
        <h2>Mails {mails && <span className="badge badge--count">{formatCount(mails.totalCount)}</span>}</h2>
        <Choices search={search} onChoose={go} />
      </div>
      {error && (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {explain(error).message}
        </Notice>
      )}
      {!mails && !error && <SkeletonLines count={6} />}
      {mails && held.length === 0 && (
        <EmptyState title={isNarrowed(search) || search.after ? 'No mail matches' : 'No mail has been written yet'}>
          {isNarrowed(search) || search.after ? (
            <Button onClick={() => void navigate({ to: '/sending', search: {} })}>Show all mails</Button>
          ) : (
            <p>Replies, confirmations and mass mail appear here on their way out.</p>
          )}
        </EmptyState>
      )}
      {held.length > 0 && (
        <section className="data-table-frame" aria-label="Table of mails" {...hold}>
          <table className="data-table outgoing__table">
            <thead>
              <tr>
                <th scope="col">Written</th>
                <th scope="col">To and subject</th>
                <th scope="col">What</th>
                <th scope="col">State</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {held.map((mail) => (
                <OutgoingRow
                  key={mail.id}
                  mail={mail}
                  onDone={onDone}
                  onAsk={(row, act) => setQuestion({ mail: row, act })}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {(search.after || mails?.pageInfo.hasNextPage) && (
        <nav className="outgoing__pages" aria-label="Pages">
          {search.after && <Button onClick={() => go({})}>Newest</Button>}
          {mails?.pageInfo.hasNextPage && (
            <Button onClick={() => go({ after: mails.pageInfo.endCursor ?? undefined })}>Older mails</Button>
          )}
        </nav>
      )}
      {question && <ActDialog {...question} onDone={onDone} onClose={() => setQuestion(null)} />}
    </section>
  );
}
