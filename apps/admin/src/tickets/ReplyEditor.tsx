import { useQuery } from '@apollo/client/react';
import { EditorContent } from '@tiptap/react';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { ComposeFrameDocument, type TicketStatus } from '../gql/graphql.ts';
import { useActions } from '../ui/actions/registry.ts';
import { isAddress, withAddresses } from './address-list.ts';
import { DraftFiles } from './DraftFiles.tsx';
import { EditorPlace } from './detached/EditorPlace.tsx';
import { useDetached } from './detached/use-detached.ts';
import { WindowTools } from './detached/WindowTools.tsx';
import { EditorToolbar } from './EditorToolbar.tsx';
import { contentFromDraft, insertArticle } from './editor-content.ts';
import { ForwardedMessage, isSecret, useForwarded } from './ForwardedMessage.tsx';
import { lastSeen } from './last-filed.ts';
import type { OpenTicket } from './open-ticket.ts';
import { ReplyFoot } from './ReplyFoot.tsx';
import { ReplyHead } from './ReplyHead.tsx';
import { type DraftFile, filesToSend, modeOf, type ReplyDraft, type ReplyMode } from './reply-draft.ts';
import { SavedReplies } from './saved-replies/SavedReplies.tsx';
import { guardsFor } from './send-guards.ts';
import { useComposeEditor } from './use-compose-editor.ts';
import { useMailFiles } from './use-mail-files.ts';
import { type Insertion, useReplyDraft } from './use-reply-draft.ts';
import { isSendable, useSend } from './use-send.ts';

const ArticlePicker = lazy(() => import('./ArticlePicker.tsx').then((module) => ({ default: module.ArticlePicker })));

/** What the editor is opened or turned to. */
export interface EditorWish {
  mode: ReplyMode;
  /** The message to send on. */
  forwardOfId?: string | null;
  /** Everybody gets a copy. */
  isToAll?: boolean;
}

interface ReplyEditorProps {
  ticket: OpenTicket;
  wish: EditorWish;
  /** What to know before writing; asked with whether others get a copy. */
  hints: (mail: { hasOthers: boolean; isClear: boolean; onClear: (isClear: boolean) => void }) => ReactNode;
  /** The newest message that was on screen. */
  lastSeenId: string | undefined;
  initial: ReplyDraft;
  insertion: Insertion | null;
  onInserted: () => void;
  onWish: (wish: EditorWish) => void;
  onClose: () => void;
  onSent: (mode: ReplyMode, thenStatus: TicketStatus | undefined) => void;
}

const PLACEHOLDERS = {
  reply: 'Write your answer',
  forward: 'Write some words above the message, or none',
  note: 'Write for your team',
} as const;

/** What the window of a detached editor is called, before the number of the ticket. */
const WINDOWS = { reply: 'Reply to', forward: 'Forward from', note: 'Note on' } as const;

function wrongAddresses({ to, cc, bcc }: ReplyDraft, mode: ReplyMode): string | null {
  const wrong = [...(mode === 'forward' ? to : []), ...cc, ...bcc].filter((address) => !isAddress(address));
  if (wrong.length === 0) return null;
  return `“${wrong[0]}” is no address that can be written to. Enter one like anna@example.com, or take it out. Nothing was sent.`;
}

/** A message that was taken back leaves an earlier one as the last: that is no news. */
const isLater = (shown = '', seen = '') => shown > seen;

