import { CANARY_HOST, type HostilePiece, hostilePieces } from '@support-center/mail/testing';

/** A letter whose every part is hostile; `thread` names the letters that belong to one ticket. */
export interface HostileLetter {
  readonly what: string;
  readonly thread: number;
  readonly opens: boolean;
  readonly subject: string;
  readonly bytes: Buffer;
}

const word = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
/** Encoded words of at most 75 signs each, as the standard has it. */
const words = (text: string) => (text.match(/.{1,20}/gsu) ?? ['']).map(word).join('\r\n ');
const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
const idOf = (thread: number) => `hostile-${thread}@mail.example`;
/** Ends what the piece before may have left open, so that the next one is read as HTML again. */
const CLOSE = '\n</script></style></textarea></title></iframe></select></svg></math></table></form></div>\n';
/** Pieces of these kinds may swallow what follows them: few stand together. */
const TOGETHER: Record<string, number> = { mutation: 5, broken: 3 };

function groups(pieces: readonly HostilePiece[]): HostilePiece[][] {
  const found: HostilePiece[][] = [];
  for (const kind of new Set(pieces.map((piece) => piece.kind))) {
    const ofKind = pieces.filter((piece) => piece.kind === kind);
    const size = TOGETHER[kind] ?? 16;
    for (let at = 0; at < ofKind.length; at += size) found.push(ofKind.slice(at, at + size));
  }
  return found;
}

function letter(thread: number, opens: boolean, subject: string, name: string, content: Buffer | string, n: number) {
  const head = [
    'Return-Path: <sender@elsewhere.example>',
    `From: ${words(name)} <mallory${thread}@evil.example>`,
    'To: support@desk.example',
    `Subject: ${words(subject)}`,
    `Message-ID: <${opens ? idOf(thread) : `more-${n}@mail.example`}>`,
    ...(opens ? [] : [`In-Reply-To: <${idOf(thread)}>`]),
    'Date: Tue, 24 Nov 2026 09:00:00 +0100',
    'MIME-Version: 1.0',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), Buffer.isBuffer(content) ? content : Buffer.from(content)]);
}

