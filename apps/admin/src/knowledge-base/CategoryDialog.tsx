import { useMutation } from '@apollo/client/react';
import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type CategoryFieldsFragment, SaveArticleCategoryDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';

interface CategoryDialogProps {
  knowledgeBaseId: string;
  /** Null: a new one, under `parentId`. */
  category: CategoryFieldsFragment | null;
  parentId: string | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Names a category. */
export function CategoryDialog({ knowledgeBaseId, category, parentId, onClose, onSaved }: CategoryDialogProps) {
  const [name, setName] = useState(category?.name ?? '');
  const [save, { loading, error }] = useMutation(SaveArticleCategoryDocument);
  const onSubmit = async () => {
    const input = { knowledgeBaseId, name: name.trim(), ...(category ? { id: category.id } : { parentId }) };
    const { data } = await save({ variables: { input } }).catch(() => ({ data: undefined }));
    if (!data) return;
    onSaved();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={category ? 'Rename the category' : 'New category'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className="form-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          maxLength={120}
          value={name}
          error={error ? (explain(error).fields[0]?.message ?? explain(error).message) : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="form-actions">
          <Button look="primary" type="submit" isBusy={loading} disabled={!name.trim()}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Modal>
  );
}
