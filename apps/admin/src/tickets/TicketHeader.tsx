import { Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowMerge,
  IconBulb,
  IconCheck,
  IconChevronDown,
  IconClockPause,
  IconClockPlay,
  IconDots,
  IconFileCode,
  IconMailOpened,
  IconPrinter,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useIsAdministrator } from '../session/use-session.ts';
import { Avatar, NobodyMark } from '../ui/Avatar.tsx';
import { useActions } from '../ui/actions/registry.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { mailboxName } from '../ui/names.ts';
import { sayDone } from '../ui/undo.tsx';
import { AssignMenu } from './AssignMenu.tsx';
import { DeleteTicketsDialog } from './DeleteTicketsDialog.tsx';
import type { OpenTicket } from './open-ticket.ts';
import { subjectWords } from './subject-words.ts';
import { TicketPicker } from './TicketPicker.tsx';
import { PriorityBadge } from './TicketRow.tsx';
import { useThreadActions } from './use-thread-actions.ts';
import { closeOrReopen, holdOrResume, useTicketActions } from './use-ticket-actions.ts';

const statusWords = { OPEN: 'Open', ANSWERED: 'Answered', ON_HOLD: 'On hold', CLOSED: 'Closed' } as const;
const statusLooks = { OPEN: 'badge--good', ANSWERED: 'badge--blue', ON_HOLD: 'badge--note', CLOSED: '' } as const;
const ICON = { size: 16, 'aria-hidden': true } as const;

interface TicketHeaderProps {
  ticket: OpenTicket;
  isBackShown: boolean;
  onBack: () => void;
  onHeaders: () => void;
  /** Opens the panel where there is no room for it beside the ticket. */
  onPanel: (() => void) | undefined;
}

async function copyNumber(number: number) {
  await navigator.clipboard?.writeText(`#${number}`);
  sayDone(`#${number} copied.`);
}

