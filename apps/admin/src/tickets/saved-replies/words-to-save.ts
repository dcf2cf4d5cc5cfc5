import { Fragment } from '@tiptap/pm/model';
import { type Editor, getHTMLFromFragment } from '@tiptap/react';

/** Pictures were sent up for one mail. */
const withoutPictures = (content: Fragment): Fragment =>
  Fragment.from(
    content.content
      .filter(({ type }) => type.name !== 'image')
      .map((node) => (node.isLeaf ? node : node.copy(withoutPictures(node.content)))),
  );

/** Empty lines at the end come with the editor. */
function withoutEmptyEnd(content: Fragment): Fragment {
  const blocks = [...content.content];
  while (blocks.at(-1)?.content.size === 0) blocks.pop();
  return Fragment.from(blocks);
}

/** What is written, as HTML that a saved reply can hold. */
export function wordsToSave({ state: { doc, schema } }: Pick<Editor, 'state'>): string {
  return getHTMLFromFragment(withoutEmptyEnd(withoutPictures(doc.content)), schema);
}
