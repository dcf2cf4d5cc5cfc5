import { expect, test } from 'vitest';
import { articleBodyFrom } from './article-from-reply.ts';

test('a reply in plain words becomes paragraphs, and no word of it becomes form', () => {
  expect(articleBodyFrom({ text: 'Hello,\n\npress *red*\nthen wait.\n\n1. not a list', html: null })).toBe(
    'Hello,\n\npress \\*red\\*\\\nthen wait.\n\n1\\. not a list',
  );
});

test('a reply with form keeps it', () => {
  const html = '<p>Press <strong>red</strong>.</p><ul><li><p>One</p></li><li><p>Two</p></li></ul>';
  expect(articleBodyFrom({ text: 'Press red.', html })).toBe('Press **red**.\n\n- One\n- Two');
});
