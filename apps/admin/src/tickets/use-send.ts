import { useApolloClient } from '@apollo/client/react';
import { useCallback, useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { AddNoteDocument, ReplyToTicketDocument, type TicketStatus } from '../gql/graphql.ts';
import type { ReplyDraft } from './reply-draft.ts';

/** Why an answer did not leave. `isConflict`: somebody wrote since the editor was opened. */
export interface SendTrouble {
  message: string;
  isConflict: boolean;
}

interface SendOptions {
  ticketId: string;
  lastSeenMessageId: string | undefined;
  onSent: (thenStatus: TicketStatus | undefined) => void;
}

/** Sends a reply or adds a note. While one is under way further calls do nothing, and a repeated try carries the same key,
 * so that the customer gets one mail. */
export function useSend({ ticketId, lastSeenMessageId, onSent }: SendOptions) {
  const client = useApolloClient();
  const isUnderWay = useRef(false);
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<SendTrouble | null>(null);

  const send = useCallback(
    async (draft: ReplyDraft, thenStatus?: TicketStatus, isAnyway = false) => {
      if (isUnderWay.current || !draft.text.trim()) return;
      isUnderWay.current = true;
      setSending(true);
      setTrouble(null);
      try {
        if (draft.isNote) {
          await client.mutate({ mutation: AddNoteDocument, variables: { input: { ticketId, text: draft.text } } });
        } else {
          const { text, html, key, suggestionArticleId } = draft;
          const input = {
            ticketId,
            text,
            html,
            thenStatus,
            suggestionArticleId,
            idempotencyKey: key,
            lastSeenMessageId: isAnyway ? null : lastSeenMessageId,
          };
          await client.mutate({ mutation: ReplyToTicketDocument, variables: { input } });
        }
        onSent(thenStatus);
      } catch (error) {
        const { code, message } = explain(error);
        setTrouble({ message, isConflict: code === 'CONFLICT' });
      } finally {
        isUnderWay.current = false;
        setSending(false);
      }
    },
    [client, ticketId, lastSeenMessageId, onSent],
  );
  return { send, isSending, trouble };
}
