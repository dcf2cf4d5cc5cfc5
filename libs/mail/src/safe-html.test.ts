import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeMailHtml } from './safe-html.ts';

const clean = (html: string) => sanitizeMailHtml(html).html;

describe('nothing that runs or loads by itself is left', () => {
  test.each([
    '<script>alert(1)</script>',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)><feImage href="https://x.example/a"/></svg>',
    '<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href=" &#x6a;avascript:alert(1)">x</a>',
    '<a href="//evil.example/x">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<iframe src="https://x.example"></iframe><embed src=x><object data=x></object>',
    '<form action="https://x.example"><input type=image src="https://x.example/i"><button>b</button></form>',
    '<style>@import "https://x.example/c.css"; p{background:url(https://x.example/i)}</style>',
    '<link rel=stylesheet href="https://x.example/c.css"><base href="https://x.example/"><meta http-equiv=refresh content="0;url=https://x.example">',
    '<video poster="https://x.example/p"><source src="https://x.example/v"></video><audio src="https://x.example/a">',
    '<picture><source srcset="https://x.example/s"><img srcset="https://x.example/s 2x"></picture>',
    '<p style="background-image:url(https://x.example/i)">x</p>',
    '<p style="background:u\\72l(https://x.example/i);width:expression(alert(1))">x</p>',
    '<p style="position:fixed;top:0;z-index:9;color:red">x</p>',
    '<table background="https://x.example/b"><tr><td background="//x.example/b">x</td></tr></table>',
    '<xmp><script>alert(1)</script></xmp><noscript><img src=x onerror=alert(1)></noscript>',
    '<template><img src=x onerror=alert(1)></template><title><img src=x onerror=alert(1)></title>',
    '<p id="__proto__" class="x" name="forms">x</p>',
    '<img src="https://x.example/pixel.gif">',
    '<img src="&#x2f;&#x2f;x.example/pixel.gif">',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<select><option><img src=x onerror=alert(1)></option></select><textarea><img src=x onerror=alert(1)></textarea>',
  ])('%s', (html) => {
    const safe = clean(html);
    expect(safe).not.toMatch(/<(?!\/?(?:p|img|a|table|tbody|tr|td|div)[\s>])/);
    expect(safe).not.toMatch(
      /\son\w+=|javascript:|url\(|expression|position|z-index|\sclass=|\sid=|\sname=|\sbackground=/i,
    );
    expect(safe).not.toMatch(/\s(?:src|href|srcset|poster)="(?:https?:)?\/\//);
    expect(safe).not.toMatch(/data:/);
  });
});

describe('images', () => {
  test('remote ones wait and are counted, also as a background', () => {
    const safe = sanitizeMailHtml(
      '<img src="https://x.example/a.png" alt="A"><img src="//x.example/b.png"><table background="http://x.example/c"><tr><td>1</td></tr></table>',
    );
    expect(safe.blockedImages).toBe(3);
    expect(safe.html).toContain('data-blocked-src="https://x.example/a.png"');
    expect(safe.html).toContain('data-blocked-src="https://x.example/b.png"');
  });
  test('remote ones load when somebody asked for it', () => {
    expect(sanitizeMailHtml('<img src="https://x.example/a.png">', { loadRemoteImages: true }).html).toBe(
      '<img src="https://x.example/a.png" />',
    );
  });
  test('those inside the letter get the address that the caller names', () => {
    const cidUrl = (cid: string) =>
      cid === 'logo@x' ? '/a/inline/00000000-0000-0000-0000-000000000000/logo%40x' : null;
    expect(sanitizeMailHtml('<img src="cid:logo%40x"><img src="cid:other" alt="o">', { cidUrl }).html).toBe(
      '<img src="/a/inline/00000000-0000-0000-0000-000000000000/logo%40x" /><img alt="o" />',
    );
  });
});

describe('links', () => {
  test('open apart and tell nothing about where they stood', () => {
    expect(clean('<a href="https://x.example/a" class="c">words</a>')).toBe(
      '<a href="https://x.example/a" rel="noopener noreferrer nofollow ugc" target="_blank">words</a>',
    );
  });
  test('a link that shows another host carries the real one', () => {
    expect(clean('<a href="https://evil.example/a">https://bank.example/login</a>')).toContain(
      'data-shows-other-host="evil.example"',
    );
    expect(
      clean('<a href="https://x.example/1">one</a><a href="https://evil.example/a"><b>www.bank</b>.example</a>'),
    ).toMatch(/one<\/a><a[^>]*data-shows-other-host="evil\.example"/);
  });
  test.each([
    ['a name before an @ in the address', '<a href="https://bank.example@evil.example/">here</a>'],
    ['a name before an @ in the words', '<a href="https://evil.example/">https://bank.example@evil.example</a>'],
    ['invisible signs in the words', '<a href="https://evil.example/">\u200bbank\u00ad.example</a>'],
    ['a cut address', '<a href="https://evil.example/">bank.example…</a>'],
    ['a backslash', '<a href="https://evil.example/">https://bank.example\\x</a>'],
  ])('is told by %s', (_what, html) => {
    expect(clean(html)).toContain('data-shows-other-host="evil.example"');
  });
  test('a file name is no host', () => {
    expect(clean('<a href="https://x.example/offer.pdf">offer.pdf</a>')).not.toContain('shows-other-host');
  });
  test('a link to the shown host or its sub-domain carries no mark, and a letter cannot set one', () => {
    expect(clean('<a href="https://www.bank.example/a">bank.example</a>')).not.toContain('shows-other-host');
    expect(clean('<a href="https://x.example" data-shows-other-host="bank.example">here</a>')).not.toContain(
      'shows-other-host',
    );
  });
});

test('colours, fonts and tables of a letter stay', () => {
  const html =
    '<table width="100%" style="border-collapse:collapse"><tr><td style="color:#333;padding:4px 8px;font-family:Arial, sans-serif">x</td></tr></table>';
  expect(clean(html)).toBe(html);
});

test('HTML nested deeper than 2,000 elements is told, not parsed; unmatched end tags do not hide the depth', () => {
  expect(clean('<b>'.repeat(1999))).not.toContain('too deeply');
  expect(clean('<b></i>'.repeat(2001))).toContain('too deeply');
});

test('cleaning twice changes nothing', () => {
  const piece = fc.constantFrom(
    '<p>',
    '</p>',
    '<b',
    '>',
    '<',
    '"',
    "'",
    '&lt;',
    '&amp;',
    '<img src="',
    'https://x.example/',
    '<a href="',
    'cid:a',
    '<!--',
    '-->',
    '<style>',
    '</style>',
    '<svg>',
    '<td style="color:red;',
    'x:y',
    '">',
    ' ',
    'bank.example',
    '<li>',
    '</a>',
    '<xmp>',
    '<![CDATA[',
    '\0',
    '&#x3c;',
    '<math>',
    '<title>',
    '/',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const once = clean(pieces.join(''));
      expect(clean(once)).toBe(once);
      expect(once).not.toMatch(/<(?:script|style|svg|math|xmp|title)/i);
    }),
    { numRuns: 1000 },
  );
});
