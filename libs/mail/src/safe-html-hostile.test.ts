import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { hostilePieces } from '../testing/index.ts';
import { sanitizeMailHtml } from './safe-html.ts';

const pieces = hostilePieces();
const ACTIVE =
  /^(?:script|style|svg|math|iframe|object|embed|form|input|button|textarea|select|option|xmp|noscript|noembed|noframes|template|base|meta|link|audio|video|source|picture|title|image|plaintext|frameset|frame|body|html|head)$/;
const LOADING = /^(?:src|srcset|poster|background|data|action|formaction|ping|cite|manifest|lowsrc|dynsrc)$/;

/** Why safe HTML is not safe after all: a reader's view of it, independent of how it was made. */
function dangersIn(html: string): string[] {
  const found: string[] = [];
  new Parser({
    onopentag(name, attributes) {
      if (ACTIVE.test(name)) found.push(`<${name}>`);
      for (const [key, value] of Object.entries(attributes)) {
        if (/^(?:on|class$|id$|name$|is$|slot$|part$|xlink|accesskey|autofocus|tabindex|contenteditable)/.test(key))
          found.push(`${name} ${key}`);
        if (LOADING.test(key) && !/^(?:data:image\/(?:png|jpeg|gif|webp);base64,|\/a\/inline\/)/.test(value))
          found.push(`${name} ${key}=${value}`);
        if (key === 'href' && !/^(?:https?:\/\/|mailto:|tel:)/.test(value)) found.push(`${name} ${key}=${value}`);
        if (
          key === 'style' &&
          /url|image-set|expression|position|z-index|@|\\|var\(|content|behavior|transform|animation|float|display/i.test(
            value,
          )
        )
          found.push(`${name} style=${value}`);
      }
      if (
        name === 'a' &&
        attributes.href &&
        (attributes.target !== '_blank' || !/noopener noreferrer/.test(attributes.rel ?? ''))
      )
        found.push('a link that does not open apart');
    },
    oncomment: () => void found.push('a comment'),
    onprocessinginstruction: () => void found.push('an instruction'),
  }).end(html);
  return found;
}

test('there are more than three hundred pieces of each its own form', () => {
  expect(new Set(pieces.map(({ html }) => html)).size).toBe(pieces.length);
  expect(pieces.length).toBeGreaterThan(400);
  expect(new Set(pieces.map(({ kind }) => kind)).size).toBe(6);
});

test('nothing of them is left that could act or load, and cleaning again changes nothing', () => {
  const failures: unknown[] = [];
  for (const { n, kind, html } of pieces) {
    const safe = sanitizeMailHtml(html);
    const dangers = dangersIn(safe.html);
    if (dangers.length > 0) failures.push({ n, kind, html, safe: safe.html, dangers });
    if (sanitizeMailHtml(safe.html).html !== safe.html) failures.push({ n, kind, html, again: safe.html });
  }
  expect(failures).toEqual([]);
});

test('all of them in one letter are as harmless as each alone', () => {
  const safe = sanitizeMailHtml(pieces.map(({ html }) => html).join('\n')).html;
  expect(dangersIn(safe)).toEqual([]);
});
