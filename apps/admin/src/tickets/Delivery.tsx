import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  EditAgainDocument,
  MarkDeliveredDocument,
  type MessageCardFragment,
  RetryDeliveryDocument,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatTime } from '../ui/format.ts';
import { sayFailed } from '../ui/undo.tsx';
import { saveOpenDraft } from './returned-drafts.ts';
import { takeDraft, useSecondsUntil } from './use-waiting-mails.ts';

const words = {
  QUEUED: 'Waiting to be sent',
  SENDING: 'Sending…',
  SENT: 'Sent',
  FAILED: 'Not sent',
  UNKNOWN: 'Sent or not: unknown',
  BOUNCED: 'Bounced',
  HELD: 'Kept back',
  DISCARDED: 'Given up',
} as const;
const looks = {
  QUEUED: '',
  SENDING: '',
  SENT: 'badge--good',
  FAILED: 'badge--bad',
  UNKNOWN: 'badge--note',
  BOUNCED: 'badge--bad',
  HELD: '',
  DISCARDED: 'badge--bad',
} as const;

/** What to know of a mail that did not simply arrive. */
const remarks: Partial<Record<keyof typeof words, string>> = {
  FAILED: 'Text and files are kept here.',
  UNKNOWN: 'Sent again, it carries the same Message-ID, so that most mail programs show it once.',
  BOUNCED: 'It was sent, and came back.',
};

/** The mail server took the mail, but not for each of its recipients; the detail names the others. */
const isPartial = ({ delivery, deliveryDetail }: MessageCardFragment) =>
  delivery === 'SENT' && deliveryDetail !== null && deliveryDetail.startsWith('Not taken for ');

/** Where our mail stands. "Sent" stands here only when the mail server took it. */
export function Delivery({ message }: { message: MessageCardFragment }) {
  const seconds = useSecondsUntil(message.undoUntil);
  const { delivery } = message;
  if (!delivery) return null;
  const isWaiting = delivery === 'QUEUED' && seconds > 0;
  const isNotForAll = isPartial(message);
  return (
    <span className="delivery">
      <span
        className={`badge ${isNotForAll ? 'badge--note' : looks[delivery]}`}
        title={message.deliveryDetail ?? undefined}
      >
        {isWaiting ? `Sending in ${seconds} s` : isNotForAll ? 'Sent, but not to all' : words[delivery]}
      </span>
    </span>
  );
}

/** What went wrong with our mail, in the words of the mail server, and what can be done. */
export function DeliveryTrouble({ message, ticketId }: { message: MessageCardFragment; ticketId: string }) {
  const client = useApolloClient();
  const [retry, retrying] = useMutation(RetryDeliveryDocument);
  const [mark, marking] = useMutation(MarkDeliveredDocument);
  const [isCopying, setCopying] = useState(false);
  const { delivery, deliveryDetail, nextAttemptAt, kind } = message;
  const isDelayed = delivery === 'QUEUED' && deliveryDetail !== null;
  const isNotForAll = isPartial(message);
  if (!delivery || (!isDelayed && !isNotForAll && !['FAILED', 'UNKNOWN', 'BOUNCED', 'DISCARDED'].includes(delivery)))
    return null;
  const variables = { input: { messageId: message.id } };
  const say = (error: unknown) => sayFailed(explain(error).message);
  const editAgain = async () => {
    setCopying(true);
    try {
      await saveOpenDraft(ticketId);
      const { data } = await client.mutate({ mutation: EditAgainDocument, variables });
      if (data) takeDraft(ticketId, data.editAgain);
    } catch (error) {
      say(error);
    } finally {
      setCopying(false);
    }
  };
  const isOurs = kind === 'REPLY' || kind === 'FORWARD';
  const again = delivery === 'FAILED' ? 'Try again' : 'Send again';
  return (
    <div className={`delivery-trouble delivery-trouble--${delivery.toLowerCase()}`}>
      {deliveryDetail && <p className="delivery-trouble__words">{deliveryDetail}</p>}
      {remarks[delivery] && <p>{remarks[delivery]}</p>}
      {nextAttemptAt && <p>It is tried again at {formatTime(nextAttemptAt)}.</p>}
      {isNotForAll && <p>Everybody else it is for got it.</p>}
      {isOurs && !isDelayed && !isNotForAll && (
        <p className="delivery-trouble__acts">
          {(delivery === 'FAILED' || delivery === 'UNKNOWN') && (
            <Button size="small" isBusy={retrying.loading} onClick={() => void retry({ variables }).catch(say)}>
              {again}
            </Button>
          )}
          {delivery === 'UNKNOWN' && (
            <Button size="small" isBusy={marking.loading} onClick={() => void mark({ variables }).catch(say)}>
              Mark as sent
            </Button>
          )}
          {kind === 'REPLY' && delivery !== 'UNKNOWN' && (
            <Button size="small" isBusy={isCopying} onClick={() => void editAgain()}>
              Edit and send anew
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
