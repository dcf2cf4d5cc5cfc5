import { useMutation, useQuery } from '@apollo/client/react';
import { Modal, Radio, TextInput } from '@mantine/core';
import { EditorContent } from '@tiptap/react';
import { useRef, useState } from 'react';
import { explain } from '../../apollo/errors.ts';
import {
  SavedRepliesDocument,
  SavedReplyDocument,
  SavedReplyPlaceholdersDocument,
  type SavedReplyReach,
  SaveSavedReplyDocument,
} from '../../gql/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice, SkeletonLines } from '../../ui/Notice.tsx';
import { PlaceholderChips } from '../../ui/PlaceholderChips.tsx';
import { sayDone } from '../../ui/undo.tsx';
import { EditorToolbar } from '../EditorToolbar.tsx';
import { contentFromDraft } from '../editor-content.ts';
import { useComposeEditor } from '../use-compose-editor.ts';
import '../../ui/mantine-forms.css';
import '../ticket-page.css';

const LONGEST_NAME = 100;

/** A saved reply as it is being written; without an id it is a new one. */
interface Written {
  id?: string;
  version?: number;
  name: string;
  reach: SavedReplyReach;
  html: string;
}

interface SavedReplyDialogProps {
  /** Which one is changed; null: a new one is made. */
  id: string | null;
  /** The words that a new one begins with. */
  html?: string;
  onClose: () => void;
}

/** Makes a saved reply or changes one. */
export function SavedReplyDialog({ id, html = '', onClose }: SavedReplyDialogProps) {
  const { data, error } = useQuery(SavedReplyDocument, {
    variables: { id: id ?? '' },
    skip: id === null,
    fetchPolicy: 'no-cache',
  });
  const isChanged = useRef(false);
  const close = () => {
    if (!isChanged.current || window.confirm('Close without saving your changes?')) onClose();
  };
  const written: Written | null | undefined =
    id === null ? { name: '', reach: 'MINE' as const, html } : data?.savedReply;
  return (
    <Modal
      opened
      onClose={close}
      title={id === null ? 'New saved reply' : 'Edit saved reply'}
      size={680}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {error && <Notice tone="bad">{explain(error).message}</Notice>}
      {written === null && <Notice>It was deleted meanwhile. Close this and make a new one.</Notice>}
      {written === undefined && !error && <SkeletonLines count={6} />}
      {written && <SavedReplyForm first={written} isChanged={isChanged} onClose={close} onSaved={onClose} />}
    </Modal>
  );
}

interface SavedReplyFormProps {
  first: Written;
  isChanged: React.RefObject<boolean>;
  onClose: () => void;
  onSaved: () => void;
}

function SavedReplyForm({ first, isChanged, onClose, onSaved }: SavedReplyFormProps) {
  const [name, setName] = useState(first.name);
  const [reach, setReach] = useState(first.reach);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const html = useRef(first.html);
  const [save, { loading }] = useMutation(SaveSavedReplyDocument, {
    refetchQueries: [SavedRepliesDocument],
    awaitRefetchQueries: true,
  });
  const placeholders = useQuery(SavedReplyPlaceholdersDocument).data?.savedReplyPlaceholders ?? [];
  const changed = (field: string) => {
    isChanged.current = true;
    setProblems(({ [field]: _, ...others }) => others);
  };
  const { editor } = useComposeEditor({
    label: 'Words',
    placeholder: 'Write the words',
    content: (schema) => contentFromDraft(schema, { text: '', html: first.html }),
    onChange: (words) => {
      html.current = words.html;
      changed('html');
    },
    onFiles: () => setProblems({ html: 'A saved reply carries no pictures and files. Add them to the mail itself.' }),
    isFocused: false,
  });
  const onSubmit = async () => {
    try {
      const { id, version } = first;
      const { data } = await save({
        variables: { input: { name, reach, html: html.current, ...(id ? { id, version } : {}) } },
      });
      if (!data) return;
      sayDone(`“${data.saveSavedReply.name}” is saved. Type / in a reply to put it in.`);
      onSaved();
    } catch (failure) {
      const { fields, message } = explain(failure);
      setProblems(Object.fromEntries(fields.map(({ path, message: words }) => [path, words])));
      setTrouble(fields.length === 0 ? message : null);
    }
  };
  return (
    <form
      className="form-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // It may stand within another form's dialog on the page.
        event.stopPropagation();
        void onSubmit();
      }}
    >
      {trouble && <Notice tone="bad">{trouble}</Notice>}
      <TextInput
        label="Name"
        description="What you type after / to find it."
        data-autofocus
        autoComplete="off"
        maxLength={LONGEST_NAME}
        value={name}
        error={problems.name}
        onChange={(event) => {
          setName(event.currentTarget.value);
          changed('name');
        }}
      />
      <Radio.Group
        label="For"
        value={reach}
        error={problems.reach}
        onChange={(value) => {
          setReach(value as SavedReplyReach);
          changed('name');
        }}
      >
        <div className="saved-form__reach">
          <Radio value="MINE" label="Only me" />
          <Radio value="EVERYBODY" label="Everybody: each colleague can use and change it" />
        </div>
      </Radio.Group>
      <div className="form-stack saved-form__words">
        <span className="saved-form__label" aria-hidden="true">
          Words
        </span>
        <div className="new-ticket__body">
          <EditorContent editor={editor} className="reply__text" />
          {editor && <EditorToolbar editor={editor} />}
        </div>
        {problems.html && <Notice tone="bad">{problems.html}</Notice>}
        <PlaceholderChips
          placeholders={placeholders}
          onInsert={(written) => editor.chain().focus().insertContent({ type: 'text', text: written }).run()}
        />
        <p className="second">
          They are filled in for the ticket when you put the words in. One that is not known there stays as a gap, and
          stops the mail until you fill it in; so does <span className="mono">____</span>.
        </p>
      </div>
      <div className="form-actions">
        <Button look="primary" type="submit" isBusy={loading}>
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
