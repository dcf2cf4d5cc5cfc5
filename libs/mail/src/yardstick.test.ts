import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { expect, test } from 'vitest';
import { parseMail } from './parse.ts';

interface Composed {
  subject: string;
  text?: string;
  html?: string;
  attachments?: { filename: string; content: Buffer }[];
}

function compose(mail: Composed): Promise<Buffer> {
  const from = { name: 'Änna Bérg', address: 'anna@acme.example' };
  return new Promise((resolve, reject) => {
    new MailComposer({ from, to: 'support@desk.example', ...mail })
      .compile()
      .build((error, bytes) => (error ? reject(error) : resolve(bytes as Buffer)));
  });
}

// Well-formed letters are read by everybody alike; what this reader adds is for the others.
test.each<[string, Composed]>([
  ['plain text', { subject: 'Printer', text: 'It burns.\nPlease help.' }],
  [
    'an encoded subject over several words',
    { subject: 'Größe der Überweisung ✓ und noch viel mehr Wörter als auf eine Zeile passen', text: 'x' },
  ],
  ['plain and rich text', { subject: 'Both', text: 'plain', html: '<p>rich</p>' }],
  [
    'attachments',
    {
      subject: 'Files',
      text: 'see',
      attachments: [
        { filename: 'äö ü.pdf', content: Buffer.alloc(5000, 7) },
        { filename: 'b.txt', content: Buffer.from('text') },
      ],
    },
  ],
])('reads %s as the common MIME parser does', async (_name, mail) => {
  const bytes = await compose(mail);
  const [ours, theirs] = [await parseMail(bytes), await simpleParser(bytes)];
  expect(ours.subject).toBe(theirs.subject);
  expect(ours.from).toMatchObject({ address: theirs.from?.value[0]?.address, name: theirs.from?.value[0]?.name });
  expect(ours.text.trim()).toBe(theirs.text?.trim());
  expect(`<${ours.messageId}>`).toBe(theirs.messageId);
  expect(ours.attachments.map((file) => [file.name, file.sha256.length, file.sizeBytes])).toEqual(
    theirs.attachments.map((file) => [file.filename, 64, file.size]),
  );
});
