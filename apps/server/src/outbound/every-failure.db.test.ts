import { afterEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { saveDesk } from '../../test/factories.ts';
import { type Script, type ScriptedSmtp, scriptedSmtp } from '../../test/scripted-smtp.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import type { SmtpDoor } from '../platform/smtp.ts';
import { makeSmtpDoor } from '../platform/smtp-door.ts';
import type { Mailbox } from '../settings/mailbox.entity.ts';
import { forgetMails } from './forget-mails.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';
import { queueMail } from './queue-mail.ts';
import { markMailDelivered, retryMail } from './retry-mail.ts';
import { sendDue } from './sender.ts';

const ANNA = 'anna@acme.example';
const BERT = 'bert@acme.example';
const SHORT = { connectMs: 400, replyMs: 80, finalReplyMs: 160, graceMs: 100, idleMs: 200 };

describeEachDatabase('against a mail server that fails', (world) => {
  const cleanups: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  });

  async function begin(script: Script, mailbox: Partial<Mailbox> = {}, recipients = [ANNA]) {
    const server = await scriptedSmtp(script);
    const smtp = makeSmtpDoor({ limits: SHORT });
    cleanups.push(async () => {
      await smtp.close();
      await server.close();
    });
    const ctx: Context = { ...world().ctx(), smtp };
    await saveDesk(ctx, {}, { smtpHost: '127.0.0.1', smtpPort: server.port, smtpSecurity: 'NONE', ...mailbox });
    const id = ctx.random.id(ctx.clock.now());
    const mail = await transact(ctx, (ctx) =>
      queueMail(ctx, {
        id,
        kind: 'REPLY',
        dedupeKey: id,
        messageId: `<${id}@desk.example>`,
        subject: 'Hi',
        from: 'support@desk.example',
        recipients,
        bytes: Buffer.from(`Message-ID: <${id}@desk.example>\r\nSubject: Hi\r\n\r\nHello\r\n`),
      }),
    );
    const state = () => ctx.db.findOneByOrFail(OutgoingMail, { id });
    return { ctx, server, mail, state };
  }

  /** The server is friendly again and a long time passes: what may be sent by itself has been sent. */
  async function settleDown(ctx: Context, server: ScriptedSmtp): Promise<void> {
    server.play({});
    for (let n = 0; n < 2; n++) {
      world().clock.advance({ hours: 2 });
      await sendDue(ctx);
    }
  }

  const put = '451 4.3.0 later';
  const no = '550 5.1.1 no';
  test.each<[string, Script, 'QUEUED' | 'FAILED' | 'UNKNOWN', number]>([
    ['a refusal at the greeting', { greeting: '554 no service' }, 'QUEUED', 0],
    ['a hang at the greeting', { greeting: 'HANG' }, 'QUEUED', 0],
    ['a close at the greeting', { greeting: 'CLOSE' }, 'QUEUED', 0],
    ['4xx at EHLO', { ehlo: put }, 'QUEUED', 0],
    ['5xx at EHLO', { ehlo: no }, 'QUEUED', 0],
    ['a hang at EHLO', { ehlo: 'HANG' }, 'QUEUED', 0],
    ['a close at EHLO', { ehlo: 'CLOSE' }, 'QUEUED', 0],
    ['4xx at MAIL', { mail: put }, 'QUEUED', 0],
    ['5xx at MAIL', { mail: no }, 'FAILED', 0],
    ['a hang at MAIL', { mail: 'HANG' }, 'QUEUED', 0],
    ['a close at MAIL', { mail: 'CLOSE' }, 'QUEUED', 0],
    ['4xx at RCPT', { rcpt: () => put }, 'QUEUED', 0],
    ['5xx at RCPT', { rcpt: () => no }, 'FAILED', 0],
    ['a hang at RCPT', { rcpt: () => 'HANG' }, 'QUEUED', 0],
    ['a close at RCPT', { rcpt: () => 'CLOSE' }, 'QUEUED', 0],
    ['4xx at DATA', { data: put }, 'QUEUED', 0],
    ['5xx at DATA', { data: no }, 'FAILED', 0],
    ['a hang at DATA', { data: 'HANG' }, 'QUEUED', 0],
    ['a close at DATA', { data: 'CLOSE' }, 'QUEUED', 0],
    ['4xx after the final dot', { dot: { accept: false, step: put } }, 'QUEUED', 0],
    ['5xx after the final dot', { dot: { accept: false, step: no } }, 'FAILED', 0],
    ['a hang after the final dot, not taken', { dot: { accept: false, step: 'HANG' } }, 'UNKNOWN', 0],
    ['a hang after the final dot, taken', { dot: { accept: true, step: 'HANG' } }, 'UNKNOWN', 1],
    ['a close after the final dot, not taken', { dot: { accept: false, step: 'CLOSE' } }, 'UNKNOWN', 0],
    ['a close after the final dot, taken', { dot: { accept: true, step: 'CLOSE' } }, 'UNKNOWN', 1],
    ['SIZE too small', { ehlo: '250-scripted\r\n250 SIZE 10' }, 'FAILED', 0],
    ['5xx with pipelining', { ehlo: '250-scripted\r\n250 PIPELINING', rcpt: () => no }, 'FAILED', 0],
  ])('%s: the state is the truth, and no second copy is ever accepted', async (_name, script, state, copies) => {
    const { ctx, server, mail, state: now } = await begin(script);
    await sendDue(ctx);
    const after = await now();
    expect([after.state, server.ledger.length]).toEqual([state, copies]);
    expect(after.detail).not.toBe('');
    if (state === 'FAILED') expect(after.detail).toMatch(/550 5\.1\.1 no|size larger/i);
    await settleDown(ctx, server);
    const ended = await now();
    if (state === 'QUEUED') expect([ended.state, server.ledger.length]).toEqual(['SENT', 1]);
    else expect([ended.state, server.ledger.length]).toEqual([state, copies]);
    expect(server.ledger.every(({ messageId }) => messageId === mail.messageId)).toBe(true);
  });

  test.each(['RESET', 'CLOSE'] as const)('250 and then a %s is taken', async (next) => {
    const { ctx, server, state } = await begin({ dot: { accept: true, step: { say: '250 taken', next } } });
    await sendDue(ctx);
    await settleDown(ctx, server);
    expect([(await state()).state, server.ledger.length]).toEqual(['SENT', 1]);
  });

  test('a mail that is given up between its recipients and its body: no byte of it goes, and nothing has failed', async () => {
    const { ctx, server, mail, state } = await begin({});
    const door: SmtpDoor = {
      close: () => ctx.smtp.close(),
      send: (account, envelope, content, hooks) =>
        ctx.smtp.send(account, envelope, content, {
          ...hooks,
          async beforeBody() {
            await transact(ctx, (ctx) => forgetMails(ctx, [mail.id], 'Its ticket was deleted.'));
            await hooks.beforeBody();
          },
        }),
    };
    await sendDue({ ...ctx, smtp: door });
    expect(await state()).toMatchObject({ state: 'DISCARDED', detail: 'Its ticket was deleted.' });
    expect(server.ledger).toEqual([]);
    expect(world().log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  test('STARTTLS that was stripped: nothing of the mail goes over an open line', async () => {
    const { ctx, server, state } = await begin({}, { smtpSecurity: 'STARTTLS' });
    await sendDue(ctx);
    expect(await state()).toMatchObject({ state: 'QUEUED', detail: expect.stringContaining('secure connection') });
    expect(server.commands.filter((line) => /^(MAIL|AUTH)/.test(line))).toEqual([]);
  });

  test('one of several recipients is refused for good: the others have it, and it says who has not', async () => {
    const { ctx, server, state } = await begin({ rcpt: (to) => (to === BERT ? no : '250 ok') }, {}, [ANNA, BERT]);
    await sendDue(ctx);
    expect(await state()).toMatchObject({ state: 'SENT', detail: `Not taken for ${BERT}: ${no}` });
    await settleDown(ctx, server);
    expect(server.ledger.map(({ to }) => to)).toEqual([[ANNA]]);
  });

  test('the first of several recipients is refused: it has failed, and another try goes to nobody else', async () => {
    const { ctx, server, mail, state } = await begin({ rcpt: (to) => (to === ANNA ? no : '250 ok') }, {}, [ANNA, BERT]);
    await sendDue(ctx);
    expect(await state()).toMatchObject({ state: 'FAILED', detail: `Not taken for ${ANNA}: ${no}` });
    server.play({});
    await transact(ctx, (ctx) => retryMail(ctx, mail.id));
    await sendDue(ctx);
    expect(server.ledger.map(({ to }) => to)).toEqual([[BERT], [ANNA]]);
    expect((await state()).state).toBe('SENT');
  });

  test('one of several recipients is put off: he is tried again alone', async () => {
    const { ctx, server, state } = await begin({ rcpt: (to) => (to === BERT ? put : '250 ok') }, {}, [ANNA, BERT]);
    await sendDue(ctx);
    expect(await state()).toMatchObject({ state: 'QUEUED', openRecipients: [BERT] });
    await settleDown(ctx, server);
    expect(server.ledger.map(({ to }) => to)).toEqual([[ANNA], [BERT]]);
    expect((await state()).state).toBe('SENT');
  });

  test('a reply of unknown fate goes out again on demand as the same mail, or is marked as sent', async () => {
    const { ctx, server, mail, state } = await begin({ dot: { accept: true, step: 'CLOSE' } });
    await sendDue(ctx);
    server.play({});
    await transact(ctx, (ctx) => retryMail(ctx, mail.id));
    await sendDue(ctx);
    expect(server.ledger.map(({ messageId }) => messageId)).toEqual([mail.messageId, mail.messageId]);
    const other = await begin({ dot: { accept: true, step: 'CLOSE' } });
    await sendDue(other.ctx);
    await transact(ctx, (ctx) => markMailDelivered(ctx, other.mail.id));
    expect([(await state()).state, (await other.state()).state, other.server.ledger.length]).toEqual([
      'SENT',
      'SENT',
      1,
    ]);
  });

  test('while it cannot be reached, one mail tries at growing pauses and the others lose no try', async () => {
    const { ctx, server, state } = await begin({ greeting: '421 closed for today' });
    const ids = Array.from({ length: 5 }, () => ctx.random.id(ctx.clock.now()));
    await transact(ctx, async (ctx) => {
      for (const id of ids)
        await queueMail(ctx, {
          id,
          kind: 'REPLY',
          dedupeKey: id,
          messageId: `<${id}@desk.example>`,
          subject: 'x',
          from: 'support@desk.example',
          recipients: [ANNA],
          bytes: Buffer.from(`Message-ID: <${id}@desk.example>\r\n\r\nx\r\n`),
        });
    });
    await sendDue(ctx);
    await sendDue(ctx);
    expect(server.connections()).toBeLessThanOrEqual(4);
    expect(await ctx.db.countBy(OutgoingMail, { state: 'QUEUED', attempts: 0 })).toBeGreaterThanOrEqual(2);
    await settleDown(ctx, server);
    expect([(await state()).state, server.ledger.length]).toEqual(['SENT', 6]);
  });
});
