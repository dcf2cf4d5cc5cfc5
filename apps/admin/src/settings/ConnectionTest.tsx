import { useMutation } from '@apollo/client/react';
import { IconCircleCheck, IconCircleDashed, IconCircleX, IconPlugConnected } from '@tabler/icons-react';
import { explain } from '../apollo/errors.ts';
import { TestMailboxDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { type SettingsValues, toMailboxInput } from './settings-form.ts';

const expected = ['Find the server', 'Connect', 'Secure the connection', 'Sign in', 'Read the mailbox'];

interface Step {
  name: string;
  ok: boolean;
  message: string;
  durationMs: number;
}

const report = (steps: readonly Step[]) =>
  steps
    .map(({ name, ok, message, durationMs }) => `${ok ? 'ok  ' : 'FAIL'} ${name} (${durationMs} ms): ${message}`)
    .join('\n');

function StepLine({ step }: { step: Step }) {
  const Icon = step.ok ? IconCircleCheck : IconCircleX;
  return (
    <li className={`test-step test-step--${step.ok ? 'good' : 'bad'}`}>
      <Icon size={18} aria-label={step.ok ? 'Done' : 'Failed'} />
      <span>
        <strong>{step.name}</strong> {step.message}
      </span>
      <span className="second">{step.durationMs} ms</span>
    </li>
  );
}

/** Tries the mailbox with the values in the form, saved or not, and shows how far it came. Takes no mail. */
export function ConnectionTest({ values }: { values: SettingsValues }) {
  const [test, { data, loading, error }] = useMutation(TestMailboxDocument, { fetchPolicy: 'no-cache' });
  const steps = data?.testMailbox.steps ?? [];
  return (
    <div className="connection-test">
      <div className="form-actions">
        <Button
          icon={<IconPlugConnected size={17} aria-hidden="true" />}
          isBusy={loading}
          onClick={() => void test({ variables: { input: toMailboxInput(values) } }).catch(() => undefined)}
        >
          {loading ? 'Testing…' : 'Test connection'}
        </Button>
        <span className="second">Checks without taking any mail.</span>
        <span className="spacer" />
        {steps.length > 0 && !loading && (
          <Button look="plain" size="small" onClick={() => void navigator.clipboard?.writeText(report(steps))}>
            Copy report
          </Button>
        )}
      </div>
      <div aria-live="polite">
        {error && <Notice tone="bad">{explain(error).message}</Notice>}
        {loading && (
          <ol className="test-steps">
            {expected.map((name) => (
              <li key={name} className="test-step second">
                <IconCircleDashed size={18} aria-hidden="true" /> {name}
              </li>
            ))}
          </ol>
        )}
        {!loading && steps.length > 0 && (
          <ol className="test-steps">
            {steps.map((step, index) => (
              <StepLine key={`${step.name}-${index.toString()}`} step={step} />
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}
