import { messageIdKey, signMessageId } from '@support-center/mail';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import {
  agentActor,
  buildAgent,
  deliverMail,
  messagesOf,
  receiveLetter,
  receiveTicket,
  saveDesk,
  ticketOf,
} from '../../test/factories.ts';
import { AddressState } from '../outbound/address-state.entity.ts';
import { automaticHeaders, composeMail } from '../outbound/compose.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { queueMail } from '../outbound/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { clearRequesterUndeliverable } from '../tickets/clear-undeliverable.ts';
import { messageIdKey as signingKey } from '../tickets/message-id-key.ts';
import { replyToTicket } from '../tickets/reply-to-ticket.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { understandMail } from './understand-mail.ts';

const ANNA = 'anna@acme.example';

/** A delivery report about a mail, as a mail server writes it (RFC 3464). */
function report(about: { messageId: string; to?: string; status?: string; action?: string; words?: string }): Buffer {
  const { messageId, to = ANNA, status = '5.1.1', action = 'failed', words = 'no such user here' } = about;
  return Buffer.from(
    [
      'From: Mail Delivery Subsystem <mailer-daemon@mx.acme.example>',
      'To: support@desk.example',
      'Return-Path: <>',
      'Subject: Undelivered Mail Returned to Sender',
      `Message-ID: <dsn-${messageIdKey(messageId).length}-${status}-${to}-${action}@mx.acme.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      '',
      'Your mail could not be delivered.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.acme.example',
      '',
      `Final-Recipient: rfc822; ${to}`,
      `Action: ${action}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; 550 ${status} ${words}`,
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      `To: ${to}`,
      '',
      '--b--',
      '',
    ].join('\r\n'),
  );
}

describeEachDatabase(
  'a delivery report',
  (world) => {
    async function answered(letter: { subject?: string; from?: string } = {}): Promise<[Ticket, OutgoingMail]> {
      const ctx = world().ctx();
      await saveDesk(ctx, { suppressConfirmations: true });
      const ticket = await receiveTicket(ctx, letter);
      const message = await replyToTicket(world().ctx(agentActor(await buildAgent(ctx))), {
        ticketId: ticket.id,
        text: 'Use water.',
      });
      await deliverMail(ctx);
      return [ticket, await ctx.db.findOneByOrFail(OutgoingMail, { id: message.outgoingMailId! })];
    }
    const stateOf = (ctx: Context, address = ANNA) => ctx.db.findOneBy(AddressState, { address });
    const mailOf = (ctx: Context, id: string) => ctx.db.findOneByOrFail(OutgoingMail, { id });

    test('joins its ticket, marks the delivery with the words of the other server, and the address at once', async () => {
      const ctx = world().ctx();
      const [ticket, reply] = await answered();
      expect(await receiveLetter(ctx, report(reply))).toMatchObject({ fate: 'JOINED', ticketId: ticket.id });
      expect(await mailOf(ctx, reply.id)).toMatchObject({
        state: 'BOUNCED',
        detail: 'came back: 550 5.1.1 no such user here',
      });
      expect(await stateOf(ctx)).toMatchObject({
        undeliverableAt: ctx.clock.now(),
        undeliverableReason: '550 5.1.1 no such user here',
      });
      await deliverMail(ctx);
      expect(await ticketOf(ctx, ticket.id)).toMatchObject({ status: 'OPEN' });
    });

    test.each([
      ['5.1.2', true],
      ['5.1.10', true],
      ['5.2.1', true],
      ['5.2.2', false],
      ['5.7.1', false],
      ['5.4.1', false],
      ['4.4.7', false],
    ])('with status %s makes the address undeliverable at once: %s', async (status, expected) => {
      const ctx = world().ctx();
      const [, reply] = await answered();
      await receiveLetter(ctx, report({ ...reply, status }));
      expect((await mailOf(ctx, reply.id)).state).toBe('BOUNCED');
      expect(((await stateOf(ctx))?.undeliverableAt ?? null) !== null).toBe(expected);
    });

    test('of another kind makes it so with the second mail within seven days, not with a second copy', async () => {
      const ctx = world().ctx();
      const [, first] = await answered({ subject: 'The first matter' });
      await receiveLetter(ctx, report({ ...first, status: '5.4.1' }));
      await receiveLetter(ctx, report({ ...first, status: '5.4.4' }));
      expect(await stateOf(ctx)).toMatchObject({ hardBounces: 1, undeliverableAt: null });
      world().clock.advance({ days: 6 });
      const [, second] = await answered({ subject: 'The second matter' });
      // The letter that opened the second ticket came from a person, so the count began anew.
      await receiveLetter(ctx, report({ ...second, status: '5.4.1' }));
      expect(await stateOf(ctx)).toMatchObject({ hardBounces: 1, undeliverableAt: null });
      const third = await replyToTicket(world().ctx(agentActor(await buildAgent(ctx))), {
        ticketId: (await ctx.db.findOneByOrFail(Ticket, { subject: 'The second matter' })).id,
        text: 'Are you there?',
      });
      await deliverMail(ctx);
      await receiveLetter(ctx, report({ ...(await mailOf(ctx, third.outgoingMailId!)), status: '5.4.1' }));
      expect(await stateOf(ctx)).toMatchObject({ hardBounces: 2, undeliverableAt: ctx.clock.now() });
    });

    test('in plain words of an old mail server counts too, when it returns our id', async () => {
      const ctx = world().ctx();
      const [ticket, reply] = await answered();
      const words = Buffer.from(
        [
          'Return-Path: <>',
          'From: MAILER-DAEMON@mx.acme.example',
          'Subject: failure notice',
          `X-Failed-Recipients: ${ANNA}`,
          '',
          'I was not able to deliver your message to the following addresses.',
          `<${ANNA}>: 550 5.1.1 no mailbox here by that name`,
          '--- Below this line is a copy of the message.',
          `Message-ID: ${reply.messageId}`,
          '',
        ].join('\r\n'),
      );
      expect(await receiveLetter(ctx, words)).toMatchObject({ fate: 'JOINED', ticketId: ticket.id });
      expect(await mailOf(ctx, reply.id)).toMatchObject({ state: 'BOUNCED' });
      expect((await stateOf(ctx))?.undeliverableAt).toEqual(ctx.clock.now());
    });

    test('that the mail is late leaves the delivery as it is', async () => {
      const ctx = world().ctx();
      const [, reply] = await answered();
      await receiveLetter(ctx, report({ ...reply, status: '4.4.1', action: 'delayed' }));
      expect((await mailOf(ctx, reply.id)).state).toBe('SENT');
      expect(await stateOf(ctx)).toMatchObject({ softBounces: 1, undeliverableAt: null });
    });

    test('proves nothing with a made-up id, or about another than whom the mail went to', async () => {
      const ctx = world().ctx();
      const [, reply] = await answered();
      await receiveLetter(ctx, report({ messageId: reply.messageId.replace(/-[a-z2-7]{4}/, '-aaaa') }));
      await receiveLetter(ctx, report({ ...reply, to: 'boss@acme.example' }));
      expect((await mailOf(ctx, reply.id)).state).toBe('SENT');
      expect(await ctx.db.count(AddressState)).toBe(0);
    });

    test('about a mail to several marks the delivery, but no address: each of them knows the id', async () => {
      const ctx = world().ctx();
      const [, reply] = await answered();
      await transact(ctx, (ctx) =>
        ctx.db.update(OutgoingMail, { id: reply.id }, { recipients: [ANNA, 'boss@acme.example'] }),
      );
      await receiveLetter(ctx, report(reply));
      await receiveLetter(ctx, report({ ...reply, to: 'boss@acme.example' }));
      const { state, detail } = await mailOf(ctx, reply.id);
      expect(state).toBe('BOUNCED');
      expect(detail).toMatch(/^came back: anna@acme\.example: .*; boss@acme\.example: /);
      expect(await ctx.db.count(AddressState)).toBe(0);
    });

    test('about a mass mail marks its address and opens no ticket', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const id = ctx.random.id(ctx.clock.now());
      const token = { ticket: 0, entry: id.replaceAll('-', ''), mailbox: MAIN_MAILBOX };
      const messageId = signMessageId(token, signingKey(ctx), 'desk.example');
      const bytes = await composeMail({
        from: { address: 'news@desk.example', name: null },
        to: [ANNA],
        subject: 'News',
        text: 'News.',
        date: ctx.clock.now(),
        messageId,
        headers: automaticHeaders('auto-generated', 'support@desk.example'),
      });
      await transact(ctx, (ctx) =>
        queueMail(ctx, {
          id,
          kind: 'CAMPAIGN',
          subject: 'News',
          dedupeKey: 'mass:1',
          messageId,
          from: 'news@desk.example',
          recipients: [ANNA],
          bytes,
        }),
      );
      await deliverMail(ctx);
      expect(await receiveLetter(ctx, report({ messageId }))).toMatchObject({ fate: 'BLOCKED', ticketId: null });
      expect(await mailOf(ctx, id)).toMatchObject({ state: 'BOUNCED' });
      expect((await stateOf(ctx))?.undeliverableAt).toEqual(ctx.clock.now());
      expect(await ctx.db.count(Ticket)).toBe(0);
      const absence = await receiveLetter(ctx, {
        subject: 'Automatic reply: News',
        headers: ['Auto-Submitted: auto-replied', `In-Reply-To: ${messageId}`],
      });
      expect(absence).toMatchObject({ fate: 'BLOCKED' });
      expect(absence.reason).toContain('belongs to no ticket');
      const human = await receiveLetter(ctx, { subject: 'Re: News', headers: [`In-Reply-To: ${messageId}`] });
      expect(human).toMatchObject({ fate: 'TICKETED' });
    });

    test('stops automatic mail to the address until a person writes from it or an agent says so', async () => {
      const ctx = world().ctx();
      const [ticket, reply] = await answered();
      await saveDesk(ctx);
      await receiveLetter(ctx, report(reply));
      const machine = await receiveLetter(ctx, { subject: 'Nightly', headers: ['Auto-Submitted: auto-generated'] });
      expect(machine.fate).toBe('TICKETED');
      expect((await stateOf(ctx))?.undeliverableAt).not.toBeNull();
      const agent = world().ctx(agentActor(await buildAgent(ctx)));
      await clearRequesterUndeliverable(agent, { ticketId: ticket.id });
      expect((await stateOf(ctx))?.undeliverableAt).toBeNull();

      const again = await replyToTicket(agent, { ticketId: ticket.id, text: 'Once more.' });
      await deliverMail(ctx);
      await receiveLetter(ctx, report({ ...(await mailOf(ctx, again.outgoingMailId!)), words: 'gone' }));
      expect((await stateOf(ctx))?.undeliverableAt).not.toBeNull();
      const back = await receiveLetter(ctx, { subject: 'I am back' });
      expect(back.reason).not.toContain('came back');
      expect((await stateOf(ctx))?.undeliverableAt).toBeNull();
      expect((await messagesOf(ctx, back.ticketId!)).map(({ kind }) => kind)).toEqual(['INBOUND', 'CONFIRMATION']);
    });
  },
  { handler: (task) => understandMail(task as never) },
);
