import type { Editor } from '@tiptap/react';
import { useState } from 'react';

interface LinkFieldProps {
  editor: Editor;
  /** What an address must look like; any other one takes the link away. */
  pattern: RegExp;
  first?: string;
  placeholder?: string;
  onDone: () => void;
}

/** Asks where the marked words of an editor lead. */
export function LinkField({ editor, pattern, first = '', placeholder, onDone }: LinkFieldProps) {
  const [href, setHref] = useState<string>(() => editor.getAttributes('link').href ?? first);
  const set = () => {
    const chain = editor.chain().focus().extendMarkRange('link');
    if (pattern.test(href.trim())) chain.setLink({ href: href.trim() }).run();
    else chain.unsetLink().run();
    onDone();
  };
  return (
    <span className="link-field">
      <input
        // biome-ignore lint/a11y/noAutofocus: the field was asked for by the button before it
        autoFocus
        aria-label="Address of the link"
        placeholder={placeholder}
        value={href}
        onChange={(event) => setHref(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.ctrlKey) {
            event.preventDefault();
            set();
          } else if (event.key === 'Escape') {
            event.stopPropagation();
            onDone();
          }
        }}
      />
      <button type="button" className="text-button" onClick={set}>
        Set
      </button>
    </span>
  );
}
