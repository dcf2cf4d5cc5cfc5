import { useFragment } from '@apollo/client/react';
import { type MessageCardFragment, MessageCardFragmentDoc } from '../gql/graphql.ts';
import { formatExact } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

const LONGEST = 4000;

/** The message that is sent on, as the page has it; null: it is not loaded. */
export function useForwarded(messageId: string | null): MessageCardFragment | null {
  const { data, complete } = useFragment({
    fragment: MessageCardFragmentDoc,
    fragmentName: 'MessageCard',
    from: messageId === null ? null : { __typename: 'Message', id: messageId },
  });
  return messageId !== null && complete ? (data as MessageCardFragment) : null;
}

/** Whether its words came encrypted, and so must not travel open. */
export const isSecret = (message: Pick<MessageCardFragment, 'pgp'> | null): boolean =>
  message?.pgp?.encrypted === true || message?.pgp?.sections.some(({ kind }) => kind === 'ENCRYPTED') === true;

/** What goes along below the words: the message with its head. The mail carries the whole of it. */
export function ForwardedMessage({ message, subject }: { message: MessageCardFragment | null; subject: string }) {
  if (!message) return null;
  if (isSecret(message))
    return (
      <Notice tone="warn">
        This message came encrypted. Forwarded, its words would travel open, so it cannot be sent on.
      </Notice>
    );
  const text = message.text.length > LONGEST ? `${message.text.slice(0, LONGEST)}…` : message.text;
  return (
    <details className="forwarded">
      <summary>
        <strong>Fwd: {message.subject || subject}</strong>
        <span className="second"> · with the message of {message.fromName ?? message.from ?? 'an unknown sender'}</span>
      </summary>
      <p className="second">
        {message.from} · {formatExact(message.sentAt ?? message.createdAt)}
      </p>
      <p className="forwarded__text" dir="auto">
        {text || 'It has no words.'}
      </p>
    </details>
  );
}
