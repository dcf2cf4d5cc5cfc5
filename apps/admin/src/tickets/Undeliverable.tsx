import { useMutation } from '@apollo/client/react';
import { explain } from '../apollo/errors.ts';
import { ClearUndeliverableDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import type { OpenTicket } from './open-ticket.ts';

/** At the reply box: mail to the requester came back, and what to do when it reaches them after all. */
export function Undeliverable({ ticketId, requester }: { ticketId: string; requester: OpenTicket['requester'] }) {
  const [clear, clearing] = useMutation(ClearUndeliverableDocument);
  const trouble = requester.undeliverable;
  if (!trouble) return null;
  const take = () =>
    clear({ variables: { input: { ticketId } } })
      .then(() => sayDone(`${requester.email} is written to again.`))
      .catch((error: unknown) => sayFailed(explain(error).message));
  return (
    <Notice
      tone="warn"
      action={
        <Button size="small" isBusy={clearing.loading} onClick={() => void take()}>
          It works again
        </Button>
      }
    >
      Mail to {requester.email} came back on {formatDay(trouble.since)}: your reply may not arrive.
      {trouble.reason && (
        <span className="undeliverable__reason" title={trouble.reason}>
          {trouble.reason}
        </span>
      )}
    </Notice>
  );
}
