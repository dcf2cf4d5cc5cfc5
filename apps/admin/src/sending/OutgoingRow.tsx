import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { type OutgoingRowFragment, OutgoingRowFragmentDoc, RetryOutgoingMailDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatExact, formatMoment } from '../ui/format.ts';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';
import type { Act } from './ActDialog.tsx';
import { kindWords, nextWords, stateLooks, stateWords } from './sending-words.ts';

interface OutgoingRowProps {
  mail: FragmentType<OutgoingRowFragment>;
  onDone: () => void;
  /** An act that cannot be undone is asked for first. */
  onAsk: (mail: OutgoingRowFragment, act: Act) => void;
}

function Actions({ mail, onDone, onAsk }: { mail: OutgoingRowFragment } & Omit<OutgoingRowProps, 'mail'>) {
  const [retry, { loading }] = useMutation(RetryOutgoingMailDocument);
  const name = mail.to[0] ?? 'the mail';
  const onRetry = () =>
    retry({ variables: { input: { outgoingMailId: mail.id } } }).then(
      () => {
        sayDone('The mail is tried again.');
        onDone();
      },
      (error: unknown) => sayFailed(`The mail stays as it is. ${explain(error).message}`),
    );
  return (
    <span className="outgoing__actions">
      {mail.canRetry &&
        (mail.state === 'UNKNOWN' ? (
          <Button size="small" aria-label={`Send again: ${name}`} onClick={() => onAsk(mail, 'SEND_AGAIN')}>
            Send again
          </Button>
        ) : (
          <Button
            size="small"
            isBusy={loading}
            aria-label={`${mail.state === 'QUEUED' ? 'Try now' : 'Try again'}: ${name}`}
            onClick={() => void onRetry()}
          >
            {mail.state === 'QUEUED' ? 'Try now' : 'Try again'}
          </Button>
        ))}
      {mail.canMarkSent && (
        <Button size="small" aria-label={`Mark as sent: ${name}`} onClick={() => onAsk(mail, 'MARK_SENT')}>
          Mark as sent
        </Button>
      )}
      {mail.canDiscard && (
        <Button size="small" aria-label={`Discard: ${name}`} onClick={() => onAsk(mail, 'DISCARD')}>
          Discard
        </Button>
      )}
    </span>
  );
}

/** One mail: when, to whom, what it belongs to, where it stands with the server's words, and what can be done. */
export function OutgoingRow({ mail: ref, onDone, onAsk }: OutgoingRowProps) {
  const now = useNow();
  const { data: mail, complete } = useFragment({
    fragment: OutgoingRowFragmentDoc,
    fragmentName: 'OutgoingRow',
    from: ref,
  });
  if (!complete) return null;
  const [first, ...others] = mail.to;
  const more = nextWords(mail, now);
  return (
    <tr>
      <td className="outgoing__when">
        <time dateTime={mail.createdAt} title={formatExact(mail.createdAt)}>
          {formatMoment(mail.createdAt, now)}
        </time>
      </td>
      <td className="outgoing__what">
        <strong title={mail.to.join(', ')}>
          {first}
          {others.length > 0 && ` + ${others.length}`}
        </strong>
        <span className="second" dir="auto">
          {mail.subject || 'No subject'}
        </span>
      </td>
      <td className="outgoing__kind">
        {kindWords[mail.kind]}
        {mail.ticketNumber !== null && (
          <Link to="/tickets/$number" params={{ number: String(mail.ticketNumber) }}>
            #{mail.ticketNumber}
          </Link>
        )}
        {mail.campaignId && (
          <Link to="/mass-mail/$id" params={{ id: mail.campaignId }}>
            Mailing
          </Link>
        )}
      </td>
      <td className="outgoing__state">
        <span className={`badge ${stateLooks[mail.state]}`}>{stateWords[mail.state]}</span>
        {mail.sentAt && mail.state === 'SENT' && <span className="second"> {formatMoment(mail.sentAt, now)}</span>}
        {mail.detail && <span className="outgoing__words">{mail.detail}</span>}
        {more && <span className="second outgoing__words">{more}</span>}
      </td>
      <td>
        <Actions mail={mail} onDone={onDone} onAsk={onAsk} />
      </td>
    </tr>
  );
}
