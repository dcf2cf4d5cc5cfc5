import { useMutation } from '@apollo/client/react';
import { IconMailForward } from '@tabler/icons-react';
import { explain } from '../apollo/errors.ts';
import { SendTestMailDocument } from '../gql/graphql.ts';
import { useSession } from '../session/use-session.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { type SettingsValues, toSendingInput } from './settings-form.ts';

/** Sends one mail to whoever asks, with the values in the form, saved or not, and shows what the mail server said. */
export function TestMail({ values }: { values: SettingsValues }) {
  const session = useSession();
  const [send, { data, loading, error }] = useMutation(SendTestMailDocument, { fetchPolicy: 'no-cache' });
  const result = data?.sendTestMail;
  const problem = error && explain(error);
  return (
    <div className="connection-test">
      <div className="form-actions">
        <Button
          icon={<IconMailForward size={17} aria-hidden="true" />}
          isBusy={loading}
          onClick={() => void send({ variables: { input: toSendingInput(values) } }).catch(() => undefined)}
        >
          {loading ? 'Sending…' : 'Send a test mail to me'}
        </Button>
        <span className="second">
          {session.data?.viewer ? `Goes to ${session.data.viewer.email}, ` : 'Goes out '}with the values as they stand
          here.
        </span>
      </div>
      <div aria-live="polite">
        {problem && <Notice tone="bad">{problem.fields[0]?.message ?? problem.message}</Notice>}
        {!loading && result && <Notice tone={result.ok ? 'good' : 'bad'}>{result.message}</Notice>}
      </div>
    </div>
  );
}
