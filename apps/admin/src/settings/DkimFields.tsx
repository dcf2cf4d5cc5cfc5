import { useMutation } from '@apollo/client/react';
import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  CheckDkimDnsDocument,
  MakeDkimKeyDocument,
  RemoveDkimKeyDocument,
  type SettingsFieldsFragment,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { CopyLine } from '../ui/CopyLine.tsx';
import { Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import type { SettingsForm } from './use-settings-form.ts';

type Stored = Pick<SettingsFieldsFragment, 'dkimDomain' | 'dkimSelector' | 'dkimKeyIsSet' | 'dkimRecord'>;

const questions = {
  REPLACE: {
    text: 'Mail is signed with the new key at once, and the old one is gone for ever. Publish the new record right away: until then other mail servers cannot check the signature.',
    button: 'Make a new key',
  },
  REMOVE: { text: 'Mail is then sent without a signature. The key is gone for ever.', button: 'Remove for ever' },
} as const;

/** Makes a key, another one, or takes the key away; what destroys a key is asked twice. */
function KeyActions({ stored, isSaved }: { stored: Stored; isSaved: boolean }) {
  const [question, setQuestion] = useState<keyof typeof questions | null>(null);
  const again = { refetchQueries: ['SettingsPage'], awaitRefetchQueries: true };
  const [make, making] = useMutation(MakeDkimKeyDocument, again);
  const [remove, removing] = useMutation(RemoveDkimKeyDocument, again);
  const attempt = (work: Promise<unknown>, done: string) =>
    work.then(
      () => {
        setQuestion(null);
        sayDone(done);
      },
      (error: unknown) => sayFailed(`The key is as it was. ${explain(error).message}`),
    );
  const onMake = () => attempt(make(), 'The key is made. Publish its record in the DNS.');
  if (question) {
    const { text, button } = questions[question];
    return (
      <div className="form-stack">
        <Notice tone="warn">{text}</Notice>
        <div className="form-actions">
          <Button
            size="small"
            look="danger"
            isBusy={making.loading || removing.loading}
            onClick={() => void (question === 'REPLACE' ? onMake() : attempt(remove(), 'The key is removed.'))}
          >
            {button}
          </Button>
          <Button size="small" onClick={() => setQuestion(null)}>
            Keep
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="form-actions">
      <Button
        size="small"
        disabled={!isSaved}
        isBusy={making.loading}
        onClick={() => (stored.dkimKeyIsSet ? setQuestion('REPLACE') : void onMake())}
      >
        {stored.dkimKeyIsSet ? 'Make a new key' : 'Make a key'}
      </Button>
      {stored.dkimKeyIsSet && (
        <Button size="small" onClick={() => setQuestion('REMOVE')}>
          Remove the key
        </Button>
      )}
      {!isSaved && <span className="second">Save domain and selector first.</span>}
    </div>
  );
}

const tones = { RIGHT: 'good', MISSING: 'warn', OTHER_KEY: 'bad', UNREACHABLE: 'warn' } as const;

/** What to publish for the key, and whether the DNS holds it. */
function RecordCard({ record }: { record: NonNullable<Stored['dkimRecord']> }) {
  const [check, { data, loading, error }] = useMutation(CheckDkimDnsDocument);
  const found = loading ? undefined : data?.checkDkimDns;
  return (
    <section className="card dkim-record" aria-label="Record for the DNS">
      <p>Mail is signed. Publish this {record.type} record in the DNS, so that other mail servers can check it.</p>
      <CopyLine name="Name" value={record.name} />
      <CopyLine name="Value" value={record.value} />
      <div className="form-actions">
        <Button size="small" isBusy={loading} onClick={() => void check().catch(() => undefined)}>
          {found || error ? 'Check the DNS again' : 'Check the DNS'}
        </Button>
      </div>
      <div role="status">
        {found && <Notice tone={tones[found.state]}>{found.message}</Notice>}
        {error && !loading && <Notice tone="bad">{explain(error).message}</Notice>}
      </div>
    </section>
  );
}

/** What mail is signed with, so that others know it is ours, and the record that they look for. */
export function DkimFields({ form, stored }: { form: SettingsForm; stored: Stored }) {
  const { dkimDomain, dkimSelector } = form.getValues();
  const isSaved =
    Boolean(stored.dkimDomain && stored.dkimSelector) &&
    dkimDomain.trim() === stored.dkimDomain &&
    dkimSelector.trim() === stored.dkimSelector;
  return (
    <>
      <div className="form-row">
        <TextInput
          id="dkimDomain"
          className="field-wide"
          label="DKIM domain"
          description="The domain of your Support Email."
          placeholder="example.com"
          autoComplete="off"
          {...form.getInputProps('dkimDomain')}
        />
        <TextInput
          id="dkimSelector"
          className="field-short"
          label="DKIM selector"
          description="A name of your choice."
          placeholder="desk1"
          autoComplete="off"
          {...form.getInputProps('dkimSelector')}
        />
      </div>
      <Textarea
        id="dkimPrivateKey"
        label="DKIM private key"
        description="Make one here, or paste your own RSA key in PEM form. Kept encrypted; never shown again."
        placeholder={stored.dkimKeyIsSet ? 'Stored. Paste another key to replace it' : '-----BEGIN PRIVATE KEY-----'}
        classNames={{ input: 'mono' }}
        autosize
        minRows={2}
        maxRows={8}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('dkimPrivateKey')}
      />
      {stored.dkimKeyIsSet && !stored.dkimRecord && (
        <p className="field-note">A key is stored, but mail is not signed: domain or selector is missing.</p>
      )}
      {stored.dkimRecord && <RecordCard key={stored.dkimRecord.value} record={stored.dkimRecord} />}
      <KeyActions stored={stored} isSaved={isSaved} />
    </>
  );
}
