import { Placeholder } from '@tiptap/extension-placeholder';
import { EditorContent, useEditor } from '@tiptap/react';
import { type ReactNode, useEffect, useState } from 'react';
import type { TicketStatus } from '../gql/graphql.ts';
import { useActions } from '../ui/actions/registry.ts';
import { EditorToolbar } from './EditorToolbar.tsx';
import { contentFromDraft, insertArticle, replyKit } from './editor-content.ts';
import { ReplyFoot } from './ReplyFoot.tsx';
import { ReplyHead } from './ReplyHead.tsx';
import type { ReplyDraft } from './reply-draft.ts';
import { type Insertion, useReplyDraft } from './use-reply-draft.ts';
import { useSend } from './use-send.ts';

interface ReplyEditorProps {
  ticketId: string;
  recipient: string | null;
  /** What to know before writing to them. */
  warning: ReactNode;
  from: string | null;
  /** The newest message that was on screen. */
  lastSeenId: string | undefined;
  isNote: boolean;
  initial: ReplyDraft;
  insertion: Insertion | null;
  onInserted: () => void;
  onModeChange: (isNote: boolean) => void;
  onClose: () => void;
  onSent: (thenStatus: TicketStatus | undefined) => void;
}

const extensions = [replyKit, Placeholder.configure({ placeholder: 'Write your answer' })];

/** The editor of replies and internal notes. What is typed is kept at once and survives every action. */
export function ReplyEditor(props: ReplyEditorProps) {
  const { ticketId, isNote, initial, insertion, onInserted, onSent } = props;
  const { draft, state, change, finish } = useReplyDraft(ticketId, initial);
  const [seenId] = useState(props.lastSeenId);
  const [isReady, setReady] = useState(false);
  const [isEmpty, setEmpty] = useState(!initial.text.trim());
  const { send, isSending, trouble } = useSend({
    ticketId,
    lastSeenMessageId: seenId,
    onSent: (thenStatus) => {
      finish();
      onSent(thenStatus);
    },
  });

  const editor = useEditor({
    extensions,
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    content: { type: 'doc', content: [{ type: 'paragraph' }] },
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Message', dir: 'auto' } },
    onCreate: ({ editor: created }) => {
      created.commands.setContent(contentFromDraft(created.schema, draft.current), { emitUpdate: false });
      created.commands.focus('end');
      setReady(true);
    },
    onUpdate: ({ editor: updated }) => {
      const text = updated.getText({ blockSeparator: '\n\n' });
      setEmpty(!text.trim());
      change({ text, html: updated.getHTML() });
    },
  });

  useEffect(() => {
    if (draft.current.isNote !== isNote) change({ isNote });
    if (isReady && !editor.isDestroyed) editor.commands.focus();
  }, [isNote, change, editor, draft, isReady]);
  useEffect(() => {
    if (!insertion || !isReady || editor.isDestroyed) return;
    change({ suggestionArticleId: insertion.articleId });
    editor
      .chain()
      .focus()
      .command(({ tr }) => {
        insertArticle(tr, insertion);
        return true;
      })
      .run();
    onInserted();
  }, [insertion, editor, isReady, change, onInserted]);

  const sendNow = (thenStatus?: TicketStatus, isAnyway = false) =>
    void send({ ...draft.current, isNote }, isNote ? undefined : thenStatus, isAnyway);
  useActions([
    {
      id: 'send',
      label: isNote ? 'Add note' : 'Send',
      group: 'Editor',
      keys: ['Ctrl Enter'],
      worksInFields: true,
      run: () => sendNow(),
    },
    {
      id: 'send-close',
      label: 'Send and close',
      group: 'Editor',
      keys: ['Ctrl Shift Enter'],
      worksInFields: true,
      run: () => sendNow('CLOSED'),
    },
  ]);
  const hasNews = props.lastSeenId !== seenId;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves the editor from anywhere inside it
    <div
      className={`reply${isNote ? ' reply--note' : ''}`}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
          event.preventDefault();
          event.nativeEvent.stopPropagation();
          sendNow(event.shiftKey ? 'CLOSED' : undefined);
        } else if (event.key === 'Escape') {
          event.nativeEvent.stopPropagation();
          props.onClose();
        }
      }}
    >
      <ReplyHead
        isNote={isNote}
        recipient={props.recipient}
        from={props.from}
        onModeChange={props.onModeChange}
        onClose={props.onClose}
      />
      {!isNote && props.warning}
      <EditorContent editor={editor} className="reply__text" />
      <ReplyFoot
        isNote={isNote}
        isSending={isSending}
        isEmpty={isEmpty}
        hasNews={hasNews}
        trouble={trouble}
        draftState={state}
        toolbar={editor && <EditorToolbar editor={editor} />}
        onSend={sendNow}
        onSendAnyway={() => sendNow(undefined, true)}
      />
    </div>
  );
}
