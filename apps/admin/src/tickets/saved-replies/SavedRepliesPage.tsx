import { useMutation, useQuery } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { IconChevronRight, IconMessage2Plus, IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../../apollo/errors.ts';
import {
  DeleteSavedReplyDocument,
  SavedRepliesDocument,
  SavedReplyDocument,
  type SavedReplyLineFragment,
  SaveSavedReplyDocument,
} from '../../gql/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { formatAgo } from '../../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../../ui/Notice.tsx';
import { SafeHtml } from '../../ui/SafeHtml.tsx';
import { sayDone, sayFailed } from '../../ui/undo.tsx';
import { useNow } from '../../ui/use-now.ts';
import { findSavedReplies } from './find-saved-replies.ts';
import { SavedReplyDialog } from './SavedReplyDialog.tsx';
import { useSavedReplies } from './use-saved-replies.ts';
import '../../ui/mantine-forms.css';
import './saved-replies.css';

const REFRESH = { refetchQueries: [SavedRepliesDocument], awaitRefetchQueries: true };

/** Deletes at once and offers to take it back: then it is made anew as it stood. */
function useDelete() {
  const [remove] = useMutation(DeleteSavedReplyDocument, REFRESH);
  const [save] = useMutation(SaveSavedReplyDocument, REFRESH);
  return async (savedReplyId: string) => {
    try {
      const { data } = await remove({ variables: { input: { savedReplyId } } });
      if (!data) return;
      const { name, reach, html } = data.deleteSavedReply;
      sayDone(`“${name}” is deleted.`, () => {
        save({ variables: { input: { name, reach, html } } }).catch((error) =>
          sayFailed(`“${name}” could not be brought back. ${explain(error).message}`),
        );
      });
    } catch (error) {
      sayFailed(`${explain(error).message} Nothing was deleted.`);
    }
  };
}

/** The words themselves, and what can be done with them. */
function OpenReply({
  reply,
  onEdit,
  onDelete,
}: {
  reply: SavedReplyLineFragment;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const { data, error } = useQuery(SavedReplyDocument, {
    variables: { id: reply.id },
    fetchPolicy: 'cache-and-network',
  });
  return (
    <div className="saved-reply__open">
      {error && <Notice tone="bad">{explain(error).message}</Notice>}
      {!data && !error && <SkeletonLines count={3} />}
      {data?.savedReply && <SafeHtml html={data.savedReply.html} className="saved-words" />}
      <div className="form-actions">
        <Button size="small" aria-label={`Edit ${reply.name}`} onClick={onEdit}>
          Edit
        </Button>
        <Button size="small" aria-label={`Delete ${reply.name}`} onClick={onDelete}>
          Delete
        </Button>
      </div>
    </div>
  );
}

interface ReplyItemProps {
  reply: SavedReplyLineFragment;
  isOpen: boolean;
  onToggle: () => void;
  onEdit: () => void;
  onDelete: () => void;
}

function ReplyItem({ reply, isOpen, onToggle, onEdit, onDelete }: ReplyItemProps) {
  const now = useNow();
  return (
    <li className="saved-reply">
      <button type="button" className="saved-reply__head" aria-expanded={isOpen} onClick={onToggle}>
        <IconChevronRight size={16} aria-hidden="true" />
        <span className="saved-reply__words">
          <strong dir="auto">{reply.name}</strong>
          {!isOpen && (
            <span className="saved-option__words second" dir="auto">
              {reply.excerpt}
            </span>
          )}
        </span>
        <span className="second saved-reply__when">
          {formatAgo(reply.updatedAt, now)}
          {reply.updatedBy && ` · ${reply.updatedBy.name}`}
        </span>
      </button>
      {isOpen && <OpenReply reply={reply} onEdit={onEdit} onDelete={onDelete} />}
    </li>
  );
}

const GROUPS = [
  ['EVERYBODY', 'For everybody'],
  ['MINE', 'Only for me'],
] as const;

/** Every saved reply for the viewer: read, written, changed and deleted here. */
export function SavedRepliesPage() {
  const { open } = useSearch({ from: '/app/saved-replies' });
  const navigate = useNavigate();
  const list = useSavedReplies();
  const remove = useDelete();
  const [sought, setSought] = useState('');
  const [edited, setEdited] = useState<{ id: string | null } | null>(null);
  const found = findSavedReplies(list.replies, sought);
  const toggle = (id: string) =>
    void navigate({ to: '/saved-replies', search: { open: open === id ? undefined : id }, replace: true });
  const isEmpty = list.replies.length === 0 && !list.isReading && !list.trouble;
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Saved replies</h1>
          <span className="spacer" />
          <Button
            look="primary"
            size="big"
            icon={<IconMessage2Plus size={17} aria-hidden="true" />}
            onClick={() => setEdited({ id: null })}
          >
            New saved reply
          </Button>
        </div>
        <p className="second saved-replies__help">
          Words that you write again and again. Type <kbd className="kbd">/</kbd> in a reply and some letters of the
          name to put them in.
        </p>
        {list.trouble && (
          <Notice tone="bad" action={<Button onClick={list.readAgain}>Try again</Button>}>
            {list.trouble}
          </Notice>
        )}
        {list.isReading && list.replies.length === 0 && <SkeletonLines count={6} />}
        {isEmpty && (
          <EmptyState title="No saved replies yet">
            <p>Make one here, or save what you have written from the toolbar of a reply.</p>
          </EmptyState>
        )}
        {list.replies.length > 0 && (
          <div className="form-stack">
            <TextInput
              className="saved-replies__search"
              aria-label="Search saved replies"
              placeholder="Name or words"
              leftSection={<IconSearch size={15} aria-hidden="true" />}
              value={sought}
              onChange={(event) => setSought(event.currentTarget.value)}
            />
            {found.length === 0 && (
              <p className="second" role="status">
                No saved reply has these words.
              </p>
            )}
            {GROUPS.map(([reach, title]) => {
              const replies = found.filter((reply) => reply.reach === reach);
              return (
                replies.length > 0 && (
                  <section key={reach} aria-label={title}>
                    <h2 className="saved-replies__group">
                      {title} <span className="second">{replies.length}</span>
                    </h2>
                    <ul className="card saved-replies__list">
                      {replies.map((reply) => (
                        <ReplyItem
                          key={reply.id}
                          reply={reply}
                          isOpen={open === reply.id}
                          onToggle={() => toggle(reply.id)}
                          onEdit={() => setEdited({ id: reply.id })}
                          onDelete={() => void remove(reply.id)}
                        />
                      ))}
                    </ul>
                  </section>
                )
              );
            })}
          </div>
        )}
        {edited && <SavedReplyDialog id={edited.id} onClose={() => setEdited(null)} />}
      </div>
    </div>
  );
}
