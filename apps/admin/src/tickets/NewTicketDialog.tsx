import { useMutation } from '@apollo/client/react';
import { Modal, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { OpenTicketDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import '../ui/mantine-forms.css';

const rules = {
  requesterEmail: (value: string) =>
    /^\S+@\S+$/.test(value.trim()) ? null : 'Enter one address, like freya@example.com.',
  subject: (value: string) => (value.trim() ? null : 'Enter a subject.'),
  text: (value: string) => (value.trim() ? null : 'Write the message.'),
};

/** An assistant writes first: opens a ticket and sends its first message. */
export function NewTicketDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [openTicket, { loading, error }] = useMutation(OpenTicketDocument);
  const form = useForm({
    initialValues: { requesterEmail: '', requesterName: '', subject: '', text: '' },
    validate: rules,
  });
  const onSubmit = form.onSubmit(async (values) => {
    try {
      const input = {
        ...values,
        requesterEmail: values.requesterEmail.trim(),
        requesterName: values.requesterName.trim() || null,
      };
      const { data } = await openTicket({ variables: { input } });
      if (!data) return;
      onClose();
      await navigate({ to: '/tickets/$number', params: { number: String(data.openTicket.number) } });
    } catch (failure) {
      for (const { path, message } of explain(failure).fields) form.setFieldError(path, message);
    }
  });
  return (
    <Modal opened onClose={onClose} title="New ticket" size={600} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={onSubmit} noValidate className="form-stack">
        {error && explain(error).fields.length === 0 && (
          <Notice tone="bad">{explain(error).message} Nothing was sent.</Notice>
        )}
        <TextInput label="To" type="email" data-autofocus {...form.getInputProps('requesterEmail')} />
        <TextInput label="Name" description="May stay empty." {...form.getInputProps('requesterName')} />
        <TextInput label="Subject" {...form.getInputProps('subject')} />
        <Textarea label="Message" autosize minRows={8} maxRows={18} {...form.getInputProps('text')} />
        <div className="form-actions">
          <Button look="primary" type="submit" isBusy={loading}>
            Send
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  );
}
