import { useMutation } from '@apollo/client/react';
import { PasswordInput, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { RemovePgpKeyDocument, type SettingsFieldsFragment } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { UnopenedLetters } from './UnopenedLetters.tsx';
import type { SettingsForm } from './use-settings-form.ts';

type PgpKey = SettingsFieldsFragment['pgpKeys'][number];

const LARGEST_KEY_BYTES = 200_000;

/** One stored key. Removing it cannot be undone, so it is asked twice. */
function StoredKey({ pgpKey }: { pgpKey: PgpKey }) {
  const [isSure, setSure] = useState(false);
  const [remove, { loading }] = useMutation(RemovePgpKeyDocument, {
    refetchQueries: ['SettingsPage'],
    awaitRefetchQueries: true,
  });
  const copy = async () => {
    await navigator.clipboard?.writeText(pgpKey.publicKey);
    sayDone('Public key copied.');
  };
  const onRemove = () =>
    remove({ variables: { input: { fingerprint: pgpKey.fingerprint } } }).then(
      () => sayDone('The key is removed.'),
      (error: unknown) => sayFailed(`The key is still here. ${explain(error).message}`),
    );
  return (
    <div className="card stored-key">
      <strong>{pgpKey.userIds.join(', ') || 'No user'}</strong>
      <span className="mono">{pgpKey.fingerprint.replace(/(.{4})(?=.)/g, '$1 ')}</span>
      <span className="second">
        Made {formatDay(pgpKey.createdAt)} ·{' '}
        {pgpKey.expiresAt ? `expires ${formatDay(pgpKey.expiresAt)}` : 'does not expire'}
      </span>
      {isSure && (
        <Notice tone="warn">Mail encrypted for this key can then not be read any more. There is no way back.</Notice>
      )}
      <span className="form-actions">
        <Button size="small" onClick={() => void copy()}>
          Copy public key
        </Button>
        <a
          className="button button--small"
          download={`${pgpKey.fingerprint.slice(-16)}.asc`}
          href={`data:application/pgp-keys;charset=utf-8,${encodeURIComponent(pgpKey.publicKey)}`}
        >
          Download
        </a>
        {isSure ? (
          <>
            <Button size="small" look="danger" isBusy={loading} onClick={() => void onRemove()}>
              Remove for ever
            </Button>
            <Button size="small" onClick={() => setSure(false)}>
              Keep
            </Button>
          </>
        ) : (
          <Button size="small" onClick={() => setSure(true)}>
            Remove
          </Button>
        )}
      </span>
    </div>
  );
}

/** The key that opens mail encrypted for the desk, and the phrase that opens the key. Neither is ever shown again. */
export function KeyFields({ form, keys }: { form: SettingsForm; keys: readonly PgpKey[] }) {
  const readFile = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > LARGEST_KEY_BYTES) form.setFieldError('pgpPrivateKey', 'This file is too large for a key.');
    else form.setFieldValue('pgpPrivateKey', await file.text());
  };
  return (
    <>
      <UnopenedLetters />
      {keys.map((key) => (
        <StoredKey key={key.fingerprint} pgpKey={key} />
      ))}
      <Textarea
        id="pgpPrivateKey"
        label="PGP private key"
        description="Lets the desk read mail encrypted for your public key. Paste it here or choose its file."
        placeholder={keys.length > 0 ? 'Stored. Paste another key to add it' : '-----BEGIN PGP PRIVATE KEY BLOCK-----'}
        classNames={{ input: 'mono' }}
        autosize
        minRows={3}
        maxRows={8}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('pgpPrivateKey')}
      />
      <label className="file-field">
        <span className="button button--small">Choose a file…</span>
        <input
          type="file"
          className="visually-hidden"
          accept=".asc,.key,.txt,.pgp"
          onChange={(event) => void readFile(event.currentTarget.files?.[0])}
        />
      </label>
      <PasswordInput
        id="pgpPassphrase"
        label="PGP code phrase"
        description="Unlocks the private key."
        placeholder={keys.length > 0 ? 'Stored. Type the phrase of another key' : ''}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the code phrase' }}
        {...form.getInputProps('pgpPassphrase')}
      />
      <Switch
        id="keepOpenedText"
        label="Keep opened text"
        description="On: the text of encrypted mail is stored opened, so that search and suggestions find it. Off: it is opened each time somebody reads it, and nothing of it is stored. Holds for mail from now on; the mail itself always stays as it came."
        {...form.getInputProps('keepOpenedText', { type: 'checkbox' })}
      />
    </>
  );
}
