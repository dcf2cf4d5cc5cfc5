import { IconBold, IconH2, IconItalic, IconLink, IconList, IconListNumbers } from '@tabler/icons-react';
import { getSchema, type JSONContent } from '@tiptap/core';
import { Placeholder } from '@tiptap/extension-placeholder';
import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { useState } from 'react';
import { LinkField } from '../ui/LinkField.tsx';
import { articleKit } from '../ui/rich-text/extensions.ts';
import { contentFromHtml } from '../ui/rich-text/read-html.ts';
import { TextTools } from '../ui/rich-text/TextTools.tsx';
import '../ui/rich-text/article-text.css';

const ICON = { size: 18 } as const;
const TARGET = /^(https?:\/\/|mailto:)\S+$|^\{\{unsubscribe_link\}\}$/i;
const extensions = [articleKit, Placeholder.configure({ placeholder: 'Write the message' })];

interface MailingBodyProps {
  /** What the editor begins with; later ones are not read. */
  initial: { html: string | null; text: string };
  placeholders: readonly string[];
  onChange: (change: { html: string; text: string }) => void;
}

function Toolbar({ editor, placeholders }: { editor: Editor; placeholders: readonly string[] }) {
  const [isLinking, setLinking] = useState(false);
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      h2: now.isActive('heading', { level: 2 }),
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      link: now.isActive('link'),
    }),
  });
  if (isLinking)
    return <LinkField editor={editor} pattern={TARGET} first="https://" onDone={() => setLinking(false)} />;
  const focus = () => editor.chain().focus();
  const tools = [
    ['Heading', on.h2, IconH2, () => focus().toggleHeading({ level: 2 }).run()],
    ['Bold (Ctrl B)', on.bold, IconBold, () => focus().toggleBold().run()],
    ['Italic (Ctrl I)', on.italic, IconItalic, () => focus().toggleItalic().run()],
    ['List', on.bullets, IconList, () => focus().toggleBulletList().run()],
    ['Numbered list', on.numbers, IconListNumbers, () => focus().toggleOrderedList().run()],
    ['Link', on.link, IconLink, () => setLinking(true)],
  ] as const;
  return (
    <TextTools
      className="mailing-body__tools"
      tools={tools.map(([label, isOn, Icon, run]) => ({ label, isOn, icon: <Icon {...ICON} />, run }))}
    >
      <select
        className="mailing-body__insert"
        aria-label="Insert a placeholder"
        value=""
        onChange={(event) => {
          const name = event.currentTarget.value;
          if (name)
            focus()
              .insertContent({ type: 'text', text: `{{${name}}}` })
              .run();
        }}
      >
        <option value="">Placeholder…</option>
        {placeholders.map((name) => (
          <option key={name} value={name}>{`{{${name}}}`}</option>
        ))}
      </select>
    </TextTools>
  );
}

/** What is stored as the editor's document; plain words become paragraphs. */
function contentOf({ html, text }: MailingBodyProps['initial']): JSONContent {
  if (html) return contentFromHtml(getSchema(extensions), html);
  const words = text.split(/\n\s*\n/u).map((block) => block.replace(/\s+/gu, ' ').trim());
  return {
    type: 'doc',
    content: words.map((each) => ({ type: 'paragraph', content: each ? [{ type: 'text', text: each }] : [] })),
  };
}

/** The words of a mailing as they will look. The plain-text alternative is made of them by the server. */
export function MailingBody({ initial, placeholders, onChange }: MailingBodyProps) {
  const [content] = useState(() => contentOf(initial));
  const editor = useEditor({
    extensions,
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    content,
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Message', dir: 'auto' } },
    onUpdate: ({ editor: updated }) => onChange({ html: updated.isEmpty ? '' : updated.getHTML(), text: '' }),
  });
  return (
    <div className="mailing-body">
      {editor && <Toolbar editor={editor} placeholders={placeholders} />}
      <EditorContent editor={editor} className="mailing-body__text article-text" />
    </div>
  );
}
