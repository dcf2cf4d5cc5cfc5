import { useMutation } from '@apollo/client/react';
import { Checkbox, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { explain } from '../apollo/errors.ts';
import { CreateApiTokenDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone } from '../ui/undo.tsx';
import '../ui/mantine-forms.css';

const scopes = [
  ['tickets:read', 'Read tickets'],
  ['tickets:write', 'Change and answer tickets'],
  ['kb:read', 'Read knowledge bases'],
  ['kb:write', 'Change knowledge bases'],
  ['settings:read', 'Read settings, without secrets'],
  ['settings:write', 'Change settings'],
  ['mail:send', 'Send mail'],
] as const;
const DAY_MS = 86_400_000;
const spans = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
];

function Created({ token, expiresAt, onClose }: { token: string; expiresAt: string; onClose: () => void }) {
  const copy = async () => {
    await navigator.clipboard?.writeText(token);
    sayDone('Token copied.');
  };
  return (
    <div className="form-stack">
      <Notice tone="warn">This is the only time the token is shown. Keep it where your program finds it.</Notice>
      <output className="new-token mono">{token}</output>
      <p className="second">Works until {formatDay(expiresAt)}.</p>
      <div className="form-actions">
        <Button look="primary" onClick={() => void copy()}>
          Copy
        </Button>
        <Button onClick={onClose}>Done</Button>
      </div>
    </div>
  );
}

/** Makes a token: a name, what it may do, and until when. */
export function ApiTokenDialog({ onClose, onCreated }: { onClose: () => void; onCreated: () => void }) {
  const [create, { data, loading, error }] = useMutation(CreateApiTokenDocument, { fetchPolicy: 'no-cache' });
  const form = useForm({
    initialValues: { name: '', scopes: [] as string[], days: '90' },
    validate: {
      name: (name) => (name.trim() ? null : 'Name the program that will use it.'),
      scopes: (chosen) => (chosen.length > 0 ? null : 'Choose at least one.'),
    },
  });
  const onSubmit = form.onSubmit(async ({ name, days, scopes: chosen }) => {
    try {
      const expiresAt = new Date(Date.now() + Number(days) * DAY_MS).toISOString();
      await create({ variables: { input: { name: name.trim(), scopes: chosen, expiresAt } } });
      onCreated();
    } catch (failure) {
      for (const { path, message } of explain(failure).fields) form.setFieldError(path.split('.')[0] ?? path, message);
    }
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title="New API token"
      closeOnClickOutside={!data}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {data ? (
        <Created token={data.createApiToken.token} expiresAt={data.createApiToken.expiresAt} onClose={onClose} />
      ) : (
        <form onSubmit={onSubmit} noValidate className="form-stack">
          {error && explain(error).fields.length === 0 && <Notice tone="bad">{explain(error).message}</Notice>}
          <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
          <Checkbox.Group label="May" {...form.getInputProps('scopes')}>
            <div className="scope-list">
              {scopes.map(([scope, words]) => (
                <Checkbox key={scope} value={scope} label={words} description={scope} />
              ))}
            </div>
          </Checkbox.Group>
          <Select label="Works for" data={spans} allowDeselect={false} {...form.getInputProps('days')} />
          <div className="form-actions">
            <Button look="primary" type="submit" isBusy={loading}>
              Make the token
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
