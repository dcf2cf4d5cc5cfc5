import { useMutation } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { type BaseFieldsFragment, DeleteKnowledgeBaseDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone } from '../ui/undo.tsx';

interface DeleteBaseDialogProps {
  base: BaseFieldsFragment;
  onClose: () => void;
  onDeleted: () => void;
}

const fields: Record<string, string> = {
  'Default KnowledgeBase': 'defaultKnowledgeBaseId',
  'Default Support KnowledgeBase': 'defaultSupportKnowledgeBaseId',
};

/** Deletes a base for ever; one that a setting uses stays, with the way to that setting. */
export function DeleteBaseDialog({ base, onClose, onDeleted }: DeleteBaseDialogProps) {
  const [remove, { loading, error }] = useMutation(DeleteKnowledgeBaseDocument);
  const onRemove = async () => {
    const { data } = await remove({ variables: { input: { knowledgeBaseId: base.id } } }).catch(() => ({
      data: undefined,
    }));
    if (!data) return;
    sayDone(`“${base.name}” is deleted.`);
    onDeleted();
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Delete ${base.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="form-stack">
        {error && <Notice tone="bad">{explain(error).message}</Notice>}
        {base.usedAs.length > 0 ? (
          base.usedAs.map((use) => (
            <Notice
              key={use}
              tone="warn"
              action={
                <Link to="/settings" hash={fields[use] ?? 'knowledge'}>
                  Go to the setting
                </Link>
              }
            >
              “{base.name}” is the {use}. Choose another there first.
            </Notice>
          ))
        ) : (
          <p>
            {plural(base.articleCount, 'article')} in it and all their versions go with it. There is no way back; you
            can export the base first.
          </p>
        )}
        <div className="form-actions">
          {base.usedAs.length === 0 && (
            <Button look="danger" isBusy={loading} onClick={() => void onRemove()}>
              Delete for ever
            </Button>
          )}
          <Button onClick={onClose}>Keep</Button>
        </div>
      </div>
    </Modal>
  );
}
