import { useQuery } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FilledSavedReplyDocument, type SavedReplyLineFragment } from '../../gql/graphql.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice, SkeletonLines } from '../../ui/Notice.tsx';
import { SafeHtml } from '../../ui/SafeHtml.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { findSavedReplies } from './find-saved-replies.ts';
import { optionId, SavedReplyOptions } from './SavedReplyOptions.tsx';
import type { SavedReplyList } from './use-saved-replies.ts';

const RESTED_MS = 120;
const LIST = 'saved-reply-list';

interface SavedReplyPickerProps {
  list: SavedReplyList;
  ticketId: string | null;
  onChoose: (reply: SavedReplyLineFragment) => void;
  /** Left out: nothing is written that could be saved. */
  onSaveWords: (() => void) | undefined;
  onClose: () => void;
}

/** How the words would stand in this mail. */
function FilledPreview({ id, ticketId }: { id: string; ticketId: string | null }) {
  const rested = useDebounced(id, RESTED_MS);
  const { data, previousData } = useQuery(FilledSavedReplyDocument, {
    variables: { id: rested, ticketId },
    fetchPolicy: 'cache-and-network',
  });
  const reply = (data ?? previousData)?.savedReply;
  return (
    <section className="saved-picker__preview" aria-label="Preview" aria-busy={reply?.id !== id}>
      {reply && <SafeHtml html={reply.filled} className="saved-words" />}
    </section>
  );
}

/** Finds a saved reply by its name or words, shows it as it would stand in this mail, and puts it in. */
export function SavedReplyPicker({ list, ticketId, onChoose, onSaveWords, onClose }: SavedReplyPickerProps) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = findSavedReplies(list.replies, typed);
  const active = found[Math.min(at, found.length - 1)];
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && active) onChoose(active);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Saved replies"
      size={760}
      returnFocus={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="saved-picker">
        <div className="saved-picker__search">
          <IconSearch size={16} aria-hidden="true" />
          <input
            data-autofocus
            role="combobox"
            aria-expanded={found.length > 0}
            aria-controls={LIST}
            aria-autocomplete="list"
            aria-activedescendant={optionId(LIST, active)}
            aria-label="Search saved replies"
            placeholder="Name or words"
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        {list.trouble && (
          <Notice tone="bad" action={<Button onClick={list.readAgain}>Try again</Button>}>
            {list.trouble}
          </Notice>
        )}
        {found.length === 0 && list.isReading && <SkeletonLines count={3} />}
        {found.length === 0 && !list.isReading && !list.trouble && (
          <p className="second" role="status">
            {list.replies.length > 0
              ? 'No saved reply has these words.'
              : 'There are no saved replies yet. Write one here and save it, or make one on the page of all saved replies.'}
          </p>
        )}
        {active && (
          <div className="saved-picker__found">
            <SavedReplyOptions
              id={LIST}
              replies={found}
              at={Math.min(at, found.length - 1)}
              onPoint={setAt}
              onChoose={onChoose}
            />
            <FilledPreview id={active.id} ticketId={ticketId} />
          </div>
        )}
        <div className="form-actions">
          <Button disabled={!onSaveWords} onClick={onSaveWords}>
            Save what I have written…
          </Button>
          <span className="spacer" />
          <Link to="/saved-replies">All saved replies</Link>
        </div>
      </div>
    </Modal>
  );
}
