import fc from 'fast-check';

const MIB = 1024 * 1024;
const head = 'From: a@example.com\r\nTo: b@example.com\r\nDate: 24 Nov 2026 08:37:28 +0100\r\n';
const many = (piece: string, bytes: number) => piece.repeat(Math.ceil(bytes / piece.length));
const header = (name: string, piece: string, bytes = 64_000) => `${head}${name}: ${many(piece, bytes)}\r\n\r\nhi\r\n`;
const mixed = `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n`;
const MAIL_HEADERS = ['From', 'To', 'Subject', 'Content-Type', 'References', 'Content-Disposition', 'X-Any'];

const HEADER_PIECES = [
  '(',
  ')',
  '()',
  '"',
  '\\',
  '<',
  '<a@',
  '>',
  ',',
  ';',
  ':',
  'a:',
  '@',
  'a@b,',
  '=?',
  '=?utf-8?Q?',
  '=?utf-8?B?=?',
  '?=',
  ' ',
  '\r\n ',
  '\t',
  "'",
  '[',
  '.',
  '"a" ',
  '(a(b',
  '<a@b>',
  'é',
  '\x1b$B',
];
const HTML_PIECES = [
  '<b>',
  '<b></i>',
  '<td>',
  '<p><b>',
  '<div style="',
  '<a href=http://x.example>x</a>',
  'a<b>b</b>',
  '<',
  '<!--',
  '&',
  '&#',
  '<table><tr>',
  '</p>',
  '<blockquote>',
  '<img src="',
  '<p style="color:red;color:red">x</p>',
  '<a href="https://x.example">www.y.example</a> ',
  '<![CDATA[',
  '<svg><style>',
];
const BODY_PIECES = [
  '--b\r\n',
  '\n--',
  '--b--\r\n',
  '--b\r\nContent-Type: message/rfc822\r\n\r\n',
  '--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
  'begin 644 a\r\nM',
  '-',
  '\r',
  '\n',
  ' \n',
  '>',
  '> ',
  '-----BEGIN PGP MESSAGE-----\r\n',
  '\u0000',
  'ü',
];

/** A letter that was made to be slow, and what it is. */
export type SlowLetter = readonly [name: string, text: string];

/** Letters whose header is as long as one may be: cheap enough to be whole in every run. */
export function slowHeaders(): SlowLetter[] {
  return HEADER_PIECES.flatMap((piece) =>
    MAIL_HEADERS.map((name): SlowLetter => [`${name} full of ${JSON.stringify(piece)}`, header(name, piece)]),
  );
}

/** Letters whose body repeats one piece; `share` 1 gives 2 MiB of HTML or 1 MiB of text, the most that is shown. */
export function slowBodies(share: number): SlowLetter[] {
  const bytes = Math.ceil(MIB * share);
  const plain = (headers: string, piece: string, size = bytes) => `${head}${headers}\r\n${many(piece, size)}`;
  return [
    ...HTML_PIECES.map(
      (piece): SlowLetter => [
        `HTML full of ${piece}`,
        plain('Content-Type: text/html; charset=utf-8\r\n', piece, 2 * bytes),
      ],
    ),
    ...BODY_PIECES.map((piece): SlowLetter => [`parts full of ${JSON.stringify(piece)}`, mixed + many(piece, bytes)]),
    ...BODY_PIECES.map((piece): SlowLetter => [`text full of ${JSON.stringify(piece)}`, plain('', piece)]),
    ['100,000 headers', `${head}${many('X: 1\r\n', 600_000 * share)}\r\nhi`],
    ['a header of 5 MiB', header('X-Long', 'x', 5 * bytes)],
    ['flowed quotation', plain('Content-Type: text/plain; format=flowed\r\n', '>>> x \r\n')],
    [
      'a parameter in 50,000 pieces',
      `${head}Content-Disposition: attachment; ${many("f*1*=utf-8''%41;", 64_000)}\r\n\r\nx`,
    ],
    ['calendar', plain('Content-Type: text/calendar\r\n', 'BEGIN:VEVENT\r\n')],
    ['quoted-printable', plain('Content-Transfer-Encoding: quoted-printable\r\n', '= ')],
    ['base64', plain('Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n', 'A=')],
  ];
}

/** One of these letters, damaged in up to six places: bytes taken out, others put in. */
export function damagedLetters(letters: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const changes = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), fc.uint8Array({ maxLength: 12 })),
    { minLength: 1, maxLength: 6 },
  );
  return fc.record({ which: fc.nat(letters.length - 1), changes }).map(({ which, changes }) =>
    changes.reduce((bytes, [where, removed, added]) => {
      const at = Math.floor(where * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
    }, letters[which] as Buffer),
  );
}

const TAGS = [
  'a',
  'b',
  'p',
  'div',
  'table',
  'td',
  'img',
  'style',
  'script',
  'svg',
  'math',
  'title',
  'blockquote',
  'br',
];
const VALUES = [
  '',
  'x',
  'javascript:alert(1)',
  'https://x.example/?a=1&b=2',
  'cid:one',
  'color:red;width:9px',
  '&quot;',
  '<b>',
];
const NAMES = ['href', 'src', 'style', 'title', 'alt', 'class', 'onclick', 'width', 'background', 'data-blocked-src'];

/** HTML as nobody writes it: tags that do not fit, odd attributes, entities, comments, signs that open and never close. */
export function wildHtml(): fc.Arbitrary<string> {
  const attribute = fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES), fc.constantFrom('"', "'", ''))
    .map(([name, value, quote]) => ` ${name}=${quote}${value}${quote}`);
  const open = fc
    .tuple(fc.constantFrom(...TAGS), fc.array(attribute, { maxLength: 3 }))
    .map(([tag, attributes]) => `<${tag}${attributes.join('')}>`);
  const close = fc.constantFrom(...TAGS).map((tag) => `</${tag}>`);
  const loose = fc.constantFrom(
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<',
    '>',
    '&',
    '&lt;',
    '&#60;',
    '&amp;lt;',
    '"',
    '\u0000',
  );
  const words = fc.string({ unit: 'grapheme', maxLength: 8 });
  return fc.array(fc.oneof(open, close, loose, words), { maxLength: 24 }).map((pieces) => pieces.join(''));
}
