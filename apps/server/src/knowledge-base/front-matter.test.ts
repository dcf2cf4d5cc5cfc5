import { expect, test } from 'vitest';
import { readMarkdown, writeMarkdown } from './front-matter.ts';

const ARTICLE = {
  id: '17',
  title: 'Say "no": a guide',
  slug: 'say-no',
  summary: "It's short",
  body: '# Why\n\n---\n\nBecause.',
  keywords: ['no, thanks', "o'clock"],
  language: 'en',
  published: true,
  staffOnly: false,
  categoryPath: ['A / B', 'C'],
};

test('what is written is read again', () => {
  const { id, ...rest } = ARTICLE;
  expect(readMarkdown('x.md', writeMarkdown(ARTICLE))).toEqual({ ...rest, externalId: id });
});

test('files of other programs are read: plain lists, other keys, no front matter at all', () => {
  const text =
    "\ufeff---\r\ntitle: 'It''s here'\r\nkeywords: one, two\r\ncategory: Start / Sign in\r\nauthor: me\r\npublished: yes\r\n---\r\nBody";
  expect(readMarkdown('x.md', text)).toMatchObject({
    title: "It's here",
    keywords: ['one', 'two'],
    categoryPath: ['Start', 'Sign in'],
    published: true,
    body: 'Body',
  });
  expect(readMarkdown('x.md', '# The title\n\nBody')).toMatchObject({
    title: 'The title',
    body: 'Body',
    externalId: null,
  });
  expect(readMarkdown('docs/reset_your-password.md', 'Body')).toMatchObject({ title: 'reset your password' });
});

test('front matter that is none is named', () => {
  expect(() => readMarkdown('x.md', '---\ntitle: x\nBody')).toThrow(/does not end/);
  expect(() => readMarkdown('x.md', '---\n- a\n---\nBody')).toThrow(/"key: value"/);
});
