import { useQuery } from '@apollo/client/react';
import { Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { FindTicketsDocument, type FindTicketsQuery } from '../gql/graphql.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import '../ui/mantine-forms.css';

/** A ticket that was found. */
export type FoundTicket = FindTicketsQuery['tickets']['nodes'][number];

interface TicketPickerProps {
  title: string;
  /** What will happen to the chosen one. */
  help: string;
  /** Not to be chosen: the ticket that this begins from. */
  exceptId: string;
  onChoose: (ticket: FoundTicket) => void;
  onClose: () => void;
}

const statusWords = { OPEN: 'Open', ANSWERED: 'Answered', ON_HOLD: 'On hold', CLOSED: 'Closed' } as const;

/** Finds one other ticket by number, words or sender. */
export function TicketPicker({ title, help, exceptId, onChoose, onClose }: TicketPickerProps) {
  const [sought, setSought] = useState('');
  const search = useDeferredValue(sought.trim().replace(/^#/, ''));
  const { data, previousData, error } = useQuery(FindTicketsDocument, {
    variables: { search },
    skip: search === '',
    fetchPolicy: 'network-only',
  });
  const found = (data ?? previousData)?.tickets.nodes.filter(({ id }) => id !== exceptId) ?? [];
  return (
    <Modal opened onClose={onClose} title={title} size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="form-stack">
        <TextInput
          data-autofocus
          label="Ticket"
          description={help}
          placeholder="Number, subject or sender"
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
        {error && <Notice tone="bad">{explain(error).message}</Notice>}
        {search !== '' && !data && !previousData && !error && <SkeletonLines count={3} />}
        {search !== '' && data && found.length === 0 && (
          <p className="second" role="status">
            No other ticket matches.
          </p>
        )}
        {search !== '' && found.length > 0 && (
          <ul className="ticket-choices" aria-label="Tickets">
            {found.map((ticket) => (
              <li key={ticket.id}>
                <button type="button" className="ticket-choice" onClick={() => onChoose(ticket)}>
                  <span className="ticket-choice__number">#{ticket.number}</span>
                  <span className="ticket-choice__words">
                    <strong dir="auto">{ticket.subject || 'No subject'}</strong>
                    <span className="second">
                      {ticket.requester.name ?? ticket.requester.email ?? 'Unknown sender'} ·{' '}
                      {statusWords[ticket.status]}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}
