import { encoded, file, html, multipart, type Sample, text, writeLetter } from './write-letter.ts';

const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAYCAIAAADF1mwTAAAAMUlEQVR42u3PQQkAAAgEsEtiRHMayw7+hMEKLNXzWgQEBAQEBAQEBAQEBAQEBAQELhbvcfhqz7s8uQAAAABJRU5ErkJggg==',
  'base64',
);
const INVITATION = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//letters.example//demo//EN',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'UID:call-1@letters.example',
  'DTSTAMP:20260301T080000Z',
  'DTSTART:20260310T130000Z',
  'DTEND:20260310T133000Z',
  'SUMMARY:Call about the new contract',
  'LOCATION:By phone',
  'ORGANIZER;CN=Ruth Adler:mailto:ruth@example.com',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');
const FORWARDED = writeLetter(
  {
    from: 'supplier@example.net',
    name: 'The Supplier',
    to: 'ivo@example.com',
    subject: 'Your parts are late',
    id: 'supplier-1',
    at: new Date('2026-02-20T10:00:00Z'),
    part: text('The parts come two weeks later.\n'),
  },
  'ivo@example.com',
);

/** Letters that carry something: files, pictures, an invitation, another letter. */
export const attachedLetters: readonly Sample[] = [
  {
    from: 'eva@example.com',
    name: 'Eva Novak',
    subject: 'The list of our devices',
    id: 'eva-1',
    part: multipart(
      'mixed',
      text('Here is the list that you asked for.\n'),
      file('devices.csv', 'text/csv', 'number,place\r\n1,hall\r\n2,office\r\n'),
    ),
  },
  {
    from: 'ben@example.org',
    name: 'Ben Howe',
    subject: 'What I see on the screen',
    id: 'ben-1',
    part: multipart(
      'related',
      html('<p>This is what I see:</p><img src="cid:screen@letters.example" alt="The screen"><p>Ben</p>'),
      encoded('image/png; name="screen.png"', PICTURE, [
        'Content-ID: <screen@letters.example>',
        'Content-Disposition: inline; filename="screen.png"',
      ]),
    ),
  },
  {
    from: 'yuki@example.jp',
    name: 'Yuki',
    subject: 'Three files',
    id: 'yuki-1',
    part: multipart(
      'mixed',
      text('Three files, one with a name of ours.\n'),
      file('写真.png', 'image/png', PICTURE),
      file('notes.txt', 'text/plain; charset=utf-8', 'A note – with a dash.\r\n'),
      file('../../odd/name.html', 'text/html', '<script>alert(1)</script>'),
    ),
  },
  {
    from: 'ruth@example.com',
    name: 'Ruth Adler',
    subject: 'Invitation: call about the new contract',
    id: 'ruth-1',
    part: multipart(
      'alternative',
      text('Please join the call on 10 March at 13:00 UTC.\n'),
      encoded('text/calendar; charset=utf-8; method=REQUEST', Buffer.from(INVITATION)),
    ),
  },
  {
    from: 'ivo@example.com',
    name: 'Ivo Marek',
    subject: 'What does this mean for my order?',
    id: 'ivo-1',
    part: multipart('mixed', text('I got the attached letter. What does it mean for my order?\n'), {
      headers: ['Content-Type: message/rfc822'],
      body: FORWARDED.toString('latin1'),
    }),
  },
  {
    from: 'scan@example.net',
    name: 'Scanner 3',
    subject: 'Scan',
    id: 'scan-1',
    part: file('scan.png', 'image/png', PICTURE),
  },
];
