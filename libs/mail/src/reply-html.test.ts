import { describe, expect, test } from 'vitest';
import { steepCost } from '../testing/cpu-time.ts';
import { MAX_HTML_DEPTH, splitReplyHtml } from './reply-html.ts';

const ANSWER = '<div dir="ltr">Yes, please send two.</div>';
const OLD = 'Do you need a spare part?';

const QUOTES: [string, string][] = [
  [
    'Gmail',
    `<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri, May 3, 2024 Desk wrote:<br></div><blockquote class="gmail_quote">${OLD}</blockquote></div>`,
  ],
  ['Gmail, container', `<div class="gmail_quote gmail_quote_container"><div>${OLD}</div></div>`],
  [
    'Apple Mail',
    `<br><blockquote type="cite"><div>On 3. May 2024, at 12:00, Desk wrote:</div>${OLD}</blockquote>`.replace(
      '<br>',
      '',
    ),
  ],
  [
    'Thunderbird',
    `<div class="moz-cite-prefix">On 03.05.24 12:00, Desk wrote:<br></div><blockquote type="cite" cite="mid:x">${OLD}</blockquote>`,
  ],
  ['Yahoo', `<div id="ydp1" class="ydp1 yahoo_quoted"><div>On Friday, Desk wrote:</div><div>${OLD}</div></div>`],
  [
    'Proton',
    `<div class="protonmail_quote">On Friday Desk wrote:<blockquote class="protonmail_quote" type="cite">${OLD}</blockquote></div>`,
  ],
  [
    'Outlook on the web',
    `<div id="appendonsend"></div><hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Desk</div><div>${OLD}</div>`,
  ],
  ['Outlook behind Exchange', `<div id="x_divRplyFwdMsg"><b>From:</b> Desk</div><p>${OLD}</p>`],
  [
    'Outlook for Windows',
    `<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>From:</b> Desk</p></div></div><p>${OLD}</p>`
      .replace('<div><div', '<div')
      .replace('</div></div>', '</div>'),
  ],
  [
    'Outlook for Windows, old',
    `<div style='border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in'><b>From:</b> Desk</div><p>${OLD}</p>`,
  ],
  [
    'Outlook on a telephone',
    `<div id="mail-editor-reference-message-container"><div class="ms-outlook-mobile-reference-message">From: Desk</div>${OLD}</div>`,
  ],
  ['Outlook for Mac', `<span id="OLK_SRC_BODY_SECTION"><b>From: </b>Desk<br>${OLD}</span>`],
  ['Zimbra', `<hr id="zwchr" data-marker="__DIVIDER__"><div><b>From: </b>Desk</div><blockquote>${OLD}</blockquote>`],
];

describe('what a mail program marks as quoted is folded', () => {
  test.each(QUOTES)('%s', (_, quote) => {
    const html = `<html><head><style>p {}</style></head><body>${ANSWER}${quote}</body></html>`;
    const { newHtml, quotedHtml } = splitReplyHtml(html);
    expect(newHtml).toBe(html.slice(0, html.indexOf(quote)));
    expect(newHtml + quotedHtml).toBe(html);
  });
  test.each(QUOTES)('%s, with nothing above it: all is shown', (_, quote) => {
    const html = `<head><title>Words</title><style>p {}</style></head><body><div>&nbsp;<br></div>${quote}</body>`;
    expect(splitReplyHtml(html)).toEqual({ newHtml: html, quotedHtml: null });
  });
});

describe('all is shown', () => {
  const quote = `<blockquote type="cite">${OLD}</blockquote>`;
  test.each([
    ['without a quote', ANSWER],
    ['for nothing', ''],
    ['for a plain blockquote, which a person may write', `${ANSWER}<blockquote>${OLD}</blockquote>`],
    ['for an answer below', `<div class="moz-cite-prefix">Desk wrote:</div>${quote}${ANSWER}`],
    ['for a greeting above and an answer below', `<p>Hello,</p>${quote}${ANSWER}`],
    ['for answers between', `<p>Hello,</p>${quote}<p>Yes.</p>${quote}<p>No.</p>`],
    [
      'for a forward of Gmail',
      `<p>See below.</p><div class="gmail_quote"><div>---------- Forwarded message ---------<br>From: Bob</div>${OLD}</div>`,
    ],
    [
      'for a forward of Apple Mail',
      `<p>See below.</p><blockquote type="cite"><div>Begin forwarded message:</div>${OLD}</blockquote>`,
    ],
    [
      'for a forward in German',
      `<p>Siehe unten.</p><div class="gmail_quote">---------- Weitergeleitete Nachricht ---------<br>${OLD}</div>`,
    ],
    ['for a line above something else', `${ANSWER}<div style="border-top:solid #000 1pt">${OLD}</div>`],
    ['for HTML over two MiB', `${ANSWER}${quote}${' '.repeat(2 * 1_048_576)}`],
  ])('%s', (_, html) => expect(splitReplyHtml(html)).toEqual({ newHtml: html, quotedHtml: null }));
});

test('elements 1,000 deep are read, deeper ones are shown whole', () => {
  const deep = (depth: number) =>
    `${'<div>'.repeat(depth - 1)}Yes.<blockquote type="cite">${OLD}</blockquote>${'</div>'.repeat(depth - 1)}`;
  expect(splitReplyHtml(deep(MAX_HTML_DEPTH)).quotedHtml).not.toBeNull();
  expect(splitReplyHtml(deep(MAX_HTML_DEPTH + 1)).quotedHtml).toBeNull();
});

test('an image alone is an answer', () => {
  expect(splitReplyHtml(`<img src="cid:x"><blockquote type="cite">${OLD}</blockquote>`).quotedHtml).not.toBeNull();
});

test('elements that were never closed do not hide an answer behind the quote', () => {
  const html = `<p>Hello<div class="gmail_quote"><b><i>${OLD}</div><p>Yes.</p>`;
  expect(splitReplyHtml(html).quotedHtml).toBeNull();
});

describe('two megabytes are read in linear time', () => {
  const size = 2 * 1_048_576;
  test.each([
    '<div>',
    '<blockquote type=cite>',
    '<div class="gmail_quote">a</div>',
    '<',
    '<a ',
    '&',
    'a ',
    '<!--',
    '<p class="a b c">',
  ])(
    '%j',
    (piece) => {
      expect(steepCost(splitReplyHtml, piece.repeat(size / piece.length))).toBeNull();
    },
    30_000,
  );
});
