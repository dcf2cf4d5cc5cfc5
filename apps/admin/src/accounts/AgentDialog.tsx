import { useMutation } from '@apollo/client/react';
import { Modal, PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { explain } from '../apollo/errors.ts';
import { type AgentFieldsFragment, CreateAgentDocument, type Role, UpdateAgentDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { sayDone } from '../ui/undo.tsx';
import '../ui/mantine-forms.css';

const LEAST_PASSWORD = 10;

interface AgentDialogProps {
  /** Null: a new one. */
  agent: AgentFieldsFragment | null;
  onClose: () => void;
  onSaved: () => void;
}

const roles: { value: Role; label: string }[] = [
  { value: 'ASSISTANT', label: 'Assistant: answers tickets' },
  { value: 'ADMIN', label: 'Administrator: changes settings too' },
];

/** Makes an account or changes one. */
export function AgentDialog({ agent, onClose, onSaved }: AgentDialogProps) {
  const [create, creating] = useMutation(CreateAgentDocument);
  const [update, updating] = useMutation(UpdateAgentDocument);
  const error = creating.error ?? updating.error;
  const form = useForm({
    initialValues: {
      name: agent?.name ?? '',
      email: agent?.email ?? '',
      role: agent?.role ?? ('ASSISTANT' as Role),
      password: '',
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Enter the name that customers read.'),
      email: (email) => (/^\S+@\S+$/.test(email.trim()) ? null : 'Enter one address, like clara@example.com.'),
      password: (password) =>
        (agent && password === '') || [...password].length >= LEAST_PASSWORD
          ? null
          : `Use ${LEAST_PASSWORD} or more signs.`,
    },
  });
  const onSubmit = form.onSubmit(async ({ name, email, role, password }) => {
    const input = { name: name.trim(), email: email.trim(), role, ...(password ? { password } : {}) };
    try {
      if (agent) await update({ variables: { input: { agentId: agent.id, ...input } } });
      else await create({ variables: { input } });
      sayDone(agent ? `${input.name} is saved.` : `${input.name} can sign in now.`);
      onSaved();
      onClose();
    } catch (failure) {
      for (const { path, message } of explain(failure).fields) form.setFieldError(path, message);
    }
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={agent ? `Edit ${agent.name}` : 'New assistant'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={onSubmit} noValidate className="form-stack">
        {error && explain(error).fields.length === 0 && <Notice tone="bad">{explain(error).message}</Notice>}
        <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
        <TextInput label="Email" type="email" autoComplete="off" {...form.getInputProps('email')} />
        <Select label="Role" data={roles} allowDeselect={false} {...form.getInputProps('role')} />
        <PasswordInput
          label="Password"
          description={
            agent
              ? 'Leave it empty to keep the present one.'
              : `${LEAST_PASSWORD} signs or more. Hand it over in person; it can be changed here.`
          }
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the password' }}
          {...form.getInputProps('password')}
        />
        <div className="form-actions">
          <Button look="primary" type="submit" isBusy={creating.loading || updating.loading}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  );
}
