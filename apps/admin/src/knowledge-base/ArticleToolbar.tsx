import {
  IconBlockquote,
  IconBold,
  IconCode,
  IconH2,
  IconH3,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconSourceCode,
} from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { useState } from 'react';
import { LinkField } from '../ui/LinkField.tsx';
import { TextTools } from '../ui/rich-text/TextTools.tsx';

const ICON = { size: 18 } as const;
/** A page elsewhere, an address, or the short name of another article. */
const TARGET = /^(https?:\/\/\S+|mailto:\S+|tel:\S+|#?[\p{L}\p{N}-]+(#[\p{L}\p{N}-]+)?)$/iu;

/** Headings, marks, lists, quotations, code and links: what Markdown has a form for. */
export function ArticleToolbar({ editor }: { editor: Editor }) {
  const [isLinking, setLinking] = useState(false);
  const on = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      h2: now.isActive('heading', { level: 2 }),
      h3: now.isActive('heading', { level: 3 }),
      bold: now.isActive('bold'),
      italic: now.isActive('italic'),
      code: now.isActive('code'),
      bullets: now.isActive('bulletList'),
      numbers: now.isActive('orderedList'),
      quote: now.isActive('blockquote'),
      block: now.isActive('codeBlock'),
      link: now.isActive('link'),
    }),
  });
  if (isLinking) {
    return (
      <LinkField
        editor={editor}
        pattern={TARGET}
        placeholder="https://… or other-article"
        onDone={() => setLinking(false)}
      />
    );
  }
  const focus = () => editor.chain().focus();
  const tools = [
    ['Heading', on.h2, <IconH2 {...ICON} key="i" />, () => focus().toggleHeading({ level: 2 }).run()],
    ['Smaller heading', on.h3, <IconH3 {...ICON} key="i" />, () => focus().toggleHeading({ level: 3 }).run()],
    ['Bold (Ctrl B)', on.bold, <IconBold {...ICON} key="i" />, () => focus().toggleBold().run()],
    ['Italic (Ctrl I)', on.italic, <IconItalic {...ICON} key="i" />, () => focus().toggleItalic().run()],
    ['Code', on.code, <IconCode {...ICON} key="i" />, () => focus().toggleCode().run()],
    ['List', on.bullets, <IconList {...ICON} key="i" />, () => focus().toggleBulletList().run()],
    ['Numbered list', on.numbers, <IconListNumbers {...ICON} key="i" />, () => focus().toggleOrderedList().run()],
    ['Quote', on.quote, <IconBlockquote {...ICON} key="i" />, () => focus().toggleBlockquote().run()],
    ['Code block', on.block, <IconSourceCode {...ICON} key="i" />, () => focus().toggleCodeBlock().run()],
    ['Link', on.link, <IconLink {...ICON} key="i" />, () => setLinking(true)],
  ] as const;
  return (
    <TextTools
      className="article-tools"
      tools={tools.map(([label, isOn, icon, run]) => ({ label, isOn, icon, run }))}
    />
  );
}
