import { useMutation } from '@apollo/client/react';
import { explain } from '../apollo/errors.ts';
import { MarkDeliveredDocument, type MessageCardFragment, RetryDeliveryDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatTime } from '../ui/format.ts';
import { sayFailed } from '../ui/undo.tsx';

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

/** What became of our mail. "Sent" stands here only when the mail server took it. */
export function Delivery({ message }: { message: MessageCardFragment }) {
  const [retry, retrying] = useMutation(RetryDeliveryDocument);
  const [mark, marking] = useMutation(MarkDeliveredDocument);
  const { delivery } = message;
  if (!delivery) return null;
  const variables = { input: { messageId: message.id } };
  const isStuck = delivery === 'FAILED' || delivery === 'UNKNOWN' || delivery === 'BOUNCED';
  const say = (error: unknown) => sayFailed(explain(error).message);
  return (
    <span className={`delivery${isStuck ? ' delivery--stuck' : ''}`}>
      <span className={`badge ${looks[delivery]}`} title={message.deliveryDetail ?? undefined}>
        {words[delivery]}
      </span>
      {isStuck && (
        <span className="delivery__detail">
          {message.deliveryDetail}
          {message.nextAttemptAt && ` Tried again at ${formatTime(message.nextAttemptAt)}.`}
        </span>
      )}
      {(delivery === 'FAILED' || delivery === 'UNKNOWN') && (
        <Button size="small" isBusy={retrying.loading} onClick={() => void retry({ variables }).catch(say)}>
          Send again
        </Button>
      )}
      {delivery === 'UNKNOWN' && (
        <Button size="small" isBusy={marking.loading} onClick={() => void mark({ variables }).catch(say)}>
          It arrived
        </Button>
      )}
    </span>
  );
}
