import { useApolloClient } from '@apollo/client/react';
import type { Editor } from '@tiptap/react';
import { lazy, Suspense } from 'react';
import { explain } from '../../apollo/errors.ts';
import { FilledSavedReplyDocument, type SavedReplyLineFragment } from '../../gql/graphql.ts';
import { useActions } from '../../ui/actions/registry.ts';
import { sayFailed } from '../../ui/undo.tsx';
import { endStep, insertSavedReply } from './insert-saved-reply.ts';
import { SavedReplyPicker } from './SavedReplyPicker.tsx';
import { SlashMenu } from './SlashMenu.tsx';
import { commandIn, heldPlace, holdPlace } from './slash-command.ts';
import { useSavedReplies } from './use-saved-replies.ts';
import { wordsToSave } from './words-to-save.ts';
import './saved-replies.css';

const SavedReplyDialog = lazy(() =>
  import('./SavedReplyDialog.tsx').then((module) => ({ default: module.SavedReplyDialog })),
);

interface SavedRepliesProps {
  editor: Editor;
  /** Whose placeholders are filled in; null: there is no ticket yet. */
  ticketId: string | null;
  /** What is open beside the words. */
  opened: 'list' | 'save' | null;
  onOpen: (what: 'list' | 'save' | null) => void;
}

/** Puts a saved reply where `/…` was typed, else where the caret stands, as it reads on this ticket. */
function useInsert(editor: Editor, ticketId: string | null, readAgain: () => void) {
  const client = useApolloClient();
  return async ({ id, name }: SavedReplyLineFragment) => {
    editor.view.dispatch(holdPlace(editor.state.tr, commandIn(editor.state) ?? editor.state.selection));
    try {
      const { data } = await client.query({
        query: FilledSavedReplyDocument,
        variables: { id, ticketId },
        fetchPolicy: 'network-only',
      });
      const place = editor.isDestroyed ? null : heldPlace(editor.state);
      if (!place) return;
      if (!data?.savedReply) {
        readAgain();
        sayFailed(`“${name}” was deleted meanwhile. Nothing was put in, and your words are as they were.`);
        return;
      }
      const { filled } = data.savedReply;
      editor
        .chain()
        .focus()
        .command(({ tr }) => {
          insertSavedReply(holdPlace(tr, null), filled, place);
          return true;
        })
        .run();
      editor.view.dispatch(endStep(editor.state.tr));
    } catch (error) {
      sayFailed(`${explain(error).message} Nothing was put in, and your words are as they were.`);
    }
  };
}

/** Saved replies for one editor: the list that `/` opens in its words, the one with a search, and saving its words. */
export function SavedReplies({ editor, ticketId, opened, onOpen }: SavedRepliesProps) {
  const list = useSavedReplies();
  const insert = useInsert(editor, ticketId, list.readAgain);
  useActions([
    {
      id: 'saved-replies',
      label: 'Saved replies',
      group: 'Editor',
      keys: ['/'],
      isTypedIntoWords: true,
      run: () => onOpen('list'),
    },
    { id: 'save-reply', label: 'Save as a saved reply', group: 'Editor', run: () => onOpen('save') },
  ]);
  const close = () => {
    onOpen(null);
    editor.commands.focus();
  };
  return (
    <>
      <SlashMenu editor={editor} list={list} onChoose={(reply) => void insert(reply)} />
      {opened === 'list' && (
        <SavedReplyPicker
          list={list}
          ticketId={ticketId}
          onChoose={(reply) => {
            onOpen(null);
            void insert(reply);
          }}
          onSaveWords={editor.isEmpty ? undefined : () => onOpen('save')}
          onClose={close}
        />
      )}
      {opened === 'save' && (
        <Suspense>
          <SavedReplyDialog id={null} html={wordsToSave(editor)} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
