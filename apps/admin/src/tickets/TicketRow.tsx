// biome-ignore-all lint/a11y/useSemanticElements: a virtual list cannot be a table
import { useFragment } from '@apollo/client/react';
import { IconFlagFilled, IconLock, IconPaperclip } from '@tabler/icons-react';
import { memo } from 'react';
import { type TicketRowFragment, TicketRowFragmentDoc } from '../gql/graphql.ts';
import { Avatar, NobodyMark } from '../ui/Avatar.tsx';
import { formatAge, formatExact } from '../ui/format.ts';
import { mailboxName } from '../ui/names.ts';
import { useNow } from '../ui/use-now.ts';
import { subjectWords } from './subject-words.ts';
import type { ListedTicket } from './use-section-rows.ts';

const statusWords = { OPEN: 'Open', ANSWERED: 'Answered', ON_HOLD: 'On hold', CLOSED: 'Closed' } as const;

/** How the row stands in the list. */
export interface RowPlace {
  domId: string;
  rowIndex: number;
  top: number;
  height: number;
  isRedAllowed: boolean;
  isCursor: boolean;
  isSelected: boolean;
  isOpen: boolean;
  isNew: boolean;
  /** The status that belongs to this section; another one is said on the row. Undefined where all belong. */
  homeStatus: TicketRowFragment['status'] | undefined;
}

interface TicketRowProps extends RowPlace {
  ticket: ListedTicket;
  onOpen: (ticket: ListedTicket) => void;
  onToggle: (ticket: ListedTicket, withRange: boolean) => void;
}

/** Everything that the row shows, in one spoken sentence. */
export function spokenRow(ticket: TicketRowFragment, age: string, isNew: boolean): string {
  const name = ticket.requester.name ?? ticket.requester.email ?? 'Unknown sender';
  const parts = [
    ticket.highlight && 'Priority',
    ticket.unread && 'unread',
    isNew && 'new',
    name,
    ticket.subject || ticket.encrypted ? subjectWords(ticket) : 'no subject',
    age === 'now' ? 'just now' : age,
    ticket.assignee ? `assigned to ${ticket.assignee.name}` : 'assigned to nobody',
  ];
  return parts.filter(Boolean).join(', ');
}

/** The word and the flag of a priority sender. Colour is never alone. */
export function PriorityBadge({ entry }: { entry?: string }) {
  return (
    <span className="badge badge--priority">
      <IconFlagFilled size={11} aria-hidden="true" />
      {entry ? `Priority · ${entry}` : 'Priority'}
    </span>
  );
}

function RowMarks({ ticket }: { ticket: TicketRowFragment }) {
  return (
    <span className="row__marks">
      {ticket.encrypted && <IconLock size={14} aria-label="Encrypted" />}
      {ticket.attachmentCount > 0 && (
        <span className="row__clips" title={`${ticket.attachmentCount} attachments`}>
          <IconPaperclip size={14} aria-hidden="true" />
          {ticket.attachmentCount}
        </span>
      )}
    </span>
  );
}

/** One ticket in the list: who, what, whose, how old. A priority sender's row is red and says so. */
export const TicketRow = memo(function TicketRow({ ticket, onOpen, onToggle, ...place }: TicketRowProps) {
  const now = useNow();
  const { data, complete } = useFragment({ fragment: TicketRowFragmentDoc, fragmentName: 'TicketRow', from: ticket });
  if (!complete) return <SkeletonRow top={place.top} height={place.height} />;
  return (
    <FilledRow
      ticket={data}
      now={now}
      place={place}
      onOpen={() => onOpen(ticket)}
      onToggle={(withRange) => onToggle(ticket, withRange)}
    />
  );
});

interface FilledRowProps {
  ticket: TicketRowFragment;
  now: number;
  place: RowPlace;
  onOpen: () => void;
  onToggle: (withRange: boolean) => void;
}

/** The row itself, from its data alone. */
export function FilledRow({ ticket, now, place, onOpen, onToggle }: FilledRowProps) {
  const isRed = Boolean(ticket.highlight) && place.isRedAllowed;
  const name = ticket.requester.name ?? ticket.requester.email ?? 'Unknown sender';
  const hasMoved = place.homeStatus !== undefined && ticket.status !== place.homeStatus;
  const age = formatAge(ticket.lastActivityAt, now);
  const classes = [
    'row',
    isRed && 'row--priority',
    ticket.unread && 'row--unread',
    place.isCursor && 'row--cursor',
    place.isOpen && 'row--open',
    hasMoved && 'row--moved',
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keyboard, by aria-activedescendant
    <div
      role="row"
      id={place.domId}
      tabIndex={-1}
      aria-rowindex={place.rowIndex}
      aria-selected={place.isSelected}
      aria-label={spokenRow(ticket, age, place.isNew)}
      className={classes.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${place.top}px)`, height: place.height }}
      onClick={onOpen}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box inside has the keyboard */}
      <span role="gridcell" tabIndex={-1} className="row__check" onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select ticket ${ticket.number}`}
          checked={place.isSelected}
          onChange={() => undefined}
          onClick={(event) => onToggle(event.shiftKey)}
        />
      </span>
      <span role="gridcell" tabIndex={-1} className="row__who">
        <span className="row__line">
          {ticket.unread && <span className="row__dot" title="Unread" />}
          <span className="row__name" dir="auto">
            {name}
          </span>
          {ticket.messageCount > 1 && <span className="row__count">{ticket.messageCount}</span>}
        </span>
        <span className="row__address">{ticket.requester.email}</span>
      </span>
      <span role="gridcell" tabIndex={-1} className="row__what">
        <span className="row__line">
          {ticket.highlight && <PriorityBadge />}
          {place.isNew && <span className="badge badge--blue">New</span>}
          {hasMoved && <span className="badge">{statusWords[ticket.status]}</span>}
          <span className="row__subject" dir="auto">
            {subjectWords(ticket)}
          </span>
        </span>
        <span className="row__snippet" dir="auto">
          {ticket.snippet}
        </span>
      </span>
      <span role="gridcell" tabIndex={-1} className="row__side">
        <RowMarks ticket={ticket} />
        <span className="row__mailbox" title={ticket.mailbox ?? undefined}>
          {ticket.mailbox && mailboxName(ticket.mailbox)}
        </span>
        {ticket.assignee ? <Avatar name={ticket.assignee.name} /> : <NobodyMark size={25} />}
      </span>
      <span role="gridcell" tabIndex={-1} className="row__when">
        <time dateTime={ticket.lastActivityAt} title={formatExact(ticket.lastActivityAt)}>
          {age}
        </time>
        <span className="row__number">#{ticket.number}</span>
      </span>
    </div>
  );
}

/** A row that is on its way, in its true height. */
export function SkeletonRow({ top, height }: { top: number; height: number }) {
  return (
    <div className="row row--skeleton" style={{ transform: `translateY(${top}px)`, height }} aria-hidden="true">
      <span />
      <span className="row__who">
        <span className="skeleton" style={{ width: '70%' }} />
        <span className="skeleton" style={{ width: '90%' }} />
      </span>
      <span className="row__what">
        <span className="skeleton" style={{ width: '44%' }} />
        <span className="skeleton" style={{ width: '68%' }} />
      </span>
    </div>
  );
}
