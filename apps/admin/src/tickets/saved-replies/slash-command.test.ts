import { Editor } from '@tiptap/react';
import { afterEach, describe, expect, test } from 'vitest';
import { replyKit } from '../editor-content.ts';
import { endStep, insertSavedReply } from './insert-saved-reply.ts';
import { commandIn, dismissCommand, heldPlace, holdPlace, slashCommands } from './slash-command.ts';

const editors: Editor[] = [];
// A living editor looks at the page once more when the page is gone.
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
});

/** An editor that watches for commands, the caret at the end of its words. */
function editorOf(content: string) {
  const editor = new Editor({ extensions: replyKit, content, injectCSS: false });
  editors.push(editor);
  editor.registerPlugin(
    slashCommands(() => true),
    (added, others) => [added, ...others],
  );
  editor.commands.setTextSelection(editor.state.doc.content.size);
  const type = (text: string) => {
    for (const sign of text) editor.view.dispatch(editor.state.tr.insertText(sign));
    return editor;
  };
  const insert = (html: string, place = heldPlace(editor.state) ?? editor.state.selection) =>
    editor.commands.command(({ tr }) => {
      insertSavedReply(tr, html, place);
      return true;
    });
  /** Chooses what is typed and puts these words in its place. */
  const choose = (html: string) => {
    editor.view.dispatch(holdPlace(editor.state.tr, commandIn(editor.state)));
    insert(html);
    editor.view.dispatch(endStep(editor.state.tr));
  };
  return { editor, type, insert, choose, typed: () => commandIn(editor.state)?.typed ?? null };
}

describe('a slash begins a command', () => {
  test.each([
    ['<p></p>', '/', ''],
    ['<p></p>', '/ship', 'ship'],
    ['<p>Hello</p>', ' /shipping late', 'shipping late'],
    ['<p>Hello<br></p>', '/ship', 'ship'],
    ['<ul><li><p>One</p></li></ul>', ' /a', 'a'],
    ['<p>配送について</p>', '　／遅れ', '遅れ'],
  ])('in %s, typing %j', (content, text, command) => {
    const { type, typed } = editorOf(content);
    type(text);
    expect(typed()).toBe(command);
  });
});

describe('a slash is a sign like any other', () => {
  test.each([
    ['inside a word', '<p></p>', 'and/or'],
    ['inside an address', '<p></p>', 'https://a.example/ship'],
    ['in a path', '<p></p>', 'see /usr/share'],
    ['before a space', '<p></p>', '5 / 6'],
    ['far behind', '<p></p>', `/${'x'.repeat(60)}`],
    ['in code', '<pre><code>a</code></pre>', ' /ship'],
    ['in a piece of code', '<p><code>a</code></p>', ' /ship'],
  ])('%s', (_where, content, text) => {
    const { type, typed } = editorOf(content);
    type(text);
    expect(typed()).toBeNull();
  });

  test('when it stood there before, and the caret only comes to it', () => {
    const { editor, type, typed } = editorOf('<p>/ship</p>');
    expect(typed()).toBeNull();
    editor.commands.setTextSelection(3);
    expect(typed()).toBeNull();
    type('x');
    expect(typed()).toBe('sx');
  });

  test('when it was pasted, or is back by undo', () => {
    const { editor, typed } = editorOf('<p></p>');
    editor.view.dispatch(editor.state.tr.insertText('/etc').setMeta('uiEvent', 'paste'));
    expect(typed()).toBeNull();
    editor.commands.undo();
    editor.commands.redo();
    expect(editor.getText()).toBe('/etc');
    expect(typed()).toBeNull();
  });

  test('once it was dismissed, however one types on; the next one is a command again', () => {
    const { editor, type, typed } = editorOf('<p></p>');
    type('/sh');
    editor.view.dispatch(dismissCommand(editor.state.tr, editor.state));
    type('ip');
    expect(typed()).toBeNull();
    type(' /la');
    expect(typed()).toBe('la');
  });

  test('when the caret leaves it', () => {
    const { editor, type, typed } = editorOf('<p>Hello</p>');
    type(' /ship');
    editor.commands.setTextSelection(2);
    expect(typed()).toBeNull();
  });
});

describe('a saved reply', () => {
  test('takes the place of what was typed for it, and what else was typed while it came stays', () => {
    const { editor, type, insert } = editorOf('<p>Hello</p>');
    type(' /ship');
    editor.view.dispatch(holdPlace(editor.state.tr, commandIn(editor.state)));
    type(' Bye');
    editor.view.dispatch(editor.state.tr.insertText('>', 1));
    insert('<p>It <strong>comes</strong>.</p>');
    expect(editor.getHTML()).toBe('<p>&gt;Hello It <strong>comes</strong>. Bye</p>');
    expect(heldPlace(editor.state)).not.toBeNull();
  });

  test('is one step to undo: what was typed for it stands there again, and redo brings it back', () => {
    const { editor, type, choose, typed } = editorOf('<p></p>');
    type('/ship');
    choose('<p>One</p><ul><li><p>Two</p></li></ul><p>Three</p>');
    expect(editor.getHTML()).toBe('<p>One</p><ul><li><p>Two</p></li></ul><p>Three</p>');
    editor.commands.undo();
    expect([editor.getHTML(), typed()]).toEqual(['<p>/ship</p>', null]);
    editor.commands.redo();
    expect(editor.getText()).toContain('Three');
  });

  test('is a step of its own, apart from what is typed behind it at once', () => {
    const { editor, type, choose } = editorOf('<p></p>');
    type('/x');
    choose('<p>One.</p>');
    type(' Two.');
    editor.commands.undo();
    expect(editor.getHTML()).toBe('<p>One.</p>');
  });

  test('of several blocks goes on the line that it comes into, and the rest of that line behind it', () => {
    const { editor, insert } = editorOf('<p>Hello you</p>');
    insert('<p>One</p><p>Two</p>', { from: 7, to: 7 });
    expect(editor.getHTML()).toBe('<p>Hello One</p><p>Twoyou</p>');
  });

  test('that is a list stays one, and takes the place of an empty line', () => {
    const { editor, type, choose } = editorOf('<p>Hello</p><p></p>');
    type('/x');
    choose('<ul><li>One</li><li>Two</li></ul>');
    expect(editor.getHTML()).toBe('<p>Hello</p><ul><li><p>One</p></li><li><p>Two</p></li></ul><p></p>');
  });

  test('leaves the caret behind it, or marks the first gap to be filled in', () => {
    const { editor, type, choose } = editorOf('<p>[your name]</p><p></p>');
    type('/x');
    choose('<p>Done.</p>');
    type('|');
    expect(editor.getText()).toContain('Done.|');
    editor.commands.insertContent('<p></p>');
    type('/y');
    choose('<p>Dear {{requesterName}},</p><p>order ____</p>');
    const { from, to } = editor.state.selection;
    expect(editor.state.doc.textBetween(from, to)).toBe('{{requesterName}}');
  });

  test('brings no script, no picture from elsewhere, and no heading', () => {
    const { editor, type, choose } = editorOf('<p></p>');
    type('/x');
    choose('<h2>Title</h2><p onclick="x()">a<img src="https://a.example/x.gif"><script>x()</script></p>');
    expect(editor.getHTML()).toBe('<p><strong>Title</strong></p><p>a</p>');
  });
});
