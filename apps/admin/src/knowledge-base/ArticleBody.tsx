import { Textarea } from '@mantine/core';
import { Placeholder } from '@tiptap/extension-placeholder';
import { EditorContent, useEditor } from '@tiptap/react';
import { useMemo, useState } from 'react';
import { Notice } from '../ui/Notice.tsx';
import { articleKit } from '../ui/rich-text/extensions.ts';
import { readMarkdown } from '../ui/rich-text/read-markdown.ts';
import { writeMarkdown } from '../ui/rich-text/write-markdown.ts';
import { ArticleToolbar } from './ArticleToolbar.tsx';
import '../ui/rich-text/article-text.css';

interface ArticleBodyProps {
  /** The Markdown that the editor begins with; later ones are not read. */
  initial: string;
  language: string;
  onChange: (markdown: string) => void;
}

const extensions = [articleKit, Placeholder.configure({ placeholder: 'Write the answer, step by step' })];

function RichBody({ initial, language, onChange }: ArticleBodyProps) {
  const [content] = useState(() => readMarkdown(initial));
  const editor = useEditor({
    extensions,
    injectCSS: false,
    shouldRerenderOnTransaction: false,
    content,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': 'Body',
        dir: 'auto',
        lang: language,
      },
    },
    onUpdate: ({ editor: updated }) => onChange(writeMarkdown(updated.getJSON())),
  });
  return (
    <div className="article-body">
      {editor && <ArticleToolbar editor={editor} />}
      <EditorContent editor={editor} className="article-body__text article-text" />
    </div>
  );
}

/** The body of an article: as it looks, or as Markdown. What the first cannot show (a table, an image) is edited in the
 * second, so that nothing of it is lost. */
export function ArticleBody({ initial, language, onChange }: ArticleBodyProps) {
  const [markdown, setMarkdown] = useState(initial);
  const isEditable = useMemo(() => readMarkdown(markdown) !== null, [markdown]);
  const [isSource, setSource] = useState(!isEditable);
  const change = (next: string) => {
    setMarkdown(next);
    onChange(next);
  };
  return (
    <section aria-label="Body of the article">
      <div className="article-body__head">
        <span className="field-label">Body</span>
        <span className="spacer" />
        {(isEditable || !isSource) && (
          <button type="button" className="text-button" aria-pressed={isSource} onClick={() => setSource(!isSource)}>
            {isSource ? 'Edit as text' : 'Edit as Markdown'}
          </button>
        )}
      </div>
      {isSource ? (
        <div className="form-stack">
          {!isEditable && (
            <Notice>A table or an image is in this article. It is edited as Markdown, so that nothing is lost.</Notice>
          )}
          <Textarea
            aria-label="Body as Markdown"
            classNames={{ input: 'mono' }}
            autosize
            minRows={14}
            lang={language}
            value={markdown}
            onChange={(event) => change(event.currentTarget.value)}
          />
        </div>
      ) : (
        <RichBody initial={markdown} language={language} onChange={change} />
      )}
    </section>
  );
}
