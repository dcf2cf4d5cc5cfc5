import { openPop3 } from '@support-center/pop3';
import { type FakePop3, type FakePop3Options, startFakePop3, TEST_CA } from '@support-center/pop3/testing';
import { afterEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent, saveDesk } from '../../test/factories.ts';
import type { Context } from '../platform/context.ts';
import { tryMailbox } from './try-mailbox.ts';

describeEachDatabase('a test of the mailbox', (world) => {
  let server: FakePop3 | null = null;
  afterEach(() => server?.stop());

  async function start(options: FakePop3Options = {}): Promise<FakePop3> {
    server = await startFakePop3({
      users: { login: 'pop3 secret' },
      messages: ['Subject: one\r\n\r\nText\r\n'],
      ...options,
    });
    return server;
  }
  async function admin(): Promise<Context> {
    const ctx = world().ctx(agentActor(await buildAgent(world().ctx())));
    return {
      ...ctx,
      openPop3: (options) => openPop3({ ...options, tls: { ca: TEST_CA }, limits: { connectMs: 2000 } }),
    };
  }
  const shown = ({ steps }: Awaited<ReturnType<typeof tryMailbox>>) =>
    steps.map((step) => `${step.ok ? 'ok' : 'failed'}: ${step.name}`);

  test('goes through every step with the saved values, and takes and removes nothing', async () => {
    const { port } = await start();
    await saveDesk(world().ctx(), {}, { pop3Port: port });
    const result = await tryMailbox(await admin(), {});
    expect(shown(result)).toEqual([
      'ok: Find the server',
      'ok: Connect',
      'ok: Secure the connection',
      'ok: Sign in',
      'ok: Read the mailbox',
    ]);
    expect(result.ok).toBe(true);
    expect(result.steps.at(-1)?.message).toMatch(/^1 message, 0\.0 MB\. Supports UIDL, TOP/);
    expect(server!.commands.filter((line) => /^(RETR|TOP|DELE)/.test(line))).toEqual([]);
    expect(server!.messages).toHaveLength(1);
  });

  test('takes values that are not saved, and saves none of them', async () => {
    const { port } = await start({ security: 'TLS', users: { other: 'new secret' } });
    await saveDesk(world().ctx(), {}, { pop3Port: 1 });
    const given = { pop3Host: 'localhost', pop3Port: port, pop3Security: 'TLS' as const, pop3User: 'other' };
    expect((await tryMailbox(await admin(), { ...given, pop3Password: 'new secret' })).ok).toBe(true);
    expect((await tryMailbox(await admin(), {})).ok).toBe(false);
  });

  test('stops at a refused password, and tells no word of the server or the password', async () => {
    const { port } = await start({ faults: { signIn: 'ECHO' } });
    await saveDesk(world().ctx(), {}, { pop3Port: port });
    const result = await tryMailbox(await admin(), { pop3Password: 'wrong canary' });
    expect(shown(result).slice(2)).toEqual(['ok: Secure the connection', 'failed: Sign in']);
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('stops at a certificate for another name', async () => {
    const { port } = await start({ security: 'TLS', certificate: 'wrongName' });
    await saveDesk(world().ctx(), {}, { pop3Host: 'localhost', pop3Port: port, pop3Security: 'TLS' });
    expect(shown(await tryMailbox(await admin(), {}))).toEqual([
      'ok: Find the server',
      'ok: Connect',
      'failed: Secure the connection',
    ]);
  });

  test('stops where nothing answers', async () => {
    await saveDesk(world().ctx(), {}, { pop3Port: 1 });
    expect(shown(await tryMailbox(await admin(), {}))).toEqual(['ok: Find the server', 'failed: Connect']);
  });

  test('says what is missing before it tries anything', async () => {
    const result = await tryMailbox(await admin(), { pop3Host: 'mail.example' });
    expect(result).toMatchObject({ ok: false, steps: [{ message: 'Without a POP3 User no mail is collected.' }] });
  });

  test('refuses values that could not be saved, and is for administrators', async () => {
    await expect(tryMailbox(await admin(), { pop3Port: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const assistant = await buildAgent(world().ctx(), { role: 'ASSISTANT' });
    await expect(tryMailbox(world().ctx(agentActor(assistant)), {})).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
