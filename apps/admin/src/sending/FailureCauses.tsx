import { useMutation } from '@apollo/client/react';
import { explain } from '../apollo/errors.ts';
import { RetryFailedMailsDocument, type SendingFieldsFragment } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, plural } from '../ui/format.ts';
import { sayDone, sayFailed } from '../ui/undo.tsx';

type Cause = SendingFieldsFragment['failureCauses'][number];

function CauseLine({ cause: { cause, count, ofMailings }, onChanged }: { cause: Cause; onChanged: () => void }) {
  const [retry, { loading }] = useMutation(RetryFailedMailsDocument, { refetchQueries: ['OutgoingMails'] });
  const own = count - ofMailings;
  const label = own === 1 ? 'Try again' : `Try all ${formatCount(own)} again`;
  const onRetry = () =>
    retry({ variables: { input: { cause } } }).then(
      ({ data }) => {
        sayDone(`${plural(data?.retryFailedMails ?? 0, 'mail')} tried again.`);
        onChanged();
      },
      (error: unknown) => sayFailed(`The mails stay as they are. ${explain(error).message}`),
    );
  return (
    <li>
      <span className="cause__words">{cause}</span>
      <span className="cause__foot">
        <span className="second">
          {plural(count, 'mail')}
          {ofMailings > 0 && `, ${formatCount(ofMailings)} of mailings: try those again on the page of the mailing`}
        </span>
        <span className="spacer" />
        {own > 0 && (
          <Button size="small" isBusy={loading} aria-label={`${label}: ${cause}`} onClick={() => void onRetry()}>
            {label}
          </Button>
        )}
      </span>
    </li>
  );
}

/** Why mails failed, the commonest reason first, with another try for all of one reason. */
export function FailureCauses({ causes, onChanged }: { causes: readonly Cause[]; onChanged: () => void }) {
  return (
    <section className="card causes" aria-label="Why mails failed">
      <h2>Why mails failed</h2>
      {causes.length === 0 ? (
        <p className="second">No mail has failed.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
        <ol tabIndex={0}>
          {causes.map((cause) => (
            <CauseLine key={cause.cause} cause={cause} onChanged={onChanged} />
          ))}
        </ol>
      )}
    </section>
  );
}
