import { Link } from '@tanstack/react-router';
import { Button } from '../ui/Button.tsx';
import { formatExact, formatMoment } from '../ui/format.ts';
import { EmptyState, Notice } from '../ui/Notice.tsx';
import { useNow } from '../ui/use-now.ts';
import type { OpenTicket } from './open-ticket.ts';
import { useThreadActions } from './use-thread-actions.ts';
import { useTicketActions } from './use-ticket-actions.ts';

type Event = OpenTicket['events'][number];

function TicketLink({ number, children }: { number: number; children?: React.ReactNode }) {
  return (
    <Link to="/tickets/$number" params={{ number: String(number) }} search={true}>
      #{number}
      {children}
    </Link>
  );
}

/** Where a merged ticket leads. */
export function MergedNotice({ ticket }: { ticket: OpenTicket }) {
  const { mergedInto } = ticket;
  if (!mergedInto) return null;
  return (
    <>
      <EmptyState title={`This ticket was merged into #${mergedInto.number}`}>
        <p>Its messages stand there, and answers to it go there.</p>
        <p>
          <TicketLink number={mergedInto.number}> {mergedInto.subject}</TicketLink>
        </p>
      </EmptyState>
      <ol className="messages__list messages__list--merged" aria-label="History">
        {ticket.events.map((event) => (
          <HistoryLine key={event.id} event={event} ticketId={ticket.id} />
        ))}
      </ol>
    </>
  );
}

/** Tickets that may be one matter with this one, both ways, and who answered it then. */
export function LinkedTickets({ ticket }: { ticket: OpenTicket }) {
  const { assign } = useTicketActions();
  const { linkedTo, linkedFrom, assignee } = ticket;
  const former = linkedTo?.assignee;
  const from = linkedFrom.filter(({ mergedInto }) => mergedInto?.id !== ticket.id);
  if (ticket.mergedInto || (!linkedTo && from.length === 0)) return null;
  return (
    <div className="ticket-links">
      {linkedTo && (
        <Notice
          action={
            former && !assignee ? (
              <Button size="small" onClick={() => void assign([ticket], former)}>
                Assign to {former.name}
              </Button>
            ) : undefined
          }
        >
          Possible follow-up of <TicketLink number={linkedTo.number}> {linkedTo.subject}</TicketLink>
        </Notice>
      )}
      {from.length > 0 && (
        <Notice>
          May go on in{' '}
          {from.map((other, i) => (
            <span key={other.id}>
              {i > 0 && ', '}
              <TicketLink number={other.number}>{from.length === 1 ? ` ${other.subject}` : null}</TicketLink>
            </span>
          ))}
        </Notice>
      )}
    </div>
  );
}

function Sentence({ event, ticketId }: { event: Event; ticketId: string }) {
  const { kind, address, ticket, otherTicket } = event;
  const letter = address ? `the letter of ${address}` : 'a message';
  const isHere = ticket?.id === ticketId;
  const there = isHere ? otherTicket : ticket;
  const link = there ? <TicketLink number={there.number} /> : 'a deleted ticket';
  switch (kind) {
    case 'SPLIT':
      return isHere ? (
        <>
          split {letter} off to {link}
        </>
      ) : (
        <>split this ticket off from {link}</>
      );
    case 'MOVE':
      return isHere ? (
        <>
          moved {letter} to {link}
        </>
      ) : (
        <>
          moved {letter} here from {link}
        </>
      );
    case 'MERGE':
      return isHere ? <>merged this ticket into {link}</> : <>merged {link} into this ticket</>;
    case 'ADD_SENDER':
      return <>added {address} to this ticket</>;
  }
}

/** One of its tickets was deleted since: there is no way back. */
const leadsNowhere = ({ kind, ticket, otherTicket }: Event) =>
  ticket === null || (kind !== 'ADD_SENDER' && otherTicket === null);

/** One grey line of history, with the way back. */
export function HistoryLine({ event, ticketId }: { event: Event; ticketId: string }) {
  const actions = useThreadActions();
  const now = useNow();
  return (
    <li className={`history-line${event.undoneAt ? ' history-line--undone' : ''}`}>
      <span>
        {event.agent?.name ?? 'A program'} <Sentence event={event} ticketId={ticketId} />
        {' · '}
        <time dateTime={event.at} title={formatExact(event.at)}>
          {formatMoment(event.at, now)}
        </time>
      </span>
      {event.undoneAt && <span>taken back</span>}
      {!event.undoneAt && !leadsNowhere(event) && (
        <button type="button" className="text-button" onClick={() => void actions.undo(event.id)}>
          Take back
        </button>
      )}
    </li>
  );
}
