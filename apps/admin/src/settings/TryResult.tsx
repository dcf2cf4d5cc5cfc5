import { Link } from '@tanstack/react-router';
import type { DryRunMailMutation } from '../gql/graphql.ts';
import { formatBytes, formatExact } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

type Result = DryRunMailMutation['dryRunMail'];

const fateLooks = {
  TICKETED: ['badge--good', 'New ticket'],
  JOINED: ['badge--blue', 'Follow-up'],
  BLOCKED: ['badge--note', 'Blocked'],
  HELD: ['badge--note', 'Held'],
  COLLECTED: ['', 'Waiting'],
} as const;

function TicketLink({ ticket }: { ticket: { number: number; subject: string } }) {
  return (
    <Link to="/tickets/$number" params={{ number: String(ticket.number) }}>
      #{ticket.number} {ticket.subject}
    </Link>
  );
}

function Fate({ result }: { result: Result }) {
  const { ticket, linkedTo } = result;
  switch (result.fate) {
    case 'JOINED':
      return (
        <>
          It would join {ticket && <TicketLink ticket={ticket} />}
          {result.newSender && ' as the letter of a new sender'}
          {result.silent && ' and leave its state as it is'}.
        </>
      );
    case 'TICKETED':
      return (
        <>
          It would open a new ticket
          {linkedTo && (
            <>
              , linked to <TicketLink ticket={linkedTo} />
            </>
          )}
          . {result.confirmed ? 'Its sender would get a confirmation.' : 'No confirmation would be sent.'}
        </>
      );
    case 'BLOCKED':
      return <>It would be kept out, and could be released under Mail collection.</>;
    default:
      return <>It would wait under Mail collection until somebody releases it.</>;
  }
}

/** What would become of a tried letter, because of what, and what was understood of it. */
export function TryResult({ result }: { result: Result }) {
  const [look, word] = fateLooks[result.fate];
  return (
    <section className="try-result card" aria-label="Result">
      <p className="try-result__fate">
        <span className={`badge ${look}`}>{word}</span> <Fate result={result} />
      </p>
      {result.duplicateOf && (
        <Notice tone="warn">
          The same letter came in on {formatExact(result.duplicateOf.receivedAt)}. A second copy is not stored.
        </Notice>
      )}
      {result.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      <h2>Why</h2>
      <ul>
        {result.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <h2>What was understood</h2>
      <dl>
        <dt>From</dt>
        <dd dir="auto">
          {result.from ? `${result.fromName ? `${result.fromName} ` : ''}<${result.from}>` : 'Unknown sender'}
        </dd>
        <dt>Subject</dt>
        <dd dir="auto">{result.subject || 'None'}</dd>
        <dt>Written by</dt>
        <dd>
          {result.kind === 'HUMAN' ? 'A person' : 'A machine'} ({result.kindReason})
        </dd>
        {result.attachments.length > 0 && (
          <>
            <dt>Files</dt>
            <dd>{result.attachments.map(({ name, sizeBytes }) => `${name} (${formatBytes(sizeBytes)})`).join(', ')}</dd>
          </>
        )}
        {result.notes.length > 0 && (
          <>
            <dt>Unusual</dt>
            <dd>{result.notes.join(' ')}</dd>
          </>
        )}
        <dt>New words</dt>
        <dd className="try-text" dir="auto">
          {result.newText}
        </dd>
      </dl>
      {result.text.trim() !== result.newText.trim() && (
        <details>
          <summary>The whole text</summary>
          <p className="try-text" dir="auto">
            {result.text}
          </p>
        </details>
      )}
    </section>
  );
}
