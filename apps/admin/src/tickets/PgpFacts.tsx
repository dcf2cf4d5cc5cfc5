import { useMutation } from '@apollo/client/react';
import { IconLock, IconLockX, IconRosetteDiscountCheck, IconSignature } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { type MessageCardFragment, RetryDecryptionDocument } from '../gql/graphql.ts';
import { useIsAdministrator } from '../session/use-session.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';

export type Pgp = NonNullable<MessageCardFragment['pgp']>;

const signatureWords: Record<string, string> = {
  UNKNOWN_KEY: 'Signed by an unknown key',
  INVALID: 'Signature does not fit',
  MISMATCH: 'Signed by somebody else',
  OUTDATED: 'Outdated signature, not checked',
  EXPIRED: 'Signing key has ended',
};

/** "Carla Customer" out of "Carla Customer <carla@customer.test>". */
export function shortSigner(signer: string | null): string {
  return signer?.replace(/\s*<[^<>]*>\s*$/, '').trim() || signer || 'a known key';
}

/** Encrypted, signed by whom, or not opened, in the head of a message. Computed from the letter, never from its text. */
export function PgpMark({ pgp, isOurs }: { pgp: MessageCardFragment['pgp']; isOurs: boolean }) {
  if (!pgp) return null;
  return (
    <>
      {pgp.encrypted && <EncryptionBadge pgp={pgp} isOurs={isOurs} />}
      {pgp.signature === 'VALID' && (
        <span className="badge badge--good" title={pgp.explanation}>
          <IconRosetteDiscountCheck size={13} aria-hidden="true" />
          Signed by {shortSigner(pgp.signer)}
        </span>
      )}
      {signatureWords[pgp.signature] && (
        <span className="badge badge--note" title={pgp.explanation}>
          <IconSignature size={13} aria-hidden="true" />
          {signatureWords[pgp.signature]}
        </span>
      )}
    </>
  );
}

function EncryptionBadge({ pgp, isOurs }: { pgp: Pgp; isOurs: boolean }) {
  const isGood = isOurs || pgp.decrypted;
  const Icon = isGood ? IconLock : IconLockX;
  return (
    <span className={`badge ${isGood ? 'badge--good' : 'badge--note'}`} title={pgp.explanation}>
      <Icon size={13} aria-hidden="true" />
      {isOurs ? 'Sent encrypted' : isGood ? 'Encrypted' : 'Could not decrypt'}
    </span>
  );
}

/** What an agent should know before believing or answering: why a letter stayed closed, a signature that does not hold. */
export function PgpNotice({ message }: { message: MessageCardFragment }) {
  const { pgp } = message;
  if (!pgp) return null;
  const isDoubtful = ['INVALID', 'MISMATCH', 'EXPIRED', 'OUTDATED'].includes(pgp.signature);
  return (
    <>
      {pgp.failure && <NotOpened messageId={message.id} pgp={pgp} />}
      {!pgp.failure && isDoubtful && (
        <div className="message__warning">
          <Notice tone="warn">{pgp.explanation}</Notice>
        </div>
      )}
      {pgp.notes.length > 0 && (
        <ul className="message__notes second">
          {pgp.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Says how it went: opened, or still closed and why. */
function sayTried(pgp: Pick<Pgp, 'failure' | 'explanation'> | null): void {
  if (pgp?.failure) sayFailed(`The letter still does not open. ${pgp.explanation}`.trim());
  else sayDone('The letter is open now.');
}

function NotOpened({ messageId, pgp }: { messageId: string; pgp: Pgp }) {
  const isAdministrator = useIsAdministrator();
  const [retry, { loading }] = useMutation(RetryDecryptionDocument, { variables: { input: { messageId } } });
  const tryAgain = () =>
    retry().then(
      ({ data }) => data && sayTried(data.retryDecryption.pgp),
      (error: unknown) => sayFailed(explain(error).message),
    );
  return (
    <div className="message__warning">
      <Notice
        tone="warn"
        action={
          pgp.canRetry && (
            <Button size="small" isBusy={loading} onClick={() => void tryAgain()}>
              Try again
            </Button>
          )
        }
      >
        {pgp.explanation || 'It could not be opened.'} The letter is kept whole.{' '}
        {pgp.canRetry && isAdministrator && (
          <Link to="/settings" hash="encryption">
            Keys in Settings
          </Link>
        )}
      </Notice>
    </div>
  );
}
