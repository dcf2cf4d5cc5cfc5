import { PasswordInput, Textarea } from '@mantine/core';
import type { SettingsFieldsFragment } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone } from '../ui/undo.tsx';
import type { SettingsForm } from './use-settings-form.ts';

type PgpKey = SettingsFieldsFragment['pgpKeys'][number];

const LARGEST_KEY_BYTES = 200_000;

function StoredKey({ pgpKey, onRemove }: { pgpKey: PgpKey; onRemove: () => void }) {
  const copy = async () => {
    await navigator.clipboard?.writeText(pgpKey.publicKey);
    sayDone('Public key copied.');
  };
  return (
    <div className="card stored-key">
      <strong>{pgpKey.userIds.join(', ') || 'No user'}</strong>
      <span className="mono">{pgpKey.fingerprint.replace(/(.{4})(?=.)/g, '$1 ')}</span>
      <span className="second">
        Made {formatDay(pgpKey.createdAt)} ·{' '}
        {pgpKey.expiresAt ? `expires ${formatDay(pgpKey.expiresAt)}` : 'does not expire'}
      </span>
      <span className="form-actions">
        <Button size="small" onClick={() => void copy()}>
          Copy public key
        </Button>
        <Button size="small" look="danger" onClick={onRemove}>
          Remove
        </Button>
      </span>
    </div>
  );
}

/** The key that opens mail encrypted for the desk, and the phrase that opens the key. Neither is ever shown again. */
export function KeyFields({ form, keys }: { form: SettingsForm; keys: readonly PgpKey[] }) {
  const { isPgpKeyRemoved } = form.getValues();
  const readFile = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > LARGEST_KEY_BYTES) form.setFieldError('pgpPrivateKey', 'This file is too large for a key.');
    else form.setFieldValue('pgpPrivateKey', await file.text());
  };
  return (
    <>
      {isPgpKeyRemoved && (
        <Notice
          tone="warn"
          action={
            <Button size="small" onClick={() => form.setFieldValue('isPgpKeyRemoved', false)}>
              Keep it
            </Button>
          }
        >
          The key is removed when you save. Mail encrypted for it can then not be read any more.
        </Notice>
      )}
      {!isPgpKeyRemoved &&
        keys.map((key) => (
          <StoredKey key={key.fingerprint} pgpKey={key} onRemove={() => form.setFieldValue('isPgpKeyRemoved', true)} />
        ))}
      <Textarea
        id="pgpPrivateKey"
        label="PGP private key"
        description="Lets the desk read mail encrypted for your public key. Paste it here or choose its file."
        placeholder={
          keys.length > 0 ? 'Stored. Paste another key to replace it' : '-----BEGIN PGP PRIVATE KEY BLOCK-----'
        }
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
        placeholder={keys.length > 0 ? 'Stored with the key' : ''}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the code phrase' }}
        {...form.getInputProps('pgpPassphrase')}
      />
    </>
  );
}
