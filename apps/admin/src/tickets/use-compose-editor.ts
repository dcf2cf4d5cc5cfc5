import { Placeholder } from '@tiptap/extension-placeholder';
import type { Schema } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { type JSONContent, useEditor } from '@tiptap/react';
import { useMemo, useRef, useState } from 'react';
import { replyKit } from './editor-content.ts';
import type { DraftFile } from './reply-draft.ts';

interface ComposeEditorOptions {
  /** What it is called; left out: Message. */
  label?: string;
  placeholder: string;
  /** What stands in it at first. */
  content: (schema: Schema) => JSONContent;
  onChange: (words: { text: string; html: string }) => void;
  /** Files that were pasted or dropped into the words. */
  onFiles: (files: readonly File[]) => void;
  /** Begins with the caret in it. */
  isFocused: boolean;
}

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];
/** A copied table or text often brings a picture of itself along; then the words are meant. */
const isFileAlone = (data: DataTransfer | null) => filesOf(data).length > 0 && !data?.getData('text/plain').trim();

/** The editor of words for a mail. Files that come into it are handed on; pictures come back by `insertPicture`. */
export function useComposeEditor(options: ComposeEditorOptions) {
  const newest = useRef(options);
  newest.current = options;
  const [isReady, setReady] = useState(false);
  const { placeholder, label = 'Message' } = options;
  const extensions = useMemo(() => [...replyKit, Placeholder.configure({ placeholder })], [placeholder]);
  const editor = useEditor({
    extensions,
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    content: { type: 'doc', content: [{ type: 'paragraph' }] },
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, dir: 'auto' },
      // Sends the mail, and so is no line break.
      handleKeyDown: (_view, { key, ctrlKey, metaKey }) => key === 'Enter' && (ctrlKey || metaKey),
      handlePaste: (_view, { clipboardData }) => {
        if (!isFileAlone(clipboardData)) return false;
        newest.current.onFiles(filesOf(clipboardData));
        return true;
      },
      handleDrop: (view, event, _slice, isMoved) => {
        const files = filesOf(event.dataTransfer);
        if (isMoved || files.length === 0) return false;
        event.preventDefault();
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (at) {
          const selection = TextSelection.near(view.state.doc.resolve(at.pos));
          view.dispatch(view.state.tr.setSelection(selection));
        }
        newest.current.onFiles(files);
        return true;
      },
    },
    onCreate: ({ editor: created }) => {
      created.commands.setContent(newest.current.content(created.schema), { emitUpdate: false });
      if (newest.current.isFocused) created.commands.focus('end');
      setReady(true);
    },
    onUpdate: ({ editor: updated }) => {
      newest.current.onChange({ text: updated.getText({ blockSeparator: '\n\n' }), html: updated.getHTML() });
    },
  });
  const insertPicture = ({ id, name }: DraftFile) => {
    if (!editor.isDestroyed)
      editor.commands.insertContent([
        { type: 'image', attrs: { src: `/uploads/${id}`, alt: name } },
        { type: 'text', text: ' ' },
      ]);
  };
  return { editor, isReady, insertPicture };
}
