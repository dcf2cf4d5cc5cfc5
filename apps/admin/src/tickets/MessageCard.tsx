import type { FragmentType } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import { IconMailCheck, IconNote } from '@tabler/icons-react';
import { type MessageCardFragment, MessageCardFragmentDoc } from '../gql/graphql.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { formatExact, formatMoment, plural } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { AttachmentTiles } from './AttachmentTiles.tsx';
import { Delivery, DeliveryTrouble } from './Delivery.tsx';
import { MessageBody } from './MessageBody.tsx';
import { MessageFacts, Reasons } from './MessageFacts.tsx';
import { MessageMenu } from './MessageMenu.tsx';
import { PgpMark } from './PgpFacts.tsx';

interface MessageCardProps {
  message: FragmentType<MessageCardFragment>;
  customer: { name: string | null; email: string | null };
  isPriority: boolean;
  ticketId: string;
  isOnlyLetter: boolean;
  onHeaders: () => void;
  onForward: () => void;
}

const kindWords = {
  INBOUND: 'Message',
  REPLY: 'Reply',
  NOTE: 'Internal note',
  CONFIRMATION: 'Confirmation',
  FORWARD: 'Forwarded message',
  NOTICE: 'Notice',
} as const;

function nameOf(message: MessageCardFragment, customer: MessageCardProps['customer']): string {
  if (message.kind === 'CONFIRMATION') return 'Automatic confirmation';
  if (message.kind === 'NOTICE') return 'Automatic notice';
  if (message.kind === 'INBOUND')
    return message.fromName ?? customer.name ?? message.from ?? customer.email ?? 'Unknown sender';
  return message.author?.name ?? message.fromName ?? 'Support';
}

/** One message: a customer's card, our reply with its delivery, a yellow note, or the confirmation. */
export function MessageCard({ message: ref, ...rest }: MessageCardProps) {
  const { data, complete } = useFragment({ fragment: MessageCardFragmentDoc, fragmentName: 'MessageCard', from: ref });
  if (!complete) return null;
  return <FilledMessage message={data} {...rest} />;
}

/** Files of a new sender stay folded: nobody has said yet that the sender belongs here. */
function Files({ message }: { message: MessageCardFragment }) {
  // What stands within the words is seen there.
  const isFramed = message.htmlUrl !== null && (message.kind === 'INBOUND' || message.formatted);
  const files = message.attachments.filter((file) => !file.inline || !isFramed);
  if (!message.newSender || files.length === 0) return <AttachmentTiles attachments={files} />;
  return (
    <details className="message__files">
      <summary>{plural(files.length, 'attachment')}</summary>
      <AttachmentTiles attachments={files} />
    </details>
  );
}

/** The card itself, from its data alone. */
export function FilledMessage({
  message,
  customer,
  isPriority,
  ticketId,
  isOnlyLetter,
  onHeaders,
  onForward,
}: Omit<MessageCardProps, 'message'> & { message: MessageCardFragment }) {
  const now = useNow();
  const name = nameOf(message, customer);
  const isNote = message.kind === 'NOTE';
  const at = message.kind === 'INBOUND' ? (message.sentAt ?? message.createdAt) : message.createdAt;
  return (
    <li className="message-line" data-message={message.id}>
      <span className="message-line__avatar">
        {message.kind === 'CONFIRMATION' ? (
          <span className="avatar avatar--2 message-line__icon">
            <IconMailCheck size={17} aria-hidden="true" />
          </span>
        ) : (
          <Avatar
            name={name}
            size={33}
            {...(message.kind === 'INBOUND' && isPriority ? { tone: 'priority' as const } : {})}
          />
        )}
      </span>
      <article
        className={`message card message--${message.kind.toLowerCase()}`}
        aria-label={`${kindWords[message.kind]} from ${name}`}
      >
        <header className="message__head">
          <span className="message__names">
            {isNote && (
              <span className="message__note-word">
                <IconNote size={16} aria-hidden="true" /> Internal note
              </span>
            )}
            <strong dir="auto">{name}</strong>
            {message.kind === 'INBOUND' && message.from && <span className="message__address">{message.from}</span>}
          </span>
          <Delivery message={message} />
          <PgpMark pgp={message.pgp} isOurs={message.kind !== 'INBOUND'} />
          <span className="message__when">
            <time dateTime={at} title={formatExact(at)}>
              {formatMoment(at, now)}
            </time>
          </span>
          <MessageMenu message={message} ticketId={ticketId} isOnlyLetter={isOnlyLetter} onForward={onForward} />
        </header>
        <DeliveryTrouble message={message} ticketId={ticketId} />
        <MessageFacts message={message} />
        <MessageBody message={message} isOpen={message.kind !== 'CONFIRMATION'} />
        <Files message={message} />
        <Reasons reasons={message.reasons} onHeaders={message.kind === 'INBOUND' ? onHeaders : undefined} />
      </article>
    </li>
  );
}
