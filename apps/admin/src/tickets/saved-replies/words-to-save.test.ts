import { Editor } from '@tiptap/react';
import { expect, test } from 'vitest';
import { replyKit } from '../editor-content.ts';
import { wordsToSave } from './words-to-save.ts';

test('what is written is saved with its form; pictures stay with their mail, and empty lines at the end are none', () => {
  const picture = '<img src="/uploads/0190a0a0-0000-7000-8000-000000000001" alt="a > b">';
  const editor = new Editor({
    extensions: replyKit,
    content: `<p>Dear <b>Anna</b>${picture},</p><p></p><ul><li><p>One</p></li></ul><p></p><p></p>`,
    injectCSS: false,
  });
  expect(wordsToSave(editor)).toBe('<p>Dear <strong>Anna</strong>,</p><p></p><ul><li><p>One</p></li></ul>');
  editor.destroy();
});
