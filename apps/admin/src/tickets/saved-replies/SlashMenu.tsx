import { type Editor, useEditorState } from '@tiptap/react';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { SavedReplyLineFragment } from '../../gql/graphql.ts';
import { findSavedReplies } from './find-saved-replies.ts';
import { optionId, SavedReplyOptions } from './SavedReplyOptions.tsx';
import { commandIn, dismissCommand, slashCommands, slashCommandsKey } from './slash-command.ts';
import type { SavedReplyList } from './use-saved-replies.ts';

const MARGIN = 8;
const WIDTH = 380;
const TALLEST = 320;

/** Where the list stands: below the line if there is more room than above it. */
function placeAt(editor: Editor, from: number): React.CSSProperties {
  const line = editor.view.coordsAtPos(from);
  const { innerWidth, innerHeight } = window;
  const above = line.top - 2 * MARGIN;
  // The keys of a phone lie over the page.
  const below = (window.visualViewport?.height ?? innerHeight) - line.bottom - 2 * MARGIN;
  const left = Math.max(MARGIN, Math.min(line.left, innerWidth - WIDTH - MARGIN));
  return below >= Math.min(TALLEST, above)
    ? { left, top: line.bottom + MARGIN / 2, maxHeight: Math.min(TALLEST, below) }
    : { left, bottom: innerHeight - line.top + MARGIN / 2, maxHeight: Math.min(TALLEST, above) };
}

/** Stays beside the line while it or the window moves. */
function usePlace(editor: Editor, from: number | undefined): React.CSSProperties | null {
  const [place, setPlace] = useState<React.CSSProperties | null>(null);
  useLayoutEffect(() => {
    if (from === undefined) return setPlace(null);
    const measure = () => !editor.isDestroyed && setPlace(placeAt(editor, from));
    measure();
    window.addEventListener('resize', measure);
    window.addEventListener('scroll', measure, { capture: true, passive: true });
    return () => {
      window.removeEventListener('resize', measure);
      window.removeEventListener('scroll', measure, { capture: true });
    };
  }, [editor, from]);
  return place;
}

/** Tells who cannot see it that the field has a list, and which line of it is meant. */
function useFieldWords(editor: Editor, listId: string | undefined, activeId: string | undefined) {
  useEffect(() => {
    const field = editor.view.dom;
    const words: Record<string, string | undefined> = {
      'aria-autocomplete': listId && 'list',
      'aria-haspopup': listId && 'listbox',
      'aria-controls': listId,
      'aria-activedescendant': activeId,
      // A dialog around it leaves Escape to the list.
      'data-mantine-stop-propagation': listId && 'true',
    };
    for (const [name, value] of Object.entries(words)) if (value) field.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(words)) field.removeAttribute(name);
    };
  }, [editor, listId, activeId]);
}

interface SlashMenuProps {
  editor: Editor;
  list: SavedReplyList;
  onChoose: (reply: SavedReplyLineFragment) => void;
}

/** The saved replies that `/…` in the words means: arrows lead through them, Enter takes one, Escape leaves the sign alone. */
export function SlashMenu({ editor, list, onChoose }: SlashMenuProps) {
  const listId = useId();
  const command = useEditorState({ editor, selector: ({ editor: now }) => commandIn(now.state) });
  const typed = command?.typed ?? '';
  const [pointed, setPointed] = useState({ typed: '', at: 0 });
  const found = command ? findSavedReplies(list.replies, typed) : [];
  const at = pointed.typed === typed ? Math.min(pointed.at, found.length - 1) : 0;
  // Words after a word that nothing has are no search any more.
  const isShown = command !== null && (found.length > 0 || !/\s/u.test(typed));
  const place = usePlace(editor, isShown ? command?.from : undefined);
  const active = found[at];
  useFieldWords(editor, isShown && active ? listId : undefined, isShown ? optionId(listId, active) : undefined);

  const onKey = (event: KeyboardEvent): boolean => {
    const { key } = event;
    if (!isShown || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    if (key === 'Escape') {
      // The editor around it would close, too.
      event.stopPropagation();
      editor.view.dispatch(dismissCommand(editor.state.tr, editor.state));
    } else if (!active) return false;
    else if (key === 'ArrowDown') setPointed({ typed, at: (at + 1) % found.length });
    else if (key === 'ArrowUp') setPointed({ typed, at: (at + found.length - 1) % found.length });
    else if (key === 'Enter') onChoose(active);
    else return false;
    return true;
  };
  const newest = useRef(onKey);
  newest.current = onKey;
  useEffect(() => {
    // Before the keys of the editor itself, to which Enter is a new line.
    editor.registerPlugin(
      slashCommands((event) => newest.current(event)),
      (added, others) => [added, ...others],
    );
    return () => {
      if (!editor.isDestroyed) editor.unregisterPlugin(slashCommandsKey);
    };
  }, [editor]);

  if (!isShown || !place) return null;
  // Beside the editor it could be cut off; in the dialog around it, it is not hidden from those who listen.
  const room = editor.view.dom.closest('[aria-modal="true"], main') ?? document.body;
  return createPortal(
    <div className="slash-menu" style={place}>
      {found.length > 0 ? (
        <SavedReplyOptions
          id={listId}
          replies={found}
          at={at}
          onPoint={(next) => setPointed({ typed, at: next })}
          onChoose={onChoose}
        />
      ) : (
        <p className="slash-menu__none second">{wordsForNone(list)}</p>
      )}
      <p className="visually-hidden" role="status">
        {found.length === 1 ? '1 saved reply' : `${found.length} saved replies`}
      </p>
    </div>,
    room,
  );
}

function wordsForNone({ replies, isReading, trouble }: SavedReplyList): string {
  if (trouble) return trouble;
  if (isReading) return 'Saved replies are on their way…';
  return replies.length > 0
    ? 'No saved reply has these words.'
    : 'There are no saved replies yet. The button in the toolbar saves what you have written as one.';
}
