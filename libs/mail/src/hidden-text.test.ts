import { expect, test } from 'vitest';
import { hasHiddenText, sanitizeMailHtml } from './safe-html.ts';

const clean = (html: string) => sanitizeMailHtml(html).html;

test.each([
  'display:none', 'color:red; DISPLAY : NONE', 'visibility:hidden', 'font-size:0', 'font-size: 1px', 'opacity:0', 'max-height:0', 'mso-hide:all', 'text-indent:-9999px',
  'color:#fff;background:#ffffff', 'background-color:white;color:#FFF', 'color:transparent', 'font-size:0.0em',
])('text with "%s" is marked as hidden, and cleaning it again keeps the mark', (style) => {
  const safe = clean(`<div style="${style}">secret</div>`);
  expect(safe).toContain('data-hidden="1"');
  expect(hasHiddenText(safe)).toBe(true);
  expect(clean(safe)).toBe(safe);
}); // biome-ignore format: a table

test.each([
  'color:#fff;background:#000', 'font-size:1em', 'font-size:10px', 'opacity:0.5', 'display:block', 'width:100%', 'max-height:0.5em', 'text-indent:-1em', '',
])('text with "%s" is seen', (style) => {
  expect(hasHiddenText(clean(`<div style="${style}">words</div>`))).toBe(false);
}); // biome-ignore format: a table

test('the attribute hidden counts, on a link too, and words that look like the mark do not', () => {
  expect(hasHiddenText(clean('<a hidden href="https://x.example">x</a>'))).toBe(true);
  expect(hasHiddenText(clean('<p title=\' data-hidden="1"\'>&lt;p data-hidden="1"</p>'))).toBe(false);
});
