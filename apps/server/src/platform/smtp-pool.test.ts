import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Script, type ScriptedSmtp, scriptedSmtp } from '../../test/scripted-smtp.ts';
import type { SmtpAccount } from './smtp.ts';
import { makeSmtpDoor } from './smtp-door.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const letter = (n: number) => Buffer.from(`Message-ID: <${n}@desk.example>\r\n\r\nHello\r\n`);
const ENVELOPE = { from: 'support@desk.example', to: ['anna@acme.example'] };
const quietly = { beforeBody: async () => undefined };

async function begin(script: Script = {}, idleMs = 1000) {
  const server = await scriptedSmtp(script);
  const door = makeSmtpDoor({ limits: { connectMs: 2000, replyMs: 500, finalReplyMs: 1000, idleMs } });
  cleanups.push(async () => {
    await door.close();
    await server.close();
  });
  const account: SmtpAccount = { host: '127.0.0.1', port: server.port, security: 'NONE', user: null, password: null };
  const send = (n: number) => door.send(account, ENVELOPE, letter(n), quietly);
  return { server, send };
}

const accepted = (server: ScriptedSmtp) => server.ledger.map(({ messageId, connection }) => [messageId, connection]);

describe('a connection to the mail server', () => {
  test('carries one mail after another, and is left with QUIT when none comes', async () => {
    const { server, send } = await begin({}, 50);
    for (const n of [1, 2, 3]) await send(n);
    expect(accepted(server)).toEqual([
      ['<1@desk.example>', 1],
      ['<2@desk.example>', 1],
      ['<3@desk.example>', 1],
    ]);
    expect(server.commands).not.toContain('RSET');
    await vi.waitFor(() => expect(server.commands.at(-1)).toBe('QUIT'));
  });

  test('is used again after a mail that was refused', async () => {
    const { server, send } = await begin({ rcpt: () => '550 no such user' });
    await expect(send(1)).rejects.toMatchObject({ permanent: true, scope: 'MAIL' });
    server.play({ dot: { accept: false, step: '554 spam' } });
    await expect(send(2)).rejects.toMatchObject({ permanent: true, bodyBegun: false });
    server.play({});
    await send(3);
    expect(accepted(server)).toEqual([['<3@desk.example>', 1]]);
    expect(server.commands.filter((line) => line === 'RSET')).toHaveLength(2);
  });

  test('that died while it waited is replaced, and nobody notices', async () => {
    const { server, send } = await begin();
    await send(1);
    server.cut();
    await send(2);
    expect(accepted(server)).toEqual([
      ['<1@desk.example>', 1],
      ['<2@desk.example>', 2],
    ]);
  });

  test('on which the server wants no more mail is replaced, and nobody notices', async () => {
    const { server, send } = await begin();
    await send(1);
    server.play({
      get mail() {
        server.play({});
        return '421 too many mails on this connection';
      },
    });
    await send(2);
    expect(accepted(server)).toEqual([
      ['<1@desk.example>', 1],
      ['<2@desk.example>', 2],
    ]);
  });

  test('is not tried a third time for one mail', async () => {
    const { server, send } = await begin();
    await send(1);
    server.play({ mail: '421 closing' });
    await expect(send(2)).rejects.toMatchObject({ permanent: false, bodyBegun: false, scope: 'CONNECTION' });
    expect(server.connections()).toBe(2);
  });

  test('is left after a hundred mails', async () => {
    const { server, send } = await begin();
    for (let n = 1; n <= 101; n++) await send(n);
    expect(server.connections()).toBe(2);
    expect(server.ledger).toHaveLength(101);
  });
});
