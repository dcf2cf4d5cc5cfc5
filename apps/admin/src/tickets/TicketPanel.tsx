import { Avatar } from '../ui/Avatar.tsx';
import { formatCount, formatDay } from '../ui/format.ts';
import { ArticleSuggestions } from './ArticleSuggestions.tsx';
import type { OpenTicket } from './open-ticket.ts';
import { RequesterKeys } from './RequesterKeys.tsx';
import type { Insertion } from './use-reply-draft.ts';

/** Beside the conversation: answers that may fit, and who asks. */
export function TicketPanel({ ticket, onInsert }: { ticket: OpenTicket; onInsert: (insertion: Insertion) => void }) {
  const name = ticket.requester.name ?? ticket.requester.email ?? 'Unknown sender';
  return (
    <aside className="ticket-panel" aria-label="Suggestions and customer">
      <ArticleSuggestions ticket={ticket} onInsert={onInsert} />
      <RequesterKeys keys={ticket.requesterKeys} />
      <section aria-label="Customer">
        <h2>Customer</h2>
        <div className="card customer">
          <div className="customer__head">
            <Avatar name={name} size={34} {...(ticket.highlight ? { tone: 'priority' as const } : {})} />
            <span>
              <strong dir="auto">{name}</strong>
              {ticket.requester.email && (
                <span className="second" title={ticket.requester.email}>
                  {ticket.requester.email}
                </span>
              )}
            </span>
          </div>
          <dl>
            <dt>Tickets</dt>
            <dd>
              {formatCount(ticket.requesterTicketCount)} · {formatCount(ticket.requesterOpenCount)} open
            </dd>
            {ticket.requesterFirstSeenAt && (
              <>
                <dt>First seen</dt>
                <dd>{formatDay(ticket.requesterFirstSeenAt)}</dd>
              </>
            )}
          </dl>
        </div>
      </section>
    </aside>
  );
}
