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

test('lists over several lines, folded texts, comments and nested keys of other programs are read or passed over', () => {
  const head = [
    'title: "Reset #1" # the first',
    'summary: >-',
    '  Written over',
    '  two lines',
    'keywords:',
    '  - one',
    '  # not this',
    '  - "two, three"',
    'category: [Start,',
    '  "Sign in"] # both',
    '__proto__: x',
    'last_modified at: 2026-01-01',
    'seo:',
    '  title: other',
    '  published: true',
  ];
  expect(readMarkdown('x.md', `---\n${head.join('\n')}\n---\nBody`)).toEqual({
    title: 'Reset #1',
    body: 'Body',
    externalId: null,
    summary: 'Written over two lines',
    keywords: ['one', 'two, three'],
    categoryPath: ['Start', 'Sign in'],
  });
  expect(readMarkdown('x.md', '---\ntags:\n- one\n- two\n---\n').keywords).toEqual(['one', 'two']);
  expect(readMarkdown('x.md', '---\ntitle: [EN] #12\n---\n').title).toBe('[EN] #12');
  expect(readMarkdown('x.md', '---\ntitle: Over\n  two lines\n---\n').title).toBe('Over two lines');
});

test('a body that begins with indented code comes back as it was', () => {
  const article = { ...ARTICLE, body: '    make install\n\nThen wait.' };
  expect(readMarkdown('x.md', writeMarkdown(article)).body).toBe(article.body);
  expect(readMarkdown('x.md', '\n\n    code\n\n').body).toBe('    code');
});

test('a hostile heading takes no time', () => {
  const text = `# a${' '.repeat(400_000)}b ##\n\nBody`;
  const startedAt = process.cpuUsage();
  const { title, body } = readMarkdown('x.md', text);
  expect(process.cpuUsage(startedAt).user / 1000).toBeLessThan(1000);
  expect([title.length, title.at(-1), body]).toEqual([400_002, 'b', 'Body']);
});
