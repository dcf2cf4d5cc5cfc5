import { getSchema, type JSONContent } from '@tiptap/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { articleKit } from './extensions.ts';
import { readMarkdown } from './read-markdown.ts';
import { writeMarkdown } from './write-markdown.ts';

const schema = getSchema([articleKit]);
/** As the editor would hold it; throws where the document does not fit its schema. */
function read(markdown: string): JSONContent {
  const node = schema.nodeFromJSON(readMarkdown(markdown));
  node.check();
  return node.toJSON();
}
const again = (markdown: string) => writeMarkdown(read(markdown));

test.each([
  ['headings', '## Before you start\n\nOpen the lid.\n\n### Then'],
  ['marks', 'Press **red**, then *green*, **both *at* once**, ~~never~~ `sudo`.'],
  ['links', 'See [the guide](setup-guide#step-2) or [mail](mailto:help@desk.example).'],
  ['tight lists', '1. One\n2. Two\n   - inner\n   - more\n3. Three'],
  ['a list that starts at 4', '4. Four\n5. Five'],
  ['loose items', '- One\n\n  still one\n\n- Two'],
  ['two lists', '- a\n\n* b\n\nand\n\n1. c\n\n1) d'],
  ['quotations', '> Said once.\n>\n> - and listed'],
  ['code', '```sh\nnpm start\n```\n\n````\na ``` fence\n````'],
  ['breaks and lines', 'one\\\ntwo\n\n***\n\nend'],
])('%s come out as they went in', (_, markdown) => {
  expect(again(markdown)).toBe(markdown);
});

test.each([
  '# not a heading',
  '1. not a list',
  '- nor this',
  '+ nor this',
  '---',
  '===',
  '> no quotation',
  '*stars* and _lines_ in snake_case_names __x__',
  '[no](link) ![no](image) <b>no</b> &amp; ~~no~~ `no`',
  'a | b\n--|--',
  '10) ten',
  '\\ backslash\\',
  'https://example.com/a_b_c?x=1&copy=2',
])('words that look like form stay words: %j', (text) => {
  const doc = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
  const back = read(writeMarkdown(doc));
  expect(back.content).toHaveLength(1);
  expect(back.content?.[0]?.content).toEqual([{ type: 'text', text: text.replace(/\s/g, ' ') }]);
});

test.each([
  [
    [
      ['in', ''],
      ['ter', 'bold'],
      ['national', ''],
    ],
    'in**ter**national',
  ],
  [
    [
      ['Note:', 'bold'],
      ['text', ''],
    ],
    '**Note:**&#116;ext',
  ],
  [
    [
      ['word', ''],
      ['“said”', 'italic'],
      ['word', ''],
    ],
    'wor&#100;*“said”*&#119;ord',
  ],
  [
    [
      ['all ', 'bold'],
      ['and', 'bold italic'],
      [' more', 'bold'],
    ],
    '**all *and* more**',
  ],
  [
    [
      [' edges ', 'bold'],
      ['end', ''],
    ],
    '**edges** end',
  ],
  [
    [
      ['see!', ''],
      ['here', 'link'],
    ],
    'see\\![here](a)',
  ],
])('marks that begin and end within words hold: %j', (parts, markdown) => {
  const content = (parts as [string, string][]).map(
    ([text, types]): JSONContent => ({
      type: 'text',
      text,
      marks: types
        .split(' ')
        .filter(Boolean)
        .map((type) => (type === 'link' ? { type, attrs: { href: 'a' } } : { type })),
    }),
  );
  expect(writeMarkdown({ type: 'doc', content: [{ type: 'paragraph', content }] })).toBe(markdown);
  expect(again(markdown)).toBe(markdown);
});

test('raw HTML in Markdown is text, and a link that could run something is none', () => {
  const doc = readMarkdown('<img src=x onerror=alert(1)> [x](javascript:alert(1))');
  expect(doc?.content?.[0]?.content).toEqual([
    { type: 'text', text: '<img src=x onerror=alert(1)> [x](javascript:alert(1))' },
  ]);
});

test.each(['| a |\n|---|\n| b |', '![shot](https://example.com/a.png)', '- ![deep](a.png)'])(
  'what the editor has no place for keeps the article in Markdown: %j',
  (markdown) => {
    expect(readMarkdown(markdown)).toBeNull();
  },
);

const signs = fc.constantFrom(...'ab1 .,:;!?*_`~[]()<>#+-=|\\&"\'/@é中 ');
const words = fc.string({ unit: signs, minLength: 1, maxLength: 9 });
const marks = fc
  .subarray(['bold', 'italic', 'strike', 'link', 'code'])
  .map((types) =>
    types.includes('code')
      ? [{ type: 'code' }]
      : types.map((type) => (type === 'link' ? { type, attrs: { href: 'other-slug' } } : { type })),
  );
const inline = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ text: words, marks })
      .map(({ text, marks: own }): JSONContent => ({ type: 'text', text: ` ${text}`, marks: own })),
  },
  { weight: 1, arbitrary: fc.constant<JSONContent>({ type: 'hardBreak' }) },
);
const paragraph = fc
  .array(inline, { minLength: 1, maxLength: 6 })
  .map((content): JSONContent => ({ type: 'paragraph', content }));
const { block } = fc.letrec<{ block: JSONContent; item: JSONContent }>((tie) => ({
  item: fc
    .tuple(paragraph, fc.array(tie('block'), { maxLength: 2 }))
    .map(([first, rest]): JSONContent => ({ type: 'listItem', content: [first, ...rest] })),
  block: fc.oneof(
    { maxDepth: 2 },
    { weight: 4, arbitrary: paragraph },
    fc
      .array(inline, { minLength: 1, maxLength: 4 })
      .map((content): JSONContent => ({ type: 'heading', attrs: { level: 2 }, content })),
    words.map((text): JSONContent => ({ type: 'codeBlock', content: [{ type: 'text', text }] })),
    fc
      .array(tie('item'), { minLength: 1, maxLength: 3 })
      .map((content): JSONContent => ({ type: 'bulletList', content })),
    fc
      .array(tie('item'), { minLength: 1, maxLength: 3 })
      .map((content): JSONContent => ({ type: 'orderedList', content })),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 2 })
      .map((content): JSONContent => ({ type: 'blockquote', content })),
  ),
}));

/** Every visible sign with the marks on it and the blocks around it. */
function signsOf(node: JSONContent, path = ''): string[] {
  if (node.type === 'text')
    return [...(node.text ?? '')]
      .filter((sign) => sign.trim() !== '')
      .map(
        (sign) =>
          `${path} ${(node.marks ?? [])
            .map(({ type }) => type)
            .sort()
            .join('+')} ${sign}`,
      );
  return (node.content ?? []).flatMap((child) => signsOf(child, `${path}/${node.type}`));
}

test('whatever is written in the editor is there again, sign by sign, with its marks', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (content) => {
      const doc = schema.nodeFromJSON({ type: 'doc', content }).toJSON() as JSONContent;
      const markdown = writeMarkdown(doc);
      expect({ markdown, signs: signsOf(read(markdown)) }).toEqual({ markdown, signs: signsOf(doc) });
    }),
    { numRuns: 100, seed: 20_261_126 },
  );
});
