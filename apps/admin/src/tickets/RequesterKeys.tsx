import { useMutation } from '@apollo/client/react';
import { IconKey } from '@tabler/icons-react';
import { explain } from '../apollo/errors.ts';
import { ForgetRequesterKeyDocument, UseRequesterKeyDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import type { OpenTicket } from './open-ticket.ts';

type RequesterKey = OpenTicket['requesterKeys'][number];

/** Public keys that came with the customer's letters. None is used before somebody compares its fingerprint and says so. */
export function RequesterKeys({ keys }: { keys: readonly RequesterKey[] }) {
  if (keys.length === 0) return null;
  return (
    <section aria-label="Encryption">
      <h2>Encryption</h2>
      {keys.map((key) => (
        <KeyCard key={key.id} requesterKey={key} />
      ))}
    </section>
  );
}

function KeyCard({ requesterKey: key }: { requesterKey: RequesterKey }) {
  const refetch = {
    refetchQueries: ['TicketPage'],
    awaitRefetchQueries: true,
    variables: { input: { requesterKeyId: key.id } },
  };
  const [use, using] = useMutation(UseRequesterKeyDocument, refetch);
  const [forget, forgetting] = useMutation(ForgetRequesterKeyDocument, refetch);
  const say = (work: Promise<unknown>, done: string) =>
    void work.then(
      () => sayDone(done),
      (error: unknown) => sayFailed(explain(error).message),
    );
  return (
    <div className="card requester-key">
      <strong>
        <IconKey size={15} aria-hidden="true" /> {key.verifiedAt ? 'Replies are encrypted' : 'A key came with the mail'}
      </strong>
      <span dir="auto">{key.userIds[0] ?? key.address}</span>
      <span className="mono">{key.fingerprint.replace(/(.{4})(?=.)/g, '$1 ')}</span>
      <span className="second">
        {key.verifiedAt
          ? `In use since ${formatDay(key.verifiedAt)}`
          : 'Anybody can send a key. Compare the fingerprint with the customer, by phone or on their site, before you use it.'}
        {key.expiresAt ? ` · expires ${formatDay(key.expiresAt)}` : ''}
      </span>
      <span className="form-actions">
        {key.verifiedAt ? (
          <Button
            size="small"
            isBusy={forgetting.loading}
            onClick={() => say(forget(), 'The key is not used any more.')}
          >
            Stop using it
          </Button>
        ) : (
          <>
            <Button
              size="small"
              look="soft"
              isBusy={using.loading}
              onClick={() => say(use(), 'Replies are now encrypted.')}
            >
              Use this key
            </Button>
            <Button size="small" isBusy={forgetting.loading} onClick={() => say(forget(), 'The offer is gone.')}>
              Dismiss
            </Button>
          </>
        )}
      </span>
    </div>
  );
}
