/** A letter as it arrives, and what must become of it. */
export interface SampleLetter {
  readonly what: string;
  readonly bytes: Buffer;
  readonly fate: 'TICKETED' | 'JOINED' | 'BLOCKED';
  readonly subject: string;
  readonly confirmed: boolean;
}

interface Parts {
  from?: string;
  subject: string;
  headers?: string[];
  body?: string | Buffer;
  id?: string;
}

function bytesOf({
  from = 'Anna Berg <anna@acme.example>',
  subject,
  headers = [],
  body = 'Please help me with this.\r\n',
  id,
}: Parts): Buffer {
  const head = [
    'Return-Path: <sender@elsewhere.example>',
    `From: ${from}`,
    'To: support@desk.example',
    `Subject: ${subject}`,
    `Message-ID: <${id ?? `${Buffer.from(subject).toString('hex').slice(0, 40)}@mail.example`}>`,
    'Date: Tue, 24 Nov 2026 09:00:00 +0100',
    'MIME-Version: 1.0',
    ...headers,
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.isBuffer(body) ? body : Buffer.from(body)]);
}

const multipart = (kind: string, parts: string[]) => ({
  headers: [`Content-Type: multipart/${kind}; boundary="b0"`],
  body: `${parts.map((part) => `--b0\r\n${part}\r\n`).join('')}--b0--\r\n`,
});
const base64 = (bytes: string | Buffer) => Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const from = (n: number, domain = 'acme.example') => `Sender ${n} <sender${n}@${domain}>`;

/** Twenty-five letters of different kinds, in the order in which they are delivered. */
export function sampleLetters(): SampleLetter[] {
  let n = 0;
  const letter = (what: string, parts: Parts, expected: Partial<SampleLetter> = {}): SampleLetter => ({
    what,
    bytes: bytesOf({ from: from(++n), ...parts }),
    fate: 'TICKETED',
    subject: parts.subject,
    confirmed: true,
    ...expected,
  });
  return [
    letter(
      'plain text',
      { subject: 'Printer on fire', id: 'plain@acme.example', from: 'Anna Berg <anna@acme.example>' },
      { confirmed: true },
    ),
    letter(
      'a reply to it by Message-ID',
      { subject: 'Re: Printer on fire', from: 'anna@acme.example', headers: ['In-Reply-To: <plain@acme.example>'] },
      { fate: 'JOINED', confirmed: false },
    ),
    letter(
      'a reply to it by subject alone',
      { subject: 'AW: printer on FIRE', from: 'anna@acme.example' },
      { fate: 'JOINED', confirmed: false },
    ),
    letter('plain and HTML', {
      subject: 'Newsletter looks odd',
      ...multipart('alternative', [
        'Content-Type: text/plain\r\n\r\nThe plain words',
        'Content-Type: text/html\r\n\r\n<p>The <b>rich</b> words</p>',
      ]),
    }),
    letter('HTML alone', {
      subject: 'Table of outages',
      headers: ['Content-Type: text/html; charset=utf-8'],
      body: '<table><tr><td>north</td><td>502</td></tr></table><script>window.hacked = 1</script>',
    }),
    letter('HTML with a remote image', {
      subject: 'Banner is broken',
      headers: ['Content-Type: text/html'],
      body: '<p>See</p><img src="http://127.0.0.1:9/pixel.gif">',
    }),
    letter('two attachments', {
      subject: 'Logs attached',
      ...multipart('mixed', [
        'Content-Type: text/plain\r\n\r\nSee the files.',
        `Content-Type: application/pdf; name="invoice.pdf"\r\nContent-Disposition: attachment; filename="invoice.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64('%PDF-1.4 not really')}`,
        `Content-Type: text/csv\r\nContent-Disposition: attachment; filename="log.csv"\r\n\r\na,b\r\n1,2`,
      ]),
    }),
    letter('an image inside the text', {
      subject: 'Screenshot inside',
      ...multipart('related', [
        'Content-Type: text/html\r\n\r\n<p>Look</p><img src="cid:shot">',
        `Content-Type: image/png\r\nContent-ID: <shot>\r\nContent-Transfer-Encoding: base64\r\n\r\n${PIXEL}`,
      ]),
    }),
    letter('an attached letter', {
      subject: 'Forwarding this to you',
      ...multipart('mixed', [
        'Content-Type: text/plain\r\n\r\nSee below.',
        'Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: Inner matter\r\n\r\nInner words',
      ]),
    }),
    letter('UTF-8 subject', { subject: '=?utf-8?Q?Gr=C3=B6=C3=9Fe_=E2=9C=93?=' }, { subject: 'Größe ✓' }),
    letter('Latin-1 body', {
      subject: 'Umlauts by Latin-1',
      headers: ['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: 8bit'],
      body: Buffer.from('Schöne Grüße\r\n', 'latin1'),
    }),
    letter('Shift_JIS', {
      subject: 'Japanese words',
      headers: ['Content-Type: text/plain; charset=Shift_JIS', 'Content-Transfer-Encoding: 8bit'],
      body: Buffer.from([0x82, 0xb1, 0x82, 0xf1, 0x82, 0xc9, 0x82, 0xbf, 0x82, 0xcd, 0x0d, 0x0a]),
    }),
    letter(
      'raw UTF-8 bytes in headers',
      { subject: Buffer.from('Café is closed').toString('latin1') },
      { subject: 'Café is closed' },
    ),
    letter('quoted-printable', {
      subject: 'Soft line ends',
      headers: ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable'],
      body: 'Gr=C3=BC=C3=9Fe aus dem =\r\nNorden\r\n',
    }),
    letter('no subject', { subject: '' }, { subject: '(no subject)' }),
    letter('an empty body', { subject: 'Nothing but a subject', body: '' }),
    letter(
      'a spam domain',
      { subject: 'Buy now', from: 'Deals <deals@mail.spam.example>' },
      { fate: 'BLOCKED', confirmed: false },
    ),
    letter('a highlighted domain', { subject: 'Site down since 09:40', from: 'Freya <freya@northwind.example>' }),
    letter(
      'an absence note',
      { subject: 'Automatic reply: holidays', headers: ['Auto-Submitted: auto-replied'] },
      { confirmed: false },
    ),
    letter(
      'a mailing list',
      { subject: 'Digest of the week', headers: ['List-Id: <news.example>', 'Precedence: list'] },
      { confirmed: false },
    ),
    letter(
      'a machine without a name',
      { subject: 'Backup finished', from: 'noreply@machine.example' },
      { confirmed: false },
    ),
    letter(
      'a folded header',
      { subject: 'A subject that is\r\n folded over lines' },
      { subject: 'A subject that is folded over lines' },
    ),
    letter('a lone dot line', { subject: 'Dots in the body', body: 'one\r\n.\r\n..two\r\nthree\r\n' }),
    letter('a boundary that never ends', {
      subject: 'Cut on the way',
      headers: ['Content-Type: multipart/mixed; boundary="zz"'],
      body: '--zz\r\nContent-Type: text/plain\r\n\r\nStill readable',
    }),
    letter('no MIME at all and bare line feeds', { subject: 'From an old script', body: 'line one\nline two\n' }),
  ];
}
