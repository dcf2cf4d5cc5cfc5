import { expect, test } from 'vitest';
import { articleText, renderArticle, slugsLinkedIn } from './article-html.ts';

/** The time of the processor, which other work on the machine does not lengthen. */
const cpuMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;

const PUBLIC = 'https://desk.example';
const html = (body: string) => renderArticle(body, PUBLIC).html;

test('Markdown becomes plain HTML; raw HTML stays text', () => {
  expect(html('Press **Save**.\n\n- one\n- two')).toBe(
    '<p>Press <strong>Save</strong>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n',
  );
  expect(html('<script>alert(1)</script> <img src=x onerror=alert(1)>')).not.toMatch(/<script|<img/);
  expect(html('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<td>1</td>');
});

test('the highest heading stands right under the title, and each has a name of its own', () => {
  const { html, headings } = renderArticle('### One\n\n#### Two\n\n### One', PUBLIC);
  expect(headings).toEqual([
    { level: 2, id: 'one', text: 'One' },
    { level: 3, id: 'two', text: 'Two' },
    { level: 2, id: 'one-2', text: 'One' },
  ]);
  expect(html).toContain('<h2 id="one-2">One</h2>');
  const ids = renderArticle('# One\n\n# One\n\n# One 2\n\n# One\n\n# One 2', PUBLIC).headings.map(({ id }) => id);
  expect(ids).toEqual(['one', 'one-2', 'one-2-2', 'one-3', 'one-2-3']);
});

test('no level of headings is left out on the way down, and any number of them can be gone up', () => {
  const levels = (body: string) => renderArticle(body, PUBLIC).headings.map(({ level }) => level);
  expect(levels('# a\n\n### b\n\n###### c\n\n## d\n\n# e\n\n### f')).toEqual([2, 3, 4, 3, 2, 3]);
  expect(levels('### a\n\n# b\n\n## c')).toEqual([2, 2, 3]);
  expect(renderArticle('# a\n\n### b', PUBLIC).html).toContain('<h3 id="b">b</h3>');
});

test('a link names another article, a heading, or a harmless address; anything else leads nowhere', () => {
  expect(html('[a](reset-password#steps)')).toContain('href="https://desk.example/kb/reset-password#steps"');
  expect(html('[a](#steps)')).toContain('href="#steps"');
  expect(html('[a](https://other.example/)')).toContain(
    'href="https://other.example/" rel="noopener noreferrer nofollow"',
  );
  for (const bad of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example/x',
    'java&#115;cript:alert(1)',
  ])
    expect(html(`[a](${bad})`)).not.toMatch(/href="(?:javascript|data|vbscript|\/\/)/i);
});

test('a link to an article that readers may not see is plain text, however its address is spelt', () => {
  const open = new Set(['reset', 'über']);
  const shown = (body: string) => renderArticle(body, PUBLIC, open).html;
  expect(shown('[a](reset#x) [b](../über) [c](#x)').match(/<a /g)).toHaveLength(3);
  for (const address of [
    'staff',
    './staff#x',
    '/kb/staff',
    '/x/../kb/staff',
    'https://desk.example/kb/staff?a=1',
    'HTTP://DESK.EXAMPLE/kb/st%61ff',
  ]) {
    expect(shown(`[**a** ![b](https://x.example/)](${address} "t") ![c](${address}) [d](reset)`), address).toMatch(
      /^<p><strong>a<\/strong> <a href="https:\/\/x\.example\/"[^>]*>b<\/a> c <a href="[^"]*\/reset">d<\/a><\/p>\n$/,
    );
    expect(slugsLinkedIn(`[a](${address}) [b](c/1) [c](https://x.example/kb/y) [d](/tickets)`, PUBLIC)).toEqual([
      'staff',
    ]);
  }
});

test('an image from elsewhere is a link; one inside the article is shown', () => {
  expect(html('![Screen](https://pictures.example/a.png)')).toBe(
    '<p><a href="https://pictures.example/a.png" rel="noopener noreferrer nofollow">Screen</a></p>\n',
  );
  expect(html('![Dot](data:image/png;base64,iVBORw0KGgo=)')).toContain(
    '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Dot" />',
  );
  expect(html('![x](data:image/svg+xml;base64,PHN2Zz4=)')).not.toContain('<img');
});

test('its readable words have no mark-up', () => {
  expect(articleText('# Title\n\nPress **Save** or\nsee [this](x).\n\n```\ncode\n```')).toBe(
    'Title\nPress Save or\nsee this.\ncode',
  );
});

test('hostile Markdown takes no time', () => {
  const began = cpuMs();
  for (const body of [
    '['.repeat(40_000),
    '*a'.repeat(20_000),
    '> '.repeat(20_000),
    '- '.repeat(20_000),
    '`'.repeat(40_000),
    '![['.repeat(13_000),
    '|a'.repeat(20_000),
  ])
    html(body);
  expect(cpuMs() - began).toBeLessThan(4000);
});

test('a link that no browser may follow is words', () => {
  expect(html('[press](javascript:alert(1)) or [there](//x.example)').trim()).toBe('<p>press or there</p>');
});
