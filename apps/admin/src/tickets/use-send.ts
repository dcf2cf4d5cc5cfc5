import { useApolloClient } from '@apollo/client/react';
import { useCallback, useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { AddNoteDocument, ForwardMessageDocument, ReplyToTicketDocument, type TicketStatus } from '../gql/graphql.ts';
import { lastSeen, noteSentHere } from './last-filed.ts';
import { filesToSend, hasWords, modeOf, type ReplyDraft } from './reply-draft.ts';

/** Why an answer did not leave. `isConflict`: as somebody wrote since the editor was opened, and the writer may overrule it. */
export interface SendTrouble {
  message: string;
  isConflict: boolean;
}

interface SendOptions {
  ticketId: string;
  lastSeenMessageId: string | undefined;
  onSent: (thenStatus: TicketStatus | undefined) => void;
}

/** How a reply goes. `isAnyway`: though somebody wrote meanwhile; `encrypt`: false sends it in the clear. */
export interface SendWish {
  thenStatus?: TicketStatus | undefined;
  isAnyway?: boolean;
  encrypt?: boolean | null;
}

/** Whether there is anything to send. A forwarded message needs no words. */
export const isSendable = (draft: ReplyDraft): boolean =>
  modeOf(draft) === 'note' ? draft.text.trim() !== '' : modeOf(draft) === 'forward' || hasWords(draft);

/** Sends a reply, forwards a message or adds a note. While one is under way further calls do nothing, and a repeated try
 * carries the same key, so that everybody gets one mail. */
export function useSend({ ticketId, lastSeenMessageId, onSent }: SendOptions) {
  const client = useApolloClient();
  const isUnderWay = useRef(false);
  /** A key under which the server has taken other words before. */
  const spentKey = useRef<string | null>(null);
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<SendTrouble | null>(null);

  const send = useCallback(
    async (draft: ReplyDraft, { thenStatus, isAnyway = false, encrypt = null }: SendWish = {}) => {
      if (isUnderWay.current || !isSendable(draft)) return;
      isUnderWay.current = true;
      setSending(true);
      setTrouble(null);
      const { text, html, key, cc, bcc, to, forwardOfId, leftOutIds, suggestionArticleId } = draft;
      const attachmentIds = filesToSend(draft).map(({ id }) => id);
      const idempotencyKey = spentKey.current === key ? `${key}-2` : key;
      const mail = { text, html, cc, bcc, attachmentIds, idempotencyKey };
      try {
        if (draft.isNote) {
          await client.mutate({ mutation: AddNoteDocument, variables: { input: { ticketId, text } } });
        } else if (forwardOfId) {
          const words = hasWords(draft) ? mail : { ...mail, text: null, html: null };
          const input = { ...words, messageId: forwardOfId, to, leftOutIds };
          await client.mutate({ mutation: ForwardMessageDocument, variables: { input } });
        } else {
          const seen = isAnyway ? null : lastSeen(ticketId, lastSeenMessageId);
          const input = { ...mail, ticketId, thenStatus, suggestionArticleId, encrypt, lastSeenMessageId: seen };
          const { data } = await client.mutate({ mutation: ReplyToTicketDocument, variables: { input } });
          if (data) noteSentHere(ticketId, data.replyToTicket.id);
        }
        onSent(thenStatus);
      } catch (error) {
        const { code, message, fields } = explain(error);
        const sentences = [...new Set(fields.map((field) => field.message))].join(' ');
        if (isSpent(message)) spentKey.current = key;
        setTrouble({ message: sentences || message, isConflict: code === 'CONFLICT' && modeOf(draft) === 'reply' });
      } finally {
        isUnderWay.current = false;
        setSending(false);
      }
    },
    [client, ticketId, lastSeenMessageId, onSent],
  );
  return { send, isSending, trouble };
}

/** An earlier try arrived after all; sent again on purpose, the words are a reply of their own. */
const isSpent = (message: string) => message.startsWith('This idempotency key');