/** The editor of replies, forwarded messages and internal notes. What is typed is kept at once and survives every action. */
export function ReplyEditor(props: ReplyEditorProps) {
  const { ticket, wish, initial, insertion, onInserted, onSent } = props;
  const { mode } = wish;
  const { draft, kept, state, change, fill, finish } = useReplyDraft(ticket.id, initial);
  const frame = useQuery(ComposeFrameDocument, { fetchPolicy: 'cache-first' });
  const limits = frame.data?.uploadLimits;
  const forwarded = useForwarded(kept.forwardOfId);
  const originals = (mode === 'forward' ? (forwarded?.attachments ?? []) : []).filter(
    ({ id }) => !kept.leftOutIds.includes(id),
  );
  const [seenId] = useState(props.lastSeenId);
  const [isEmpty, setEmpty] = useState(() => !isSendable(initial));
  const [isHeld, setHeld] = useState(false);
  const [hindrance, setHindrance] = useState<string | null>(null);
  const [isClear, setClear] = useState(false);
  const [isPicking, setPicking] = useState(false);
  const [savedReplies, setSavedReplies] = useState<'list' | 'save' | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const detached = useDetached(root);
  const attach = useRef<() => void>(() => undefined);
  const lastStatus = useRef<TicketStatus | undefined>(undefined);
  const others = useRef(ticket.replyAll.cc);
  others.current = ticket.replyAll.cc;
  const { send, isSending, trouble } = useSend({
    ticketId: ticket.id,
    lastSeenMessageId: seenId,
    onSent: (thenStatus) => {
      finish();
      onSent(mode, thenStatus);
    },
  });

  const ownFiles = filesToSend({ files: kept.files, html: draft.current.html });
  const carried = mode === 'note' ? [] : [...originals, ...ownFiles];
  const files = useMailFiles({
    limits,
    attached: carried,
    onFile: (file: DraftFile) => {
      change({ files: [...draft.current.files, file] });
      if (file.isPicture) insertPicture(file);
    },
  });
  const { editor, isReady, insertPicture } = useComposeEditor({
    placeholder: PLACEHOLDERS[mode],
    content: (schema) => contentFromDraft(schema, draft.current),
    onChange: (words) => {
      change(words);
      setHeld(false);
      setEmpty(!isSendable(draft.current));
    },
    onFiles: (dropped) => {
      if (mode === 'note') setHindrance('A note carries no files. Choose Reply or Forward to send them.');
      else files.addIntoWords(dropped);
    },
    isFocused: mode !== 'forward',
  });

  // What was asked for from outside is written into the draft: another kind of mail, or a copy for everybody.
  useEffect(() => {
    const { current } = draft;
    const part: Partial<ReplyDraft> = { isNote: mode === 'note' };
    if (mode !== 'note') part.forwardOfId = mode === 'forward' ? (wish.forwardOfId ?? current.forwardOfId) : null;
    if (wish.isToAll) part.cc = withAddresses(current.cc, others.current);
    const isOther = modeOf({ ...current, ...part }) !== modeOf(current);
    if (isOther || part.cc) fill(part);
    if ((isOther || part.cc) && current.text.trim()) change(part);
    setEmpty(!isSendable(draft.current));
    setHindrance(null);
    setHeld(false);
  }, [wish, mode, draft, fill, change]);
  // Whoever asks for it once more wants to write, wherever it stands.
  useEffect(() => {
    if (isReady && wish.mode !== 'forward' && !editor.isDestroyed) editor.commands.focus();
  }, [wish, isReady, editor]);
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

  const guards = guardsFor({
    mode,
    text: draft.current.text,
    fileCount: carried.length,
    totalBytes: carried.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    failedFiles: files.goingUp.filter(({ problem }) => problem !== null).map(({ name }) => name),
  });
  const whyNot = (): string | null => {
    if (mode === 'note') return null;
    if (files.isBusy) return 'A file is still on its way up. Send when it is there, or stop it. Nothing was sent.';
    const count = (mode === 'forward' ? kept.to.length : 1) + kept.cc.length + kept.bcc.length;
    if (limits && count > limits.recipients)
      return `A mail goes to at most ${limits.recipients} addresses. Use Mass mail for more. Nothing was sent.`;
    if (mode === 'forward' && kept.to.length === 0) return 'Enter an address to forward to. Nothing was sent.';
    return wrongAddresses(draft.current, mode);
  };
  const sendNow = (thenStatus: TicketStatus | undefined, hasLooked: boolean, isAnyway = false) => {
    lastStatus.current = mode === 'reply' ? thenStatus : undefined;
    const why = whyNot();
    setHindrance(why);
    if (why !== null) return;
    setHeld(!hasLooked && guards.length > 0);
    if (!hasLooked && guards.length > 0) return;
    void send(draft.current, { thenStatus: lastStatus.current, isAnyway, encrypt: isClear ? false : null });
  };
  // A field that is being typed in gives its address first.
  const sendSoon = (thenStatus?: TicketStatus) => {
    if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
    setTimeout(() => latest.current(thenStatus, false));
  };
  const latest = useRef(sendNow);
  latest.current = sendNow;

  const toggleDetached = () => {
    detached.setDetached(!detached.isDetached);
    editor.commands.focus();
  };
  useActions([
    {
      id: 'send',
      label: { reply: 'Send', forward: 'Forward', note: 'Add note' }[mode],
      group: 'Editor',
      keys: ['Ctrl Enter'],
      worksInFields: true,
      run: () => sendSoon(),
    },
    {
      id: 'send-close',
      label: 'Send and close',
      group: 'Editor',
      keys: ['Ctrl Shift Enter'],
      worksInFields: true,
      run: () => sendSoon('CLOSED'),
    },
    { id: 'attach', label: 'Attach files', group: 'Editor', run: () => attach.current() },
    { id: 'article', label: 'Insert an article', group: 'Editor', run: () => setPicking(true) },
  ]);
  const changePeople = (part: Partial<Pick<ReplyDraft, 'to' | 'cc' | 'bcc'>>) => {
    setHindrance(null);
    change({ ...part, hasOwnPeople: true });
  };
  const sender = frame.data?.mySender.signedAs.name;
  const from = ticket.mailbox && sender ? `${sender} <${ticket.mailbox}>` : ticket.mailbox;
  const newestLetter = ticket.messages.nodes.findLast(({ kind }) => kind === 'INBOUND');
  return (
    <>
      {detached.isDetached && <EditorPlace onShow={() => editor.commands.focus()} onPutBack={toggleDetached} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves the editor from anywhere inside it, and files are dropped on it */}
      <div
        ref={root}
        className={[
          'reply',
          `reply--${mode}`,
          files.isOver && mode !== 'note' && 'reply--over',
          detached.isDetached && 'reply--detached',
        ]
          .filter(Boolean)
          .join(' ')}
        style={detached.style}
        {...(detached.isDetached && { role: 'dialog', 'aria-label': `${WINDOWS[mode]} #${ticket.number}` })}
        onKeyDown={(event) => {
          // A menu that hangs on it has keys of its own.
          if (!event.currentTarget.contains(event.target as Node)) return;
          if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
            event.preventDefault();
            event.nativeEvent.stopPropagation();
            sendSoon(event.shiftKey ? 'CLOSED' : undefined);
          } else if (event.altKey && event.key === 'Enter' && !detached.isFixed) {
            event.preventDefault();
            event.nativeEvent.stopPropagation();
            toggleDetached();
          } else if (event.key === 'Escape') {
            event.nativeEvent.stopPropagation();
            props.onClose();
          }
        }}
        {...(mode !== 'note' && files.zone)}
      >
        <ReplyHead
          mode={mode}
          recipient={ticket.requester.email}
          from={from}
          people={kept}
          onPeople={changePeople}
          others={ticket.replyAll.cc}
          onReplyAll={() => props.onWish({ mode: 'reply', isToAll: true })}
          canForward={kept.forwardOfId !== null || newestLetter !== undefined}
          onModeChange={(next) =>
            props.onWish({ mode: next, forwardOfId: kept.forwardOfId ?? newestLetter?.id ?? null })
          }
          tools={<WindowTools window={detached} onToggle={toggleDetached} />}
          onGrab={(event) => detached.drag(event, 'window')}
          onClose={props.onClose}
        />
        {mode === 'reply' &&
          props.hints({ hasOthers: kept.cc.length + kept.bcc.length > 0, isClear, onClear: setClear })}
        <EditorContent editor={editor} className="reply__text" />
        {mode === 'forward' && <ForwardedMessage message={forwarded} subject={ticket.subject} />}
        {mode !== 'note' && (
          <DraftFiles
            files={ownFiles.filter(({ isPicture }) => !isPicture)}
            onRemove={(id) => change({ files: draft.current.files.filter((file) => file.id !== id) })}
            originals={originals.filter(({ inline }) => !inline)}
            onLeaveOut={(id) => change({ leftOutIds: [...draft.current.leftOutIds, id] })}
            goingUp={files.goingUp}
            onRetry={files.retry}
            onCancel={files.remove}
            lostFiles={kept.lostFiles}
          />
        )}
        <ReplyFoot
          mode={mode}
          isSending={isSending}
          isBlocked={isEmpty || (mode === 'forward' && isSecret(forwarded))}
          hasNews={mode === 'reply' && isLater(props.lastSeenId, lastSeen(ticket.id, seenId))}
          trouble={trouble}
          guards={isHeld ? guards : []}
          hindrance={hindrance}
          draftState={state}
          toolbar={
            editor && (
              <EditorToolbar
                editor={editor}
                onFiles={mode === 'note' ? undefined : files.add}
                onArticle={mode === 'note' ? undefined : () => setPicking(true)}
                onSavedReplies={() => setSavedReplies('list')}
                attachRef={attach}
              />
            )
          }
          onSend={sendSoon}
          onSendAnyway={() => sendNow(lastStatus.current, true, !isHeld)}
        />
        {detached.isDetached && (
          <div className="reply__corner" aria-hidden="true" onPointerDown={(event) => detached.drag(event, 'corner')} />
        )}
      </div>
      {editor && <SavedReplies editor={editor} ticketId={ticket.id} opened={savedReplies} onOpen={setSavedReplies} />}
      {isPicking && (
        <Suspense>
          <ArticlePicker
            onClose={() => setPicking(false)}
            onChoose={(article) => {
              setPicking(false);
              editor.commands.command(({ tr }) => {
                insertArticle(tr, article);
                return true;
              });
            }}
          />
        </Suspense>
      )}
    </>
  );
}
