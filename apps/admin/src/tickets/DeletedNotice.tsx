import { useQuery } from '@apollo/client/react';
import { DeletedTicketDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatDay, formatExact } from '../ui/format.ts';
import { EmptyState, SkeletonLines } from '../ui/Notice.tsx';

interface DeletedNoticeProps {
  number: number;
  onBack: () => void;
}

/** In place of a ticket that is not there: who deleted it when, or that there never was one. */
export function DeletedNotice({ number, onBack }: DeletedNoticeProps) {
  const { data, error } = useQuery(DeletedTicketDocument, { variables: { number }, fetchPolicy: 'cache-and-network' });
  if (!data && !error) return <SkeletonLines count={3} />;
  const deleted = data?.deletedTicket;
  if (!deleted) {
    return (
      <EmptyState title="This ticket does not exist">
        <p>No ticket has this number, or you may not see it.</p>
        <Button onClick={onBack}>Back to the list</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`Ticket #${deleted.number} was deleted`}>
      <p>
        By {deleted.deletedBy ?? 'a program'} on{' '}
        <time dateTime={deleted.deletedAt} title={formatExact(deleted.deletedAt)}>
          {formatDay(deleted.deletedAt)}
        </time>
        , with all that was written in it. An answer to it becomes a new ticket.
      </p>
      <Button onClick={onBack}>Back to the list</Button>
    </EmptyState>
  );
}
