import { IconBlockquote, IconBold, IconItalic, IconLink, IconList } from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { useState } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { LinkField } from '../ui/LinkField.tsx';

const ICON = { size: 18 } as const;

const OUTSIDE = /^(https?:\/\/|mailto:)\S+/i;

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
  if (isLinking)
    return <LinkField editor={editor} pattern={OUTSIDE} first="https://" onDone={() => setLinking(false)} />;
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
