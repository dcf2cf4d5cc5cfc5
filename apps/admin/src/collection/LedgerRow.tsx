import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { IconDownload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { type LedgerRowFragment, LedgerRowFragmentDoc, ReleaseInboundMailDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes, formatExact, formatMoment } from '../ui/format.ts';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';

const words = {
  COLLECTED: 'Waiting',
  TICKETED: 'New ticket',
  JOINED: 'Joined',
  BLOCKED: 'Blocked',
  HELD: 'Held',
} as const;
const looks = {
  COLLECTED: '',
  TICKETED: 'badge--good',
  JOINED: 'badge--blue',
  BLOCKED: 'badge--bad',
  HELD: 'badge--note',
} as const;

/** One letter: when, from whom, what became of it and why; a blocked or held one can become a ticket after all. */
export function LedgerRow({ letter: ref }: { letter: FragmentType<LedgerRowFragment> }) {
  const now = useNow();
  const { data: letter, complete } = useFragment({
    fragment: LedgerRowFragmentDoc,
    fragmentName: 'LedgerRow',
    from: ref,
  });
  const [release, { loading }] = useMutation(ReleaseInboundMailDocument);
  if (!complete) return null;
  const onRelease = () =>
    release({ variables: { input: { inboundMailId: letter.id } } }).then(
      () => sayDone('The letter becomes a ticket.'),
      (error: unknown) => sayFailed(`The letter stays as it is. ${explain(error).message}`),
    );
  return (
    <tr>
      <td className="ledger__when">
        <time dateTime={letter.receivedAt} title={formatExact(letter.receivedAt)}>
          {formatMoment(letter.receivedAt, now)}
        </time>
      </td>
      <td className="ledger__what">
        <strong dir="auto">{letter.subject || 'No subject'}</strong>
        <span className="second">{letter.from ?? 'No sender'}</span>
      </td>
      <td className="ledger__fate">
        <span className={`badge ${looks[letter.fate]}`}>{words[letter.fate]}</span>{' '}
        {letter.ticket && (
          <Link to="/tickets/$number" params={{ number: String(letter.ticket.number) }}>
            #{letter.ticket.number}
          </Link>
        )}
        {letter.reason && <span className="second">{letter.reason}</span>}
      </td>
      <td className="is-number">{formatBytes(letter.sizeBytes)}</td>
      <td>
        <span className="ledger__actions">
          {(letter.fate === 'BLOCKED' || letter.fate === 'HELD') && (
            <Button size="small" isBusy={loading} onClick={() => void onRelease()}>
              Release
            </Button>
          )}
          <a
            className="icon-button"
            href={letter.rawUrl}
            download={`letter-${letter.id}.eml`}
            aria-label="Download the raw letter"
            title="Download the raw letter"
          >
            <IconDownload size={17} />
          </a>
        </span>
      </td>
    </tr>
  );
}
