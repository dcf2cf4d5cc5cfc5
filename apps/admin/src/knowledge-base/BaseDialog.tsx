import { useMutation } from '@apollo/client/react';
import { Modal, Radio, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { explain } from '../apollo/errors.ts';
import { type BaseFieldsFragment, SaveKnowledgeBaseDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

interface BaseDialogProps {
  /** Null: a new one. */
  base: BaseFieldsFragment | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** Makes a knowledge base or changes its name and who may read it. */
export function BaseDialog({ base, onClose, onSaved }: BaseDialogProps) {
  const [save, { loading, error }] = useMutation(SaveKnowledgeBaseDocument);
  const form = useForm({
    initialValues: {
      name: base?.name ?? '',
      description: base?.description ?? '',
      readers: base?.staffOnly ? 'staff' : 'all',
    },
    validate: { name: (name) => (name.trim() ? null : 'Enter a name.') },
  });
  const onSubmit = form.onSubmit(async ({ name, description, readers }) => {
    const values = { name: name.trim(), description: description.trim(), staffOnly: readers === 'staff' };
    try {
      const { data } = await save({ variables: { input: base ? { id: base.id, ...values } : values } });
      if (!data) return;
      onSaved(data.saveKnowledgeBase.id);
      onClose();
    } catch (failure) {
      for (const { path, message } of explain(failure).fields)
        form.setFieldError(path === 'staffOnly' ? 'readers' : path, message);
    }
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={base ? `Edit ${base.name}` : 'New knowledge base'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={onSubmit} noValidate className="form-stack">
        {error && explain(error).fields.length === 0 && (
          <Notice tone="bad">{explain(error).message} Nothing was saved.</Notice>
        )}
        <TextInput label="Name" data-autofocus maxLength={120} {...form.getInputProps('name')} />
        <Textarea
          label="Description"
          description="Stands at the top of the public page."
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps('description')}
        />
        <Radio.Group label="Who may read it" {...form.getInputProps('readers')}>
          <div className="form-stack base-readers">
            <Radio
              value="all"
              label="End users and staff"
              description="Public once it is the Default KnowledgeBase in the settings."
            />
            <Radio value="staff" label="Staff only" description="Never shown to end users." />
          </div>
        </Radio.Group>
        <div className="form-actions">
          <Button look="primary" type="submit" isBusy={loading}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  );
}
