import { useQuery } from '@apollo/client/react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { type InboundFate, LedgerDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { LedgerRow } from './LedgerRow.tsx';

const WINDOW = 50;
const choices: readonly { name: string; value: string; fate: InboundFate[] | null }[] = [
  { name: 'All', value: '', fate: null },
  { name: 'Became tickets', value: 'tickets', fate: ['TICKETED', 'JOINED'] },
  { name: 'Blocked', value: 'blocked', fate: ['BLOCKED'] },
  { name: 'Held', value: 'held', fate: ['HELD'] },
  { name: 'Waiting', value: 'waiting', fate: ['COLLECTED'] },
];

/** Every letter that was ever seen, and what became of it. */
export function Ledger() {
  const { fate } = useSearch({ from: '/app/collection' });
  const navigate = useNavigate();
  const chosen = choices.find(({ value }) => value === fate) ?? choices[0];
  const { data, error, fetchMore, refetch } = useQuery(LedgerDocument, {
    variables: { filter: chosen?.fate ? { fate: chosen.fate } : null, first: WINDOW, after: null },
    fetchPolicy: 'cache-and-network',
  });
  const letters = data?.inboundMails;
  return (
    <section aria-label="Letters" className="ledger">
      <div className="ledger__head">
        <h2>Letters {letters && <span className="badge badge--count">{formatCount(letters.totalCount)}</span>}</h2>
        <fieldset className="ledger__choices">
          <legend className="visually-hidden">What became of them</legend>
          {choices.map(({ name, value }) => (
            <button
              key={value}
              type="button"
              className="chip"
              aria-pressed={value === chosen?.value}
              onClick={() => void navigate({ to: '/collection', search: { fate: value || undefined } })}
            >
              {name}
            </button>
          ))}
        </fieldset>
      </div>
      {error && (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {explain(error).message}
        </Notice>
      )}
      {!letters && !error && <SkeletonLines count={6} />}
      {letters?.nodes.length === 0 && (
        <EmptyState title={chosen?.value ? 'No letter of this kind' : 'No letter has come yet'} />
      )}
      {letters && letters.nodes.length > 0 && (
        <section className="data-table-frame" aria-label="Table of letters">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Received</th>
                <th scope="col">From and subject</th>
                <th scope="col">Fate</th>
                <th scope="col" className="is-number">
                  Size
                </th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {letters.nodes.map((letter) => (
                <LedgerRow key={letter.id} letter={letter} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {letters?.pageInfo.hasNextPage && (
        <Button
          className="ledger__more"
          onClick={() => void fetchMore({ variables: { after: letters.pageInfo.endCursor } })}
        >
          Show {WINDOW} more
        </Button>
      )}
    </section>
  );
}
