import { Menu } from '@mantine/core';
import { IconArrowForwardUp, IconArrowRight, IconArrowsSplit, IconDots, IconUserPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { MessageCardFragment } from '../gql/graphql.ts';
import { IconButton } from '../ui/Button.tsx';
import { TicketPicker } from './TicketPicker.tsx';
import { useThreadActions } from './use-thread-actions.ts';

const ICON = { size: 16, 'aria-hidden': true } as const;

interface MessageMenuProps {
  message: MessageCardFragment;
  ticketId: string;
  /** Without it no mail would be left in its ticket. */
  isOnlyLetter: boolean;
  /** Sends it on to somebody else. */
  onForward: () => void;
}

/** What can be done with one message: send it on, or put it where it belongs. */
export function MessageMenu({ message, ticketId, isOnlyLetter, onForward }: MessageMenuProps) {
  const actions = useThreadActions();
  const navigate = useNavigate();
  const [isChoosing, setChoosing] = useState(false);
  const isMovable = message.kind === 'INBOUND' || message.kind === 'NOTE';
  const mustStay = isOnlyLetter && message.kind === 'INBOUND';
  const onSplit = async () => {
    const event = await actions.split(message.id);
    if (event?.otherTicket)
      await navigate({ to: '/tickets/$number', params: { number: String(event.otherTicket.number) }, search: true });
  };
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <IconButton label="Message actions" className="message__menu">
            <IconDots size={17} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {message.kind !== 'NOTE' && (
            <Menu.Item
              leftSection={<IconArrowForwardUp {...ICON} />}
              rightSection={isMovable ? <kbd className="kbd">F</kbd> : undefined}
              onClick={onForward}
            >
              Forward
            </Menu.Item>
          )}
          {message.newSender && (
            <Menu.Item leftSection={<IconUserPlus {...ICON} />} onClick={() => void actions.addSender(message.id)}>
              Add to ticket
            </Menu.Item>
          )}
          {message.kind === 'INBOUND' && (
            <Menu.Item leftSection={<IconArrowsSplit {...ICON} />} disabled={mustStay} onClick={() => void onSplit()}>
              Split off to a new ticket
            </Menu.Item>
          )}
          {isMovable && (
            <Menu.Item leftSection={<IconArrowRight {...ICON} />} disabled={mustStay} onClick={() => setChoosing(true)}>
              Move to ticket…
            </Menu.Item>
          )}
          {mustStay && (
            <Menu.Label>This is the only letter of its ticket. Merge the ticket into another one instead.</Menu.Label>
          )}
        </Menu.Dropdown>
      </Menu>
      {isChoosing && (
        <TicketPicker
          title="Move to ticket"
          help="The message goes there with its files, and later answers to it do too."
          exceptId={ticketId}
          onClose={() => setChoosing(false)}
          onChoose={(ticket) => {
            setChoosing(false);
            void actions.move(message.id, ticket.id);
          }}
        />
      )}
    </>
  );
}
