import { useQuery } from '@apollo/client/react';
import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { TicketToDeleteDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { type ToDelete, useDeleteTickets } from './use-delete-tickets.ts';
import './delete-tickets.css';
import '../ui/mantine-forms.css';

interface DeleteTicketsDialogProps {
  targets: readonly ToDelete[];
  /** Numbers of tickets that were merged into the only one. */
  merged?: readonly number[];
  onClose: () => void;
  onDeleted: () => void;
}

/** Asks before tickets are deleted, since there is no way back; several at once also for their number. */
export function DeleteTicketsDialog({ targets, merged = [], onClose, onDeleted }: DeleteTicketsDialogProps) {
  const { remove, isBusy, trouble } = useDeleteTickets();
  const [typed, setTyped] = useState('');
  const only = targets.length === 1 ? targets[0] : undefined;
  const { data } = useQuery(TicketToDeleteDocument, {
    variables: { id: only?.id ?? '' },
    skip: !only,
    fetchPolicy: 'network-only',
  });
  const isSure = only !== undefined || typed.trim() === String(targets.length);
  const what = only ? `#${only.number}` : plural(targets.length, 'ticket');
  const written = data?.ticket
    ? `${plural(data.ticket.messageCount, 'message')}, notes among them${
        data.ticket.attachmentCount > 0 ? `, with ${plural(data.ticket.attachmentCount, 'file')}` : ''
      }`
    : 'all messages, notes and files';
  const onDelete = async () => {
    if (!(await remove(targets))) return;
    onDeleted();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Delete ${what} for ever?`}
      size={520}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className="form-stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSure) void onDelete();
        }}
      >
        {trouble && <Notice tone="bad">{trouble}</Notice>}
        <p>This cannot be undone. With {only ? 'the ticket' : 'the tickets'} go:</p>
        <ul className="delete-list">
          <li>{written}, and what anybody has begun to write</li>
          <li>the sources of {only ? 'its' : 'their'} letters</li>
          <li>mails that wait to be sent: they are not sent</li>
          <li>what suggestions have learnt from {only ? 'it' : 'them'}</li>
          {merged.length > 0 && (
            <li>
              {merged.length === 1 ? 'the ticket' : 'the tickets'} merged into it:{' '}
              {merged.map((number) => `#${number}`).join(', ')}
            </li>
          )}
          {!only && <li>tickets that were merged into them</li>}
        </ul>
        <p className="second">
          Only the number and your name remain, and that the letters came in, so that none is collected again. An answer
          becomes a new ticket.
        </p>
        {!only && (
          <TextInput
            label={`Type ${targets.length} to delete ${formatCount(targets.length)} tickets`}
            inputMode="numeric"
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <div className="form-actions">
          <Button look="danger" type="submit" isBusy={isBusy} disabled={!isSure}>
            Delete for ever
          </Button>
          <Button onClick={onClose}>Keep</Button>
        </div>
      </form>
    </Modal>
  );
}