function StateMenu({
  ticket,
  onHeaders,
  onMerge,
  onDelete,
}: Pick<TicketHeaderProps, 'ticket' | 'onHeaders'> & { onMerge: () => void; onDelete: (() => void) | undefined }) {
  const { markRead } = useTicketActions();
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <IconButton label="More actions" isFramed>
          <IconDots size={18} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconMailOpened {...ICON} />} onClick={() => void markRead(ticket.id, false)}>
          Mark unread
        </Menu.Item>
        {!ticket.mergedInto && (
          <Menu.Item
            leftSection={<IconArrowMerge {...ICON} />}
            rightSection={<kbd className="kbd">M</kbd>}
            onClick={onMerge}
          >
            Merge into another…
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconFileCode {...ICON} />}
          rightSection={<kbd className="kbd">Shift H</kbd>}
          onClick={onHeaders}
        >
          Headers and source
        </Menu.Item>
        <Menu.Item leftSection={<IconPrinter {...ICON} />} onClick={() => window.print()}>
          Print
        </Menu.Item>
        {onDelete && (
          <>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash {...ICON} />} onClick={onDelete}>
              Delete for ever…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The numbers of tickets that were merged into this one and not taken out again. */
const mergedInto = ({ id, events }: OpenTicket): number[] =>
  events.flatMap(({ kind, undoneAt, ticket, otherTicket }) =>
    kind === 'MERGE' && !undoneAt && ticket && otherTicket?.id === id ? [ticket.number] : [],
  );

/** Subject and actions; under them priority, state, number, mailbox and assignee. */
export function TicketHeader({ ticket, isBackShown, onBack, onHeaders, onPanel }: TicketHeaderProps) {
  const actions = useTicketActions();
  const [isAssigning, setAssigning] = useState(false);
  const [isMerging, setMerging] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const isAdministrator = useIsAdministrator();
  const { merge } = useThreadActions();
  const isMerged = ticket.mergedInto !== null;
  const mayDelete = isAdministrator && !isMerged;
  useActions([
    { id: 'assign', label: 'Assign', group: 'Ticket', keys: ['A'], run: () => setAssigning(true) },
    {
      id: 'merge',
      label: 'Merge into another ticket',
      group: 'Ticket',
      keys: ['M'],
      run: () => setMerging(!isMerged),
    },
    ...(mayDelete
      ? [{ id: 'delete', label: 'Delete the ticket for ever', group: 'Ticket', keys: [], run: () => setDeleting(true) }]
      : []),
  ]);
  const isClosed = ticket.status === 'CLOSED';
  const isOnHold = ticket.status === 'ON_HOLD';
  const HoldIcon = isOnHold ? IconClockPlay : IconClockPause;
  return (
    <header className="ticket-head">
      <div className="ticket-head__line">
        <IconButton label="Back to the list" className={isBackShown ? '' : 'ticket-head__back'} onClick={onBack}>
          <IconArrowLeft size={19} />
        </IconButton>
        <h1 dir="auto" title={ticket.subject}>
          {subjectWords(ticket)}
        </h1>
        {!isMerged && (
          <Button
            icon={isClosed ? <IconArrowBackUp {...ICON} /> : <IconCheck {...ICON} />}
            onClick={() => void actions.move(closeOrReopen(ticket.status), [ticket])}
          >
            {isClosed ? 'Open again' : 'Close'}
          </Button>
        )}
        {!isClosed && (
          <IconButton
            label={isOnHold ? 'Take off hold' : 'Put on hold'}
            isFramed
            onClick={() => void actions.move(holdOrResume(ticket.status), [ticket])}
          >
            <HoldIcon size={18} />
          </IconButton>
        )}
        {onPanel && (
          <IconButton label="Suggested answers and customer" isFramed onClick={onPanel}>
            <IconBulb size={18} />
          </IconButton>
        )}
        <StateMenu
          ticket={ticket}
          onHeaders={onHeaders}
          onMerge={() => setMerging(true)}
          onDelete={mayDelete ? () => setDeleting(true) : undefined}
        />
        {isDeleting && (
          <DeleteTicketsDialog
            targets={[ticket]}
            merged={mergedInto(ticket)}
            onClose={() => setDeleting(false)}
            onDeleted={onBack}
          />
        )}
        {isMerging && (
          <TicketPicker
            title={`Merge #${ticket.number} into another ticket`}
            help="All messages go there. This ticket is closed and leads on."
            exceptId={ticket.id}
            onClose={() => setMerging(false)}
            onChoose={(other) => {
              setMerging(false);
              void merge(ticket.id, other.id);
            }}
          />
        )}
      </div>
      <div className="ticket-head__facts">
        {ticket.highlight && <PriorityBadge entry={ticket.highlight.entry} />}
        <span className={`badge ${statusLooks[ticket.status]}`}>
          {isMerged ? 'Merged' : statusWords[ticket.status]}
        </span>
        <button
          type="button"
          className="ticket-head__number"
          title="Copy the number"
          onClick={() => void copyNumber(ticket.number)}
        >
          #{ticket.number}
        </button>
        {ticket.campaignSubject !== null && (
          <span className="badge badge--blue" title={ticket.campaignSubject}>
            Answer to a mailing
          </span>
        )}
        {ticket.mailbox && <span title={ticket.mailbox}>{mailboxName(ticket.mailbox)}</span>}
        <AssignMenu
          isOpen={isAssigning}
          onOpenChange={setAssigning}
          onChoose={(agent) => void actions.assign([ticket], agent)}
        >
          <button type="button" className="button button--small button--pill">
            {ticket.assignee ? <Avatar name={ticket.assignee.name} size={19} /> : <NobodyMark size={18} />}
            <span className="visually-hidden">Assigned to</span> {ticket.assignee?.name ?? 'Nobody'}
            <IconChevronDown size={14} aria-hidden="true" />
          </button>
        </AssignMenu>
        {ticket.status === 'ANSWERED' && ticket.closesAt && (
          <span>Closes by itself on {formatDay(ticket.closesAt)}</span>
        )}
      </div>
    </header>
  );
}
