import { parseMail } from '@support-center/mail';
import { describe, expect, test } from 'vitest';
import { automaticHeaders, composeMail, type MailShape } from './compose.ts';

const SHAPE: MailShape = {
  from: { address: 'support@desk.example', name: 'Dana' },
  to: ['anna@acme.example'],
  subject: 'Re: [#1] Drucker brennt – schon wieder 🔥',
  text: 'Grüße,\nDana',
  date: new Date('2026-03-02T09:00:00Z'),
  messageId: '<tt.1.abc@desk.example>',
};

const compose = async (more: Partial<MailShape> = {}) => (await composeMail({ ...SHAPE, ...more })).toString();
const read = async (more: Partial<MailShape> = {}) => parseMail(await composeMail({ ...SHAPE, ...more }));

describe('a composed mail', () => {
  test('keeps the Date and Message-ID that it was given, and says its words back', async () => {
    const source = await compose();
    expect(source).toContain('Date: Mon, 02 Mar 2026 09:00:00 +0000\r\n');
    expect(source).toContain('Message-ID: <tt.1.abc@desk.example>\r\n');
    const mail = await read();
    expect([mail.subject, mail.from, mail.text?.trim()]).toMatchObject([
      SHAPE.subject,
      { address: 'support@desk.example', name: 'Dana' },
      SHAPE.text,
    ]);
  });

  test('has text and HTML side by side where there is HTML', async () => {
    expect(await compose()).not.toContain('multipart');
    const source = await compose({ html: '<p>Hello</p>' });
    expect(source).toMatch(/multipart\/alternative[\s\S]*text\/plain[\s\S]*text\/html/);
  });

  test('names its thread', async () => {
    const source = await compose({ inReplyTo: '<b@x.example>', references: ['<a@x.example>', '<b@x.example>'] });
    expect(source).toContain('In-Reply-To: <b@x.example>\r\n');
    expect(source).toContain('References: <a@x.example> <b@x.example>\r\n');
  });

  test('carries files as they are', async () => {
    const content = Buffer.from([0, 1, 2, 255]);
    const [file] = (await read({ attachments: [{ name: 'Über.bin', mimeType: 'application/octet-stream', content }] }))
      .attachments;
    expect([file!.name, Buffer.from(file!.content).equals(content)]).toEqual(['Über.bin', true]);
  });

  test('of a machine says so in each of the three ways', async () => {
    const source = await compose({ headers: automaticHeaders('auto-replied', 'support@desk.example') });
    for (const line of [
      'Auto-Submitted: auto-replied',
      'X-Auto-Response-Suppress: All',
      'X-Loop: support@desk.example',
    ])
      expect(source).toContain(`${line}\r\n`);
  });

  test.each(['\r\nBcc: evil@x.example', '\nBcc: evil@x.example', '\rBcc: evil@x.example', '\u0000'])(
    'lets %j into no header',
    async (evil) => {
      const shapes: Partial<MailShape>[] = [
        { subject: `a${evil}` },
        { from: { address: 'support@desk.example', name: `a${evil}` } },
        { messageId: `<a${evil}@x>` },
        { inReplyTo: `<a${evil}@x>` },
        { references: [`<a${evil}@x>`] },
        { headers: { 'X-Loop': `a${evil}` } },
        { headers: { [`X-Loop${evil}`]: 'a' } },
        { attachments: [{ name: `a${evil}`, mimeType: 'text/plain', content: Buffer.from('x') }] },
        { attachments: [{ name: 'a', mimeType: `text/plain${evil}`, content: Buffer.from('x') }] },
        { to: [`anna@acme.example${evil}`] },
      ];
      for (const shape of shapes)
        await expect(compose(shape), JSON.stringify(shape)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    },
  );

  test.each([
    '"a@evil.example x"@acme.example',
    'a@acme.example, b@acme.example',
    'Anna <a@acme.example>',
    'group: a@acme.example;',
    'a(b)@acme.example',
    'a',
    '',
  ])('is not addressed to %j', async (address) => {
    for (const shape of [{ to: [address] }, { cc: [address] }, { from: { address, name: null } }])
      await expect(compose(shape)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('reads no file and no address for its words', async () => {
    const text = { path: '/etc/hostname' } as unknown as string;
    await expect(compose({ text })).rejects.toThrow(/file access/i);
    await expect(compose({ text: { href: 'http://127.0.0.1:1/' } as unknown as string })).rejects.toThrow(
      /url access/i,
    );
  });
});
