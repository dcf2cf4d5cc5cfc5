import { useQuery } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type SettingsFieldsFragment, SettingsPageDocument } from '../gql/graphql.ts';
import { AccountStep } from '../session/AccountStep.tsx';
import { SessionFrame } from '../session/SessionFrame.tsx';
import { useSession } from '../session/use-session.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { ConnectionTest } from './ConnectionTest.tsx';
import { MailboxFields, SendingFields } from './MailboxFields.tsx';
import type { SettingsValues } from './settings-form.ts';
import { TestMail } from './TestMail.tsx';
import { useSettingsForm } from './use-settings-form.ts';
import './settings.css';

const titles = ['Set up your desk', 'Where does mail come in?', 'How does mail go out?'];
const receiving: (keyof SettingsValues)[] = ['supportEmail', 'pop3Host', 'pop3Port', 'pop3User', 'pop3Password'];
const sending: (keyof SettingsValues)[] = ['smtpHost', 'smtpPort', 'smtpUser', 'smtpPassword'];

function Steps({ at }: { at: number }) {
  return (
    <>
      <span className="second">
        Step {at + 1} of {titles.length}
      </span>
      <ol className="setup-steps" aria-hidden="true">
        {titles.map((title, index) => (
          <li key={title} data-done={index <= at} />
        ))}
      </ol>
    </>
  );
}

interface MailStepsProps {
  stored: SettingsFieldsFragment;
  step: number;
  onStep: (step: number) => void;
}

/** Receiving, then sending; each may be skipped and is found again under Settings. */
function MailSteps({ stored, step, onStep }: MailStepsProps) {
  const navigate = useNavigate();
  const { form, save, isSaving, trouble } = useSettingsForm(stored);
  const goOn = () => (step === 1 ? onStep(2) : void navigate({ to: '/tickets' }));
  const saveAndGoOn = async () => {
    if (await save(step === 1 ? receiving : sending)) goOn();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void saveAndGoOn();
      }}
    >
      {trouble && <Notice tone="bad">{trouble}</Notice>}
      {step === 1 ? (
        <>
          <TextInput
            id="supportEmail"
            label="Support Email"
            description="Customers write to this address, and replies come from it."
            type="email"
            {...form.getInputProps('supportEmail')}
          />
          <MailboxFields form={form} hasPassword={stored.pop3PasswordIsSet} />
          <ConnectionTest values={form.getValues()} />
          <p className="second">Letters are removed from the mailbox only after they are safely stored here.</p>
        </>
      ) : (
        <>
          <SendingFields form={form} hasPassword={stored.smtpPasswordIsSet} />
          <TestMail values={form.getValues()} />
        </>
      )}
      <div className="form-actions">
        <Button look="primary" size="big" type="submit" isBusy={isSaving}>
          Save and go on
        </Button>
        <Button look="plain" size="big" onClick={goOn}>
          Skip for now
        </Button>
      </div>
    </form>
  );
}

/** The first run: the administrator's account, then the two ways of mail. */
export function SetupPage() {
  const { token } = useSearch({ from: '/setup' });
  const session = useSession();
  const [step, setStep] = useState(0);
  const isSignedIn = Boolean(session.data?.viewer);
  const { data, error } = useQuery(SettingsPageDocument, { skip: !isSignedIn || step === 0 });
  if (step === 0 && isSignedIn) return <Navigate to="/tickets" replace />;
  if (step === 0 && session.data && !session.data.setup.required) {
    return (
      <SessionFrame title="This desk is set up">
        <p>
          Its administrator can invite you. <Link to="/sign-in">Sign in</Link>
        </p>
      </SessionFrame>
    );
  }
  return (
    <SessionFrame title={titles[step] ?? ''} isWide>
      <Steps at={step} />
      {step === 0 && <AccountStep token={token ?? ''} onDone={() => setStep(1)} />}
      {step > 0 && error && <Notice tone="bad">{explain(error).message}</Notice>}
      {step > 0 && !data && !error && <SkeletonLines count={6} />}
      {step > 0 && data && <MailSteps stored={data.supportSettings} step={step} onStep={setStep} />}
    </SessionFrame>
  );
}
