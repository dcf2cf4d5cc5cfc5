import { describe, expect, test } from 'vitest';
import { countPlaceholder, fillHtml, renderHtml, renderText, unknownPlaceholders } from './render-template.ts';

const values = new Map([
  ['number', '1042'],
  ['subject', '<img src=x> {{number}} {{__proto__}}'],
  ['empty', ''],
]);

describe('a template', () => {
  test('is filled in once: what a value holds is never a template', () => {
    expect(renderText('#{{number}}: {{ subject }}', values)).toBe('#1042: <img src=x> {{number}} {{__proto__}}');
  });

  test('escapes text and values in HTML, and sets paragraphs', () => {
    expect(renderHtml('a & b\n{{subject}}\n\nc', values)).toBe(
      '<p>a &#38; b<br>&#60;img src=x&#62; {{number}} {{__proto__}}</p><p>c</p>',
    );
  });

  test('takes HTML only where it was given and stands on a line of its own', () => {
    const html = new Map([['reply', '<ul><li>x</li></ul>']]);
    const all = new Map([...values, ['reply', '<b>text</b>']]);
    expect(renderHtml('Hi\n{{reply}}\nsee {{reply}}', all, html)).toBe(
      '<p>Hi</p><ul><li>x</li></ul><p>see &#60;b&#62;text&#60;/b&#62;</p>',
    );
  });

  test('leaves out a line of which nothing is known', () => {
    expect(renderText('Hello\nSubject: {{empty}}\n\n{{empty}}\n\nBye', values)).toBe('Hello\n\nBye');
  });

  test.each(['{{__proto__}}', '{{user.passwordHash}}', '{{ a b }}', '{number}', '{{}}', '{{constructor'])(
    '%s stays as it is written and reaches nothing',
    (text) => {
      expect([renderText(text, values), unknownPlaceholders(text, new Set())]).toEqual([text, []]);
    },
  );

  test('names the placeholders that there are not', () => {
    const known = new Set(['number']);
    expect(unknownPlaceholders('{{number}} {{toString}} {{foo}} {{foo}}', known)).toEqual(['toString', 'foo']);
    expect(renderText('{{constructor}}', values)).toBe('{{constructor}}');
    expect(countPlaceholder('{{reply}} {{ reply }}', 'reply')).toBe(2);
  });

  test('fills clean HTML in with escaped values, and leaves what has none as a gap', () => {
    const known = new Map([
      ['number', '7'],
      ['subject', '<b>{{number}}</b>'],
      ['requesterName', ' '],
    ]);
    expect(fillHtml('<p>#{{ number }} {{subject}} {{requesterName}} {{toString}}</p>', known)).toBe(
      '<p>#7 &#60;b&#62;{{number}}&#60;/b&#62; {{requesterName}} {{toString}}</p>',
    );
  });
});
