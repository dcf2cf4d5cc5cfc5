import { useMutation, useQuery } from '@apollo/client/react';
import { explain } from '../apollo/errors.ts';
import { RetryAllDecryptionDocument, UnopenedLettersDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';

/** Letters that wait for a key: after one was added they are tried again together. */
export function UnopenedLetters() {
  const { data, refetch } = useQuery(UnopenedLettersDocument, {
    fetchPolicy: 'cache-and-network',
    errorPolicy: 'ignore',
  });
  const [retry, { loading }] = useMutation(RetryAllDecryptionDocument);
  const { count = 0, keyLocked = 0 } = data?.unopenedLetters ?? {};
  if (count === 0) return null;
  const tryAll = async () => {
    try {
      const { data: done } = await retry();
      const { tried, opened } = done?.retryAllDecryption ?? { tried: 0, opened: 0 };
      sayDone(`${opened} of ${plural(tried, 'letter')} opened.`);
      await refetch();
    } catch (error) {
      sayFailed(explain(error).message);
    }
  };
  return (
    <Notice
      tone="warn"
      action={
        <Button size="small" isBusy={loading} onClick={() => void tryAll()}>
          Try again
        </Button>
      }
    >
      {plural(count, 'letter')} could not be opened.{' '}
      {keyLocked > 0 &&
        'A stored private key is not unlocked by its code phrase: paste the key again with the right one.'}
    </Notice>
  );
}