const part = (type: string, content: Buffer, more = '') =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n${more}\r\n${base64(content)}`;
const multipart = (kind: string, parts: readonly string[]) =>
  `Content-Type: multipart/${kind}; boundary="b0"\r\n\r\n${parts.map((text) => `--b0\r\n${text}\r\n`).join('')}--b0--\r\n`;

/** The pieces as words, in subject, sender's name and file names; each opens a ticket. */
function openers(pieces: readonly HostilePiece[], count: number): HostileLetter[] {
  const short = pieces.filter(({ html }) => html.length < 140 && !/[^\x20-\x7e]/.test(html));
  const size = Math.ceil(pieces.length / count);
  return Array.from({ length: count }, (_, at) => {
    const pick = (step: number) => short[(at * step + step) % short.length]!.html;
    const subject = pick(7);
    const text = pieces.slice(at * size, (at + 1) * size).map(({ html }) => `${html}\r\n`);
    const file = (name: string) =>
      part(
        'text/html',
        Buffer.from(name),
        `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}\r\n`,
      );
    const content = multipart('mixed', [
      part('text/plain; charset=utf-8', Buffer.from(text.join(''))),
      file(`${pick(11)}.html`),
      file(`${pick(13)}.png`),
    ]);
    return {
      what: `text ${at}`,
      thread: at,
      opens: true,
      subject,
      bytes: letter(at, true, subject, pick(5), content, at),
    };
  });
}

/** What a hostile letter may do to be read as HTML after all, or by other rules than ours. */
function placements(n: () => number): [what: string, content: Buffer | string][] {
  const live = () => {
    const at = n();
    return `<p>live</p><script>top.hit(${at})</script><img src=x onerror=top.hit(${at})><img src="http://${CANARY_HOST}/${at}"><a href="javascript:top.hit(${at})">go</a>`;
  };
  const typed = (type: string, body: Buffer) =>
    Buffer.concat([Buffer.from(`Content-Type: ${type}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`), body]);
  const utf7 = (html: string) =>
    Buffer.from(html.replaceAll('<', '+ADw-').replaceAll('>', '+AD4-').replaceAll('"', '+ACI-'));
  const utf16be = (html: string) => Buffer.from(html, 'utf16le').swap16();
  const overlong = (html: string) =>
    Buffer.from(html.replaceAll('<', '\u00c0\u00bc').replaceAll('>', '\u00c0\u00be'), 'latin1');
  const svg = () =>
    `<svg xmlns="http://www.w3.org/2000/svg" onload="top.hit(${n()})"><image href="http://${CANARY_HOST}/${n()}"/></svg>`;
  const asFile = (type: string, name: string, disposition: string, more = '') =>
    part(type, Buffer.from(live()), `Content-Disposition: ${disposition}; filename="${name}"\r\n${more}`);
  return [
    ['UTF-7', typed('text/html; charset=utf-7', utf7(live()))],
    ['UTF-7 as text', typed('text/plain; charset=utf-7', utf7(live()))],
    ['UTF-7 by its meta', typed('text/html', Buffer.concat([Buffer.from('<meta charset=utf-7>'), utf7(live())]))],
    ['UTF-16 with a mark', typed('text/html; charset=utf-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(live(), 'utf16le')]))],
    ['UTF-16 without', part('text/html; charset=utf-16be', utf16be(live()))],
    ['UTF-16 undeclared', part('text/html; charset=us-ascii', Buffer.from(live(), 'utf16le'))],
    ['UTF-32', part('text/html; charset=utf-32le', Buffer.from([...live()].flatMap((sign) => [sign.charCodeAt(0), 0, 0, 0])))],
    ['overlong UTF-8', typed('text/html; charset=utf-8', overlong(live()))],
    ['shifted signs', typed('text/html; charset=iso-2022-jp', Buffer.from(`\u001b$B\u001b(B${live().replaceAll('<', '\u001b(J<\u001b(B')}`))],
    ['HZ', typed('text/html; charset=hz-gb-2312', Buffer.from(`~{<:Ky~}${live()}~\n`))],
    ['EBCDIC', part('text/html; charset=ibm037', Buffer.from(live()))],
    ['a lead byte that eats a quote', typed('text/html; charset=gbk', Buffer.concat([Buffer.from('<p title="'), Buffer.from([0x81]), Buffer.from(`" x="><img src=x onerror=top.hit(${n()})>">`)]))],
    ['x-user-defined', typed('text/html; charset=x-user-defined', Buffer.from(live()))],
    ['a charset of words', typed('text/html; charset="utf-8\\"; x=<script>"', Buffer.from(live()))],
    ['a soft line end in a tag', `Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<scr=\r\nipt>top.hit(${n()})</scr=\r\nipt><i=\r\nmg src=3Dx onerror=3Dtop.hit(${n()})>`],
    ['XHTML', typed('application/xhtml+xml', Buffer.from(`<html xmlns="http://www.w3.org/1999/xhtml"><body>${live()}</body></html>`))],
    ['a type in capitals with blanks', typed(' TEXT / HTML ; charset = utf-8', Buffer.from(live()))],
    ['a type with a NUL', typed('text/html\0; charset=utf-8', Buffer.from(live()))],
    ['two types', `Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\n${live()}`],
    ['no type', `\r\n<html><body>${live()}</body></html>`],
    ['other texts', multipart('mixed', [part('text/enriched', Buffer.from(live())), part('text/richtext', Buffer.from(live())), part('text/xml', Buffer.from(live())), part('text/x-unknown', Buffer.from(live()))])],
    ['HTML that only looks like a file', multipart('mixed', [part('text/plain', Buffer.from('see')), asFile('text/html', 'a.html', 'inline'), asFile('application/octet-stream', 'b.html', 'inline')])],
    ['a drawing as an image', multipart('related', [part('text/html', Buffer.from('<p>look</p><img src="cid:d"><iframe src="cid:d"></iframe><object data="cid:d"></object>')), part('image/svg+xml', Buffer.from(svg()), 'Content-ID: <d>\r\n')])],
    ['HTML as an image', multipart('related', [part('text/html', Buffer.from('<img src="cid:d"><embed src="cid:d">')), asFile('image/png', 'd.png', 'inline', 'Content-ID: <d>\r\n')])],
    ['a content id that breaks out', multipart('related', [part('text/html', Buffer.from(`<img src='cid:"><img src=x onerror=top.hit(${n()})>'><img src="cid:../../../raw/x">`)), asFile('image/png', 'd.png', 'inline', 'Content-ID: <"><img src=x onerror=top.hit(1)>>\r\n')])],
    ['a content location', multipart('related', [part('text/html', Buffer.from('<base href="cid:x/"><img src="d.svg">')), part('image/svg+xml', Buffer.from(svg()), `Content-Location: http://${CANARY_HOST}/d.svg\r\n`)])],
    ['a letter within', multipart('mixed', [part('text/plain', Buffer.from('see')), `Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: <img src=x onerror=top.hit(${n()})>\r\nContent-Type: text/html\r\n\r\n${live()}`])],
    ['an invitation', multipart('alternative', [part('text/plain', Buffer.from('see')), part('text/calendar; method=REQUEST', Buffer.from(`BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:${live()}\r\nLOCATION:<img src=x onerror=top.hit(${n()})>\r\nDTSTART:20261124T090000Z\r\nX-ALT-DESC;FMTTYPE=text/html:${live()}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`))])],
    ['HTML around the parts', `${multipart('mixed', [part('text/plain', Buffer.from('see'))]).replace('\r\n\r\n', `\r\n\r\n${live()}\r\n`)}${live()}`],
    ['the harmless part first', multipart('alternative', [part('text/html', Buffer.from('<p>calm</p>')), part('text/html', Buffer.from(live()))])],
    ['a delivery report', multipart('report; report-type=delivery-status', [part('text/plain', Buffer.from(live())), `Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; <img src=x onerror=top.hit(${n()})>\r\n\r\nFinal-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; <script>top.hit(${n()})</script>\r\n`])],
    ['uuencode', `Content-Type: text/plain\r\n\r\nbegin 644 <img src=x onerror=top.hit(${n()})>.html\r\n#0V%T\r\n\`\r\nend\r\n`],
  ]; // biome-ignore format: a table
}

/** Letters in the order in which they are to be delivered: first those that open tickets, then their follow-ups. */
export function hostileLetters(tickets: number): HostileLetter[] {
  const pieces = hostilePieces();
  let n = pieces.length;
  const bodies: [string, Buffer | string][] = [
    ...groups(pieces).map((group): [string, string] => [
      `${group[0]!.kind} ${group[0]!.n}`,
      part('text/html; charset=utf-8', Buffer.from(group.map(({ html }) => html).join(CLOSE))),
    ]),
    ...placements(() => ++n),
  ];
  const followUps = bodies.map(([what, content], at): HostileLetter => {
    const thread = at % tickets;
    const subject = pieces[(at * 17) % pieces.length]!.html.replace(/[\0\r\n]/g, ' ');
    return {
      what,
      thread,
      opens: false,
      subject,
      bytes: letter(thread, false, subject, `<b>${what}</b>`, content, at),
    };
  });
  return [...openers(pieces, tickets), ...followUps];
}
