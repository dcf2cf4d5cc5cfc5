import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { buildAgent, deliverMail, receiveLetter, saveDesk } from '../../test/factories.ts';
import { Agent } from '../accounts/agent.entity.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { transact } from '../platform/database.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { recordFailure, recordIdle, recordSuccess } from './mailbox-status.ts';
import { understandMail } from './understand-mail.ts';
import { watchCollection } from './watch-collection.job.ts';

describeEachDatabase(
  'failing collection',
  (world) => {
    const run = { signal: new AbortController().signal, attempts: 1, key: 'recurring' };
    const look = () => watchCollection.run(world().ctx(), null, run);
    const fail = () =>
      recordFailure(world().ctx(), MAIN_MAILBOX, {
        reason: 'The server refused the password.',
        nextInMs: 60_000,
        pipeliningBroken: false,
      });
    const written = () => world().ctx().db.findBy(OutgoingMail, { kind: 'NOTICE' });

    test('is written to every administrator after 15 minutes, and again after a day', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await buildAgent(ctx, { email: 'dana@desk.example' });
      await buildAgent(ctx, { email: 'ravi@desk.example', role: 'ASSISTANT' });
      const gone = await buildAgent(ctx, { email: 'gone@desk.example' });
      await transact(ctx, (ctx) => ctx.db.update(Agent, { id: gone.id }, { disabledAt: ctx.clock.now() }));
      await fail();
      world().clock.advance({ minutes: 14 });
      await fail();
      await look();
      expect(await written()).toEqual([]);
      world().clock.advance({ minutes: 1 });
      await look();
      await look();
      expect((await written()).map(({ recipients }) => recipients)).toEqual([['dana@desk.example']]);
      await deliverMail(ctx);
      const text = world().smtp.sent[0]!.content.toString();
      for (const words of [
        'No support mail is being collected',
        'The server refused the password.',
        'Auto-Submitted: auto-generated',
      ])
        expect(text).toContain(words);
      world().clock.advance({ hours: 25 });
      await look();
      expect(await written()).toHaveLength(2);
    });

    test('is told too when a setting is missing, but not when it is paused, works, or nothing can be sent', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await buildAgent(ctx);
      const after15Minutes = async () => {
        world().clock.advance({ minutes: 16 });
        await look();
        return (await written()).length;
      };
      await recordIdle(ctx, MAIN_MAILBOX, 'PAUSED', 'Paused by an administrator.');
      expect(await after15Minutes()).toBe(0);
      await recordSuccess(ctx, MAIN_MAILBOX, { leftOnServer: 0, nextInMs: 60_000 });
      expect(await after15Minutes()).toBe(0);
      await saveDesk(ctx, {}, { smtpHost: null });
      await fail();
      expect(await after15Minutes()).toBe(0);
      await saveDesk(ctx);
      await recordIdle(ctx, MAIN_MAILBOX, 'NOT_CONFIGURED', 'POP3 Host is missing.');
      expect(await after15Minutes()).toBe(1);
    });

    test("an administrator's absence note in answer to it opens no ticket", async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await buildAgent(ctx, { email: 'dana@desk.example' });
      await fail();
      world().clock.advance({ minutes: 16 });
      await look();
      const [alert] = await written();
      const note = await receiveLetter(ctx, {
        from: 'dana@desk.example',
        subject: 'Automatic reply: No support mail is being collected',
        headers: ['Auto-Submitted: auto-replied', `In-Reply-To: ${alert!.messageId}`],
      });
      expect(note).toMatchObject({ fate: 'BLOCKED', ticketId: null });
    });
  },
  { handler: (task) => understandMail(task as never) },
);
