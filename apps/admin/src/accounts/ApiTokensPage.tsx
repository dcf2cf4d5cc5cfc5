import { useMutation, useQuery } from '@apollo/client/react';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type ApiTokenFieldsFragment, ApiTokensDocument, RevokeApiTokenDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatAgo, formatDay } from '../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';
import { ApiTokenDialog } from './ApiTokenDialog.tsx';
import './accounts.css';

function stateOf(token: ApiTokenFieldsFragment, now: number): 'Active' | 'Revoked' | 'Expired' {
  if (token.revokedAt) return 'Revoked';
  return Date.parse(token.expiresAt) < now ? 'Expired' : 'Active';
}

function TokenRow({ token }: { token: ApiTokenFieldsFragment }) {
  const now = useNow();
  const [isSure, setSure] = useState(false);
  const [revoke, { loading }] = useMutation(RevokeApiTokenDocument);
  const state = stateOf(token, now);
  const onRevoke = () =>
    revoke({ variables: { input: { apiTokenId: token.id } } }).then(
      () => sayDone(`The token “${token.name}” works no more.`),
      (error: unknown) => sayFailed(explain(error).message),
    );
  return (
    <tr className={state === 'Active' ? '' : 'is-off'}>
      <td>
        <strong>{token.name}</strong>
        <span className="second mono token-prefix">{token.prefix}…</span>
      </td>
      <td className="mono">{token.scopes.join(', ')}</td>
      <td>{token.lastUsedAt ? formatAgo(token.lastUsedAt, now) : 'Never'}</td>
      <td>{formatDay(token.expiresAt)}</td>
      <td>
        <span className={`badge ${state === 'Active' ? 'badge--good' : ''}`}>{state}</span>
      </td>
      <td>
        <span className="row-actions">
          {state === 'Active' && !isSure && (
            <Button size="small" onClick={() => setSure(true)} aria-label={`Revoke ${token.name}`}>
              Revoke
            </Button>
          )}
          {state === 'Active' && isSure && (
            <>
              <Button size="small" look="danger" isBusy={loading} onClick={() => void onRevoke()}>
                Revoke for ever
              </Button>
              <Button size="small" onClick={() => setSure(false)}>
                Keep
              </Button>
            </>
          )}
        </span>
      </td>
    </tr>
  );
}

/** The keys of programs: what each may do, until when, and the way to take it back. */
export function ApiTokensPage() {
  const { data, error, refetch } = useQuery(ApiTokensDocument, { fetchPolicy: 'cache-and-network' });
  const [isCreating, setCreating] = useState(false);
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>API tokens</h1>
          <span className="spacer" />
          <Button
            look="primary"
            size="big"
            icon={<IconKey size={17} aria-hidden="true" />}
            onClick={() => setCreating(true)}
          >
            New token
          </Button>
        </div>
        <p className="second page__words">
          A program sends its token as “Authorization: Bearer …” to /graphql. A token is shown once, when it is made.
        </p>
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!data && !error && <SkeletonLines count={5} />}
        {data?.apiTokens.length === 0 && <EmptyState title="No program has a token" />}
        {data && data.apiTokens.length > 0 && (
          <section className="data-table-frame" aria-label="Table of API tokens">
            <table className="data-table">
              <thead>
                <tr>
                  {['Name', 'Scopes', 'Last used', 'Expires', 'State'].map((head) => (
                    <th key={head} scope="col">
                      {head}
                    </th>
                  ))}
                  <th scope="col">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {data.apiTokens.map((token) => (
                  <TokenRow key={token.id} token={token} />
                ))}
              </tbody>
            </table>
          </section>
        )}
        {isCreating && <ApiTokenDialog onClose={() => setCreating(false)} onCreated={() => void refetch()} />}
      </div>
    </div>
  );
}
