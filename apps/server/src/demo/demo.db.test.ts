import { parseMail } from '@support-center/mail';
import { openPop3 } from '@support-center/pop3';
import { afterEach, describe, expect, test } from 'vitest';
import { sampleLetters } from './letters.ts';
import type { RunningServer } from './loopback.ts';
import { MailDrop } from './mail-drop.ts';
import { startPop3Server } from './pop3-server.ts';

const NOW = new Date('2026-03-02T09:00:00.000Z');
const account = { user: 'support', password: 'demo' };
const letters = sampleLetters(NOW, 'support@demo.example');
let server: RunningServer | null = null;

afterEach(() => server?.stop());

async function serve(bytes: readonly Buffer[]) {
  const drop = new MailDrop();
  for (const letter of bytes) drop.add(letter);
  server = await startPop3Server(drop, account, 0);
  const open = () => openPop3({ host: '127.0.0.1', port: server!.port, security: 'NONE', ...account });
  return { drop, open };
}

describe('the POP3 server of the demo', () => {
  test('hands out every letter byte for byte, lines of dots among them', async () => {
    const { open } = await serve([...letters, Buffer.from('.\r\n..\r\n.a\r\n\r\n.\r\n')]);
    const session = await open();
    const got: Buffer[] = [];
    const numbers = [...(await session.list()).keys()];
    for await (const { body } of session.retrieveAll(numbers, { limitBytes: 1_000_000 })) {
      const chunks: Buffer[] = [];
      for await (const chunk of body) chunks.push(chunk);
      got.push(Buffer.concat(chunks));
    }
    await session.quit();
    expect(got).toEqual([...letters, Buffer.from('.\r\n..\r\n.a\r\n\r\n.\r\n')]);
  });

  test('removes what was marked at QUIT and not when the session breaks off', async () => {
    const { drop, open } = await serve(letters.slice(0, 3));
    const broken = await open();
    await broken.deleteAll([1, 2]);
    broken.destroy();
    await expect
      .poll(
        async () =>
          await open().then(
            (s) => s.quit().then(() => 'free'),
            () => 'locked',
          ),
      )
      .toBe('free');
    expect(drop.list().map((letter) => letter.bytes)).toEqual(letters.slice(0, 3));

    const whole = await open();
    await whole.deleteAll([1, 2]);
    await whole.quit();
    expect(drop.list().map((letter) => letter.bytes)).toEqual([letters[2]]);
  });

  test('refuses a wrong password', async () => {
    await serve([]);
    const options = {
      host: '127.0.0.1',
      port: server!.port,
      security: 'NONE',
      user: 'support',
      password: 'wrong',
    } as const;
    await expect(openPop3(options)).rejects.toMatchObject({ code: 'AUTH' });
  });
});

describe('the letters of the demo', () => {
  test('are forty or more, and exactly one is without a sender', async () => {
    const mails = await Promise.all(letters.map((bytes) => parseMail(bytes)));
    expect(mails.length).toBeGreaterThanOrEqual(40);
    expect(mails.filter((mail) => mail.from === null).map((mail) => mail.subject)).toEqual([
      'A letter without a sender',
    ]);
  });

  test('say in their own charsets what they mean to say', async () => {
    const subjects = (await Promise.all(letters.map((bytes) => parseMail(bytes)))).map((mail) => mail.subject);
    expect(subjects).toEqual(
      expect.arrayContaining([
        '領収書の再発行について',
        'Отчёт не открывается',
        'Rückgabe der Schlüssel',
        'Thank you 🎉',
      ]),
    );
  });
});
