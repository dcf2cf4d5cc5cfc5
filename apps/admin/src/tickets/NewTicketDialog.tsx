import { useMutation, useQuery } from '@apollo/client/react';
import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { EditorContent } from '@tiptap/react';
import { useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { ComposeFrameDocument, OpenTicketDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { AddressField } from './AddressField.tsx';
import { isAddress } from './address-list.ts';
import { DraftFiles } from './DraftFiles.tsx';
import { EditorToolbar } from './EditorToolbar.tsx';
import { contentFromDraft } from './editor-content.ts';
import { type NewTicket, readNewTicket, writeNewTicket } from './new-ticket-draft.ts';
import { filesToSend, hasWords } from './reply-draft.ts';
import { SavedReplies } from './saved-replies/SavedReplies.tsx';
import { type Guard, guardsFor } from './send-guards.ts';
import { useComposeEditor } from './use-compose-editor.ts';
import { useMailFiles } from './use-mail-files.ts';
import { refreshWaitingMails } from './use-waiting-mails.ts';
import '../ui/mantine-forms.css';
import './ticket-page.css';

function problemsOf(ticket: NewTicket): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!isAddress(ticket.requesterEmail.trim())) problems.requesterEmail = 'Enter one address, like freya@example.com.';
  if (!ticket.subject.trim()) problems.subject = 'Enter a subject.';
  if (!hasWords(ticket)) problems.text = 'Write the message.';
  const wrong = [...ticket.cc, ...ticket.bcc].find((address) => !isAddress(address));
  if (wrong !== undefined) problems.cc = `“${wrong}” is no address that can be written to. Mend it or take it out.`;
  return problems;
}

/** An assistant writes first: opens a ticket and sends its first message. What is typed is kept in this browser until it is sent. */
export function NewTicketDialog({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [openTicket, { loading, error }] = useMutation(OpenTicketDocument);
  const limits = useQuery(ComposeFrameDocument, { fetchPolicy: 'cache-first' }).data?.uploadLimits;
  const [ticket, setTicket] = useState(readNewTicket);
  const newest = useRef(ticket);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [guards, setGuards] = useState<readonly Guard[]>([]);
  const [savedReplies, setSavedReplies] = useState<'list' | 'save' | null>(null);
  const [isCcShown, setCcShown] = useState(ticket.cc.length + ticket.bcc.length > 0);
  const change = (part: Partial<NewTicket>) => {
    newest.current = { ...newest.current, ...part, updatedAt: new Date().toISOString() };
    setTicket(newest.current);
    writeNewTicket(newest.current);
    setGuards([]);
  };
  const ownFiles = filesToSend(ticket);
  const files = useMailFiles({
    limits,
    attached: ownFiles,
    onFile: (file) => {
      change({ files: [...newest.current.files, file] });
      if (file.isPicture) insertPicture(file);
    },
  });
  const { editor, insertPicture } = useComposeEditor({
    placeholder: 'Write the message',
    content: (schema) => contentFromDraft(schema, newest.current),
    onChange: change,
    onFiles: files.addIntoWords,
    isFocused: false,
  });

  const send = async (hasLooked: boolean) => {
    const { requesterEmail, requesterName, subject, text, html, cc, bcc, key } = newest.current;
    const found = problemsOf(newest.current);
    if (files.isBusy) found.files = 'A file is still on its way up. Send when it is there, or stop it.';
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const sent = filesToSend(newest.current);
    const held = guardsFor({
      mode: 'reply',
      text,
      fileCount: sent.length,
      totalBytes: sent.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      failedFiles: files.goingUp.map(({ name }) => name),
    });
    setGuards(hasLooked ? [] : held);
    if (!hasLooked && held.length > 0) return;
    try {
      const input = {
        requesterEmail: requesterEmail.trim(),
        requesterName: requesterName.trim() || null,
        subject,
        text,
        html,
        cc,
        bcc,
        attachmentIds: sent.map(({ id }) => id),
        idempotencyKey: key,
      };
      const { data } = await openTicket({ variables: { input } });
      if (!data) return;
      writeNewTicket(null);
      refreshWaitingMails();
      onClose();
      await navigate({ to: '/tickets/$number', params: { number: String(data.openTicket.number) } });
    } catch (failure) {
      setProblems(Object.fromEntries(explain(failure).fields.map(({ path, message }) => [path, message])));
    }
  };
  const others = ['text', 'cc', 'bcc', 'files', 'attachmentIds'].flatMap((name) => problems[name] ?? []);
  return (
    <>
      <Modal
        opened
        onClose={onClose}
        closeOnEscape={savedReplies === null}
        title="New ticket"
        size={680}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl Enter sends from anywhere inside, and files are dropped on it */}
        <div
          className={`form-stack new-ticket${files.isOver ? ' reply--over' : ''}`}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            if (event.target instanceof HTMLInputElement) event.target.blur();
            setTimeout(() => void send(false));
          }}
          {...files.zone}
        >
          {error && explain(error).fields.length === 0 && (
            <Notice tone="bad">{explain(error).message} Nothing was sent; what you typed is kept.</Notice>
          )}
          <TextInput
            label="To"
            type="email"
            data-autofocus
            value={ticket.requesterEmail}
            error={problems.requesterEmail}
            onChange={({ currentTarget }) => change({ requesterEmail: currentTarget.value })}
          />
          <TextInput
            label="Name"
            description="May stay empty."
            value={ticket.requesterName}
            error={problems.requesterName}
            onChange={({ currentTarget }) => change({ requesterName: currentTarget.value })}
          />
          {isCcShown ? (
            <div>
              <AddressField label="Cc" addresses={ticket.cc} onChange={(cc) => change({ cc })} />
              <AddressField label="Bcc" addresses={ticket.bcc} onChange={(bcc) => change({ bcc })} />
            </div>
          ) : (
            <button type="button" className="text-button new-ticket__more" onClick={() => setCcShown(true)}>
              Cc and Bcc
            </button>
          )}
          <TextInput
            label="Subject"
            value={ticket.subject}
            error={problems.subject}
            onChange={({ currentTarget }) => change({ subject: currentTarget.value })}
          />
          <div className="new-ticket__body">
            <EditorContent editor={editor} className="reply__text" />
            <DraftFiles
              files={ownFiles.filter(({ isPicture }) => !isPicture)}
              onRemove={(id) => change({ files: newest.current.files.filter((file) => file.id !== id) })}
              goingUp={files.goingUp}
              onRetry={files.retry}
              onCancel={files.remove}
              lostFiles={ticket.lostFiles}
            />
            {editor && (
              <EditorToolbar editor={editor} onFiles={files.add} onSavedReplies={() => setSavedReplies('list')} />
            )}
          </div>
          {others.length > 0 && <Notice tone="bad">{others.join(' ')} Nothing was sent.</Notice>}
          {guards.length > 0 && (
            <div role="alert">
              <Notice
                tone="warn"
                action={
                  <Button size="small" onClick={() => void send(true)}>
                    Send anyway
                  </Button>
                }
              >
                {guards.map(({ id, says }) => (
                  <p key={id}>{says}</p>
                ))}
                Nothing was sent yet.
              </Notice>
            </div>
          )}
          <div className="form-actions">
            <Button look="primary" isBusy={loading} onClick={() => void send(false)}>
              Send
            </Button>
            <Button onClick={onClose}>Cancel</Button>
            <span className="second">What you typed stays here until it is sent.</span>
          </div>
        </div>
      </Modal>
      {editor && <SavedReplies editor={editor} ticketId={null} opened={savedReplies} onOpen={setSavedReplies} />}
    </>
  );
}
