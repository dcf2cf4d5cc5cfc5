import { IconBlockquote, IconBold, IconItalic, IconLink, IconList } from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { useState } from 'react';
import { IconButton } from '../ui/Button.tsx';

const ICON = { size: 18 } as const;

function LinkField({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const [href, setHref] = useState<string>(() => editor.getAttributes('link').href ?? 'https://');
  const set = () => {
    const chain = editor.chain().focus().extendMarkRange('link');
    if (/^(https?:\/\/|mailto:)\S+/i.test(href.trim())) chain.setLink({ href: href.trim() }).run();
    else chain.unsetLink().run();
    onDone();
  };
  return (
    <span className="link-field">
      <input
        // biome-ignore lint/a11y/noAutofocus: the field was asked for by the button before it
        autoFocus
        aria-label="Address of the link"
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

/** Bold, italic, lists, quote and link. */
export function EditorToolbar({ editor }: { editor: Editor }) {
  const [isLinking, setLinking] = useState(false);
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      bullets: now.isActive('bulletList'),
      quote: now.isActive('blockquote'),
      link: now.isActive('link'),
    }),
  });
  const focus = () => editor.chain().focus();
  const tools = [
    { label: 'Bold (Ctrl B)', isOn: on.bold, icon: <IconBold {...ICON} />, run: () => focus().toggleBold().run() },
    {
      label: 'Italic (Ctrl I)',
      isOn: on.italic,
      icon: <IconItalic {...ICON} />,
      run: () => focus().toggleItalic().run(),
    },
    { label: 'List', isOn: on.bullets, icon: <IconList {...ICON} />, run: () => focus().toggleBulletList().run() },
    { label: 'Quote', isOn: on.quote, icon: <IconBlockquote {...ICON} />, run: () => focus().toggleBlockquote().run() },
    { label: 'Link', isOn: on.link, icon: <IconLink {...ICON} />, run: () => setLinking(true) },
  ];
  if (isLinking) return <LinkField editor={editor} onDone={() => setLinking(false)} />;
  return (
    <div className="reply__tools" role="toolbar" aria-label="Form of the text">
      {tools.map(({ label, isOn, icon, run }) => (
        <IconButton
          key={label}
          label={label}
          aria-pressed={isOn}
          onMouseDown={(event) => event.preventDefault()}
          onClick={run}
        >
          {icon}
        </IconButton>
      ))}
    </div>
  );
}
