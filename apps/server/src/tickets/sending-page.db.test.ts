import { parseMail } from '@support-center/mail';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent, deliverMail, receiveTicket, saveDesk, ticketOf } from '../../test/factories.ts';
import { countStoppedConfirmations } from '../intake/count-stopped-confirmations.ts';
import { understandMail } from '../intake/understand-mail.ts';
import type { UnderstandTask } from '../intake/understood-mail.ts';
import { listFailureCauses } from '../outbound/failure-causes.ts';
import { saveTemplate } from '../outbound/mail-templates.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { previewSender } from '../outbound/preview-sender.ts';
import { mySender, saveMySender } from '../outbound/sender-profile.ts';
import { countWaitingByKind, lastSentAt } from '../outbound/sending-facts.ts';
import { tryWaitingNow } from '../outbound/try-waiting-now.ts';
import type { Context } from '../platform/context.ts';
import { makeDkimKey } from '../settings/dkim-key.ts';
import { saveSettings } from '../settings/save-settings.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { retryFailed } from './retry-failed.ts';
import { sendTestMail } from './send-test-mail.ts';

describeEachDatabase(
  'the page of sending',
  (world) => {
    async function begin(sending = {}): Promise<Context> {
      await saveDesk(world().ctx(), { suppressConfirmations: true }, {}, sending);
      return world().ctx(agentActor(await buildAgent(world().ctx(), { name: 'Dana', email: `dana@desk.example` })));
    }
    const assistant = async () =>
      world().ctx(agentActor(await buildAgent(world().ctx(), { role: 'ASSISTANT', name: 'Clara' })));
    async function reply(ctx: Context, from: string) {
      const ticket = await receiveTicket(world().ctx(), { from, subject: `About ${from}` });
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      return ticket;
    }
    const refuse = (serverText: string) =>
      world().smtp.failures.push({ permanent: true, bodyBegun: false, serverText });
    const delay = (serverText: string) =>
      world().smtp.failures.push({ permanent: false, bodyBegun: false, serverText });

    test('says what waits by kind and when the last mail went out', async () => {
      const ctx = await begin();
      expect(await lastSentAt(ctx)).toBeNull();
      await reply(ctx, 'anna@acme.example');
      expect(await countWaitingByKind(ctx)).toEqual([{ kind: 'REPLY', count: 1 }]);
      world().clock.advance({ minutes: 1 });
      await deliverMail(world().ctx());
      expect(await countWaitingByKind(ctx)).toEqual([]);
      expect(await lastSentAt(ctx)).toEqual(world().clock.now());
    });

    test('puts failed mails together by their cause and sends all of one cause again, and no other', async () => {
      const ctx = await begin();
      const tickets = [];
      for (const from of ['a@acme.example', 'b@acme.example', 'c@acme.example']) {
        refuse(from.startsWith('c') ? '552 too large' : `550 relay denied for <${from}> (id 9XyZ77abc0${from[0]})`);
        tickets.push(await reply(ctx, from));
        await deliverMail(world().ctx());
      }
      const causes = await listFailureCauses(ctx);
      expect(causes.map(({ count, ofMailings }) => [count, ofMailings])).toEqual([
        [2, 0],
        [1, 0],
      ]);
      expect(causes[0]!.cause).toContain('relay denied');
      expect(await retryFailed(ctx, { cause: 'something else' })).toBe(0);
      expect(await retryFailed(ctx, { cause: causes[0]!.cause })).toBe(2);
      await deliverMail(world().ctx());
      expect(await ctx.db.countBy(OutgoingMail, { state: 'SENT' })).toBe(2);
      expect(await listFailureCauses(ctx)).toEqual([causes[1]]);
      expect((await ticketOf(ctx, tickets[0]!.id)).status).toBe('ANSWERED');
      expect((await ticketOf(ctx, tickets[2]!.id)).status).toBe('OPEN');
    });

    test('leaves mails of mailings to their own page', async () => {
      const ctx = await begin();
      refuse('550 no');
      await reply(ctx, 'a@acme.example');
      await deliverMail(world().ctx());
      await ctx.database.transaction((db) => db.update(OutgoingMail, { state: 'FAILED' }, { kind: 'CAMPAIGN' }));
      const [cause] = await listFailureCauses(ctx);
      expect(cause).toMatchObject({ count: 1, ofMailings: 1 });
      expect(await retryFailed(ctx, { cause: cause!.cause })).toBe(0);
    });

    test('tries at once what waits after a failure, and keeps the time to take a reply back', async () => {
      const ctx = await begin({ undoSeconds: 0 });
      delay('451 later');
      await reply(ctx, 'a@acme.example');
      await deliverMail(world().ctx());
      await saveSettings(ctx, { undoSeconds: 30 });
      await reply(ctx, 'b@acme.example');
      const waiting = () => ctx.db.findOneByOrFail(OutgoingMail, { toAddress: 'a@acme.example' });
      expect((await waiting()).nextAttemptAt.getTime()).toBeGreaterThan(world().clock.now().getTime());
      expect(await tryWaitingNow(ctx)).toMatchObject({ queued: 2, trouble: null });
      await deliverMail(world().ctx());
      expect((await waiting()).state).toBe('SENT');
      expect((await ctx.db.findOneByOrFail(OutgoingMail, { toAddress: 'b@acme.example' })).state).toBe('QUEUED');
    });

    test('sends a test to whoever asks, with values that are not saved, signed where there is a key', async () => {
      const ctx = await begin();
      await saveSettings(ctx, { dkimDomain: 'desk.example', dkimSelector: 'desk1' });
      await makeDkimKey(ctx);
      const result = await sendTestMail(ctx, {
        smtpHost: 'other.example',
        smtpPort: 2525,
        smtpPassword: 'typed',
        smtpUser: 'me',
      });
      expect(result).toMatchObject({
        ok: true,
        to: 'dana@desk.example',
        message: expect.stringContaining('250 taken'),
      });
      const [sent] = world().smtp.sent;
      expect(sent!.account).toMatchObject({ host: 'other.example', port: 2525, user: 'me', password: 'typed' });
      expect([sent!.from, sent!.to]).toEqual(['support@desk.example', ['dana@desk.example']]);
      expect(sent!.content.toString()).toMatch(/^DKIM-Signature: /);
      expect((await parseMail(sent!.content)).subject).toBe('Test of sending');
      expect(await ctx.db.count(OutgoingMail)).toBe(0);
    });

    test('says what the mail server answered to the test, and what is missing', async () => {
      const ctx = await begin();
      refuse('550 relay denied');
      expect(await sendTestMail(ctx, {})).toMatchObject({
        ok: false,
        message: expect.stringContaining('550 relay denied'),
      });
      world().smtp.failures.push({ permanent: false, bodyBegun: true, serverText: null });
      expect((await sendTestMail(ctx, {})).message).toContain('It may have arrived or not.');
      expect(await sendTestMail(ctx, { smtpHost: null })).toMatchObject({
        ok: false,
        message: expect.stringContaining('Sending is not set up'),
      });
      await expect(sendTestMail(ctx, { smtpHost: 'http://x y' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    test('lets nobody send tests without end', async () => {
      const ctx = await begin();
      for (let n = 0; n < 10; n++) await sendTestMail(ctx, {});
      await expect(sendTestMail(ctx, {})).rejects.toMatchObject({ code: 'RATE_LIMITED' });
      expect(world().smtp.sent).toHaveLength(10);
    });

    test('is for administrators', async () => {
      await begin();
      const ctx = await assistant();
      for (const act of [() => tryWaitingNow(ctx), () => retryFailed(ctx, { cause: 'x' }), () => sendTestMail(ctx, {})])
        await expect(act()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });

    test('an agent sees how a reply would look before the words are saved', async () => {
      const admin = await begin();
      await saveTemplate(admin, {
        kind: 'REPLY_FRAME',
        text: 'Hello {{requesterName}},\n\n{{reply}}\n\n{{signature}}',
      });
      const ctx = await assistant();
      await saveMySender(ctx, { displayName: 'Clara of Desk', signature: 'Saved' });
      const preview = await previewSender(ctx, { signature: 'Yours, {{agentName}}\n{{supportEmail}}' });
      expect(preview.from).toBe('Clara of Desk <support@desk.example>');
      expect(preview.text).toMatch(/^Hello Anna Weber,\n[\s\S]*Yours, Clara\nsupport@desk\.example$/);
      expect((await mySender(ctx)).signature).toBe('Saved');
      await expect(previewSender(ctx, { signature: '{{number}}' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: 'signature' }],
      });
    });

    test('confirmations that a rule stopped this week are counted, those that the setting keeps back are not', async () => {
      const ctx = await begin();
      await receiveTicket(world().ctx(), { from: 'a@acme.example', subject: 'One' });
      expect(await countStoppedConfirmations(ctx)).toBe(0);
      await saveSettings(ctx, { suppressConfirmations: false });
      await receiveTicket(world().ctx(), { from: 'a@acme.example', subject: 'Two' });
      expect(await countStoppedConfirmations(ctx)).toBe(0);
      for (let n = 0; n < 8; n++)
        await receiveTicket(world().ctx(), { from: 'b@acme.example', subject: `Matter ${n}` });
      const confirmed = await ctx.db.countBy(OutgoingMail, { kind: 'CONFIRMATION', toAddress: 'b@acme.example' });
      expect(confirmed).toBeLessThan(8);
      expect(await countStoppedConfirmations(ctx)).toBe(8 - confirmed);
      world().clock.advance({ days: 8 });
      expect(await countStoppedConfirmations(ctx)).toBe(0);
    });
  },
  { handler: (task: never) => understandMail(task as UnderstandTask) },
);
