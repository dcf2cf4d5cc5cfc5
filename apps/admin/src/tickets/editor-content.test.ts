import { Editor } from '@tiptap/react';
import { afterEach, expect, test } from 'vitest';
import { insertArticle, replyKit } from './editor-content.ts';

const fuser = { articleId: 'k1', title: 'Fuser', html: '<p>The fuser melts.</p>', url: null };
const tray = {
  articleId: 'k2',
  title: 'Tray',
  html: '<h2>Tray</h2><ul><li><p>Pull it</p></li></ul>',
  url: 'https://help.example/tray',
};

const editors: Editor[] = [];
// A living editor looks at the page once more when the page is gone.
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
});

/** An editor with the caret at the place, by default the end. */
function editorOf(content: string, place: number | 'end' = 'end') {
  const editor = new Editor({ extensions: replyKit, content, injectCSS: false });
  editors.push(editor);
  editor.commands.setTextSelection(place === 'end' ? editor.state.doc.content.size : place);
  const insert = (article: typeof fuser | typeof tray) =>
    editor.commands.command(({ tr }) => {
      insertArticle(tr, article);
      return true;
    });
  /** What the reply is once the next word is typed. */
  const typed = () => {
    editor.commands.insertContent('|');
    return editor.getHTML();
  };
  return { editor, insert, typed };
}

test('an article stands below what was typed, and the next one below it', () => {
  const { insert, typed } = editorOf('<p>Dear Anna,</p>');
  insert(fuser);
  insert(fuser);
  expect(typed()).toBe('<p>Dear Anna,</p><p>The fuser melts.</p><p>The fuser melts.</p><p>|</p>');
});

test('an article takes the place of an empty line', () => {
  const { insert, typed } = editorOf('<p></p>');
  insert(fuser);
  expect(typed()).toBe('<p>The fuser melts.</p><p>|</p>');
});

test('an article keeps its form, and what is typed after it is no part of its link', () => {
  const { insert, typed } = editorOf('<p>Hi</p>');
  insert(tray);
  expect(typed().replace(/<a [^>]*>/, '<a>')).toBe(
    '<p>Hi</p><p><strong>Tray</strong></p><ul><li><p>Pull it</p></li></ul><p>Source: <a>Tray</a></p><p>|</p>',
  );
});

test('an article cuts neither a sentence nor a list in two', () => {
  const inSentence = editorOf('<p>Dear Anna,</p><p>Bye</p>', 3);
  inSentence.insert(fuser);
  expect(inSentence.typed()).toBe('<p>Dear Anna,</p><p>The fuser melts.</p><p>|</p><p>Bye</p>');
  const inList = editorOf('<ul><li><p>One</p></li><li><p>Two</p></li></ul>', 4);
  inList.insert(fuser);
  expect(inList.typed()).toBe('<ul><li><p>One</p></li><li><p>Two</p></li></ul><p>The fuser melts.</p><p>|</p>');
});

test('an article takes the place of what is selected', () => {
  const { editor, insert, typed } = editorOf('<p>One</p><p>Two</p>');
  editor.commands.selectAll();
  insert(fuser);
  expect(typed()).toBe('<p>The fuser melts.</p><p>|</p>');
});

test('a picture that was sent up stands in the words; one from elsewhere is left out, so that no reader loads it', () => {
  const own = '/uploads/0190a0a0-0000-7000-8000-000000000001';
  const foreign = ['https://track.example/x.gif', 'file:///c/word.png', 'data:image/png;base64,AA', `//evil${own}`];
  const { editor } = editorOf(
    `<p>a<img src="${own}" alt="s.png">${foreign.map((src) => `<img src="${src}">`).join('')}b</p>`,
  );
  expect(editor.getHTML()).toBe(`<p>a<img src="${own}" alt="s.png">b</p>`);
  expect(editor.getText()).toBe('a[s.png]b');
});
