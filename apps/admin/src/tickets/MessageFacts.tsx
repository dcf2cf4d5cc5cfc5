import type { MessageCardFragment } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PgpNotice } from './PgpFacts.tsx';
import { useThreadActions } from './use-thread-actions.ts';

const asSentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function NewSender({ message }: { message: MessageCardFragment }) {
  const { addSender } = useThreadActions();
  return (
    <Notice
      tone="warn"
      action={
        <Button size="small" onClick={() => void addSender(message.id)}>
          Add to ticket
        </Button>
      }
    >
      This address is new in this ticket. Nothing of it is quoted and no reply goes there until you add it.
    </Notice>
  );
}

/** Who it went to, and what the reader should know before believing it. */
export function MessageFacts({ message }: { message: MessageCardFragment }) {
  const people = [...message.to, ...message.cc, ...message.bcc];
  const isShown = message.kind === 'INBOUND' || message.kind === 'FORWARD' || people.length > 1;
  return (
    <>
      <PgpNotice message={message} />
      {message.newSender && (
        <div className="message__warning">
          <NewSender message={message} />
        </div>
      )}
      {message.warnings.map((warning) => (
        <div className="message__warning" key={warning}>
          <Notice tone="warn">{asSentence(warning)}</Notice>
        </div>
      ))}
      {isShown && people.length > 0 && (
        <details className="message__people">
          <summary>
            To {message.to[0] ?? 'nobody'}
            {people.length > 1 ? ` and ${people.length - 1} more` : ''}
          </summary>
          <dl>
            <dt>To</dt>
            <dd>{message.to.join(', ') || '–'}</dd>
            {message.cc.length > 0 && (
              <>
                <dt>Cc</dt>
                <dd>{message.cc.join(', ')}</dd>
              </>
            )}
            {message.bcc.length > 0 && (
              <>
                <dt>Bcc</dt>
                <dd>{message.bcc.join(', ')}</dd>
              </>
            )}
          </dl>
        </details>
      )}
    </>
  );
}

/** Why the message stands in this ticket, and the way to its source. */
export function Reasons({ reasons, onHeaders }: { reasons: readonly string[]; onHeaders: (() => void) | undefined }) {
  if (reasons.length === 0 && !onHeaders) return null;
  return (
    <footer className="message__foot">
      {reasons.length > 0 && (
        <details>
          <summary>Why is this here?</summary>
          <ul>
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
      <span className="spacer" />
      {onHeaders && (
        <button type="button" className="message__quiet" onClick={onHeaders}>
          Headers and source
        </button>
      )}
    </footer>
  );
}
