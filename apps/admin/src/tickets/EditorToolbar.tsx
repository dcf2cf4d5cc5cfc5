import {
  IconBlockquote,
  IconBold,
  IconBook2,
  IconItalic,
  IconLink,
  IconList,
  IconMessage2Bolt,
  IconPaperclip,
  IconPhoto,
} from '@tabler/icons-react';
import { type Editor, useEditorState } from '@tiptap/react';
import { type RefObject, useRef, useState } from 'react';
import { LinkField } from '../ui/LinkField.tsx';
import { type TextTool, TextTools } from '../ui/rich-text/TextTools.tsx';

const ICON = { size: 18 } as const;
const OUTSIDE = /^(https?:\/\/|mailto:)\S+/i;
/** What stands within words; any other picture goes along as a file. */
const PICTURES = 'image/png,image/jpeg,image/gif,image/webp';

interface EditorToolbarProps {
  editor: Editor;
  /** Left out: the words carry no files. */
  onFiles?: ((files: readonly File[], arePictures: boolean) => void) | undefined;
  onArticle?: (() => void) | undefined;
  onSavedReplies?: (() => void) | undefined;
  /** Filled with the way to ask for files, for a key or the palette. */
  attachRef?: RefObject<() => void>;
}

/** Bold, italic, list, quote, link, picture, file, article and saved replies. */
export function EditorToolbar({ editor, onFiles, onArticle, onSavedReplies, attachRef }: EditorToolbarProps) {
  const [isLinking, setLinking] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const pictures = useRef<HTMLInputElement>(null);
  if (attachRef) attachRef.current = () => files.current?.click();
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
  const tools: TextTool[] = [
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
  if (onFiles) {
    tools.push(
      { label: 'Picture in the text', icon: <IconPhoto {...ICON} />, run: () => pictures.current?.click() },
      { label: 'Attach files', icon: <IconPaperclip {...ICON} />, run: () => files.current?.click() },
    );
  }
  if (onArticle) tools.push({ label: 'Insert an article', icon: <IconBook2 {...ICON} />, run: onArticle });
  if (onSavedReplies)
    tools.push({ label: 'Saved replies (/)', icon: <IconMessage2Bolt {...ICON} />, run: onSavedReplies });
  if (isLinking)
    return <LinkField editor={editor} pattern={OUTSIDE} first="https://" onDone={() => setLinking(false)} />;
  const chooser = (arePictures: boolean) => (
    <input
      ref={arePictures ? pictures : files}
      type="file"
      multiple
      hidden
      tabIndex={-1}
      {...(arePictures && { accept: PICTURES })}
      aria-label={arePictures ? 'Pictures to put into the text' : 'Files to attach'}
      onChange={({ currentTarget }) => {
        onFiles?.([...(currentTarget.files ?? [])], arePictures);
        currentTarget.value = '';
      }}
    />
  );
  return (
    <TextTools tools={tools} className="reply__tools">
      {onFiles && chooser(true)}
      {onFiles && chooser(false)}
    </TextTools>
  );
}
