import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import {
  agentActor,
  buildAgent,
  deliverMail,
  receiveLetter,
  receiveTicket,
  saveDesk,
  ticketOf,
} from '../../test/factories.ts';
import { understandMail } from '../intake/understand-mail.ts';
import type { UnderstandTask } from '../intake/understood-mail.ts';
import { listOutgoingMails } from '../outbound/list-outgoing-mails.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { sendDue } from '../outbound/sender.ts';
import { sendingFigures } from '../outbound/sending-figures.ts';
import type { Context } from '../platform/context.ts';
import { SmtpFailure } from '../platform/smtp.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { discardOutgoing, markOutgoingSent, retryOutgoing } from './retry-delivery.ts';

describeEachDatabase(
  'what has become of outgoing mail',
  (world) => {
    async function begin() {
      await saveDesk(world().ctx(), { suppressConfirmations: true });
      return world().ctx(agentActor(await buildAgent(world().ctx())));
    }
    const fail = (permanent: boolean, bodyBegun: boolean, serverText = '550 no') =>
      world().smtp.failures.push({ permanent, bodyBegun, serverText });
    async function replied(ctx: Context, from: string, id?: string) {
      const ticket = await receiveTicket(world().ctx(), { from, subject: `About ${from}`, ...(id ? { id } : {}) });
      const message = await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      await deliverMail(world().ctx());
      const mail = await ctx.db.findOneByOrFail(OutgoingMail, { id: message.outgoingMailId! });
      return { ticket, message, mail };
    }

    test('is counted and listed, and each mail offers what can be done with it', async () => {
      const ctx = await begin();
      await replied(ctx, 'sent@acme.example');
      fail(true, false);
      const failed = await replied(ctx, 'failed@acme.example');
      fail(false, true);
      const unknown = await replied(ctx, 'unknown@acme.example');
      fail(false, false, '451 later');
      const waiting = await replied(ctx, 'waiting@acme.example');
      expect(await sendingFigures(ctx)).toMatchObject({
        queued: 1,
        failed: 1,
        unknown: 1,
        sentLastMinute: 1,
        sentLastHour: 1,
        oldestQueuedAt: waiting.mail.createdAt,
        trouble: null,
      });
      const list = await listOutgoingMails(ctx, { state: ['FAILED', 'UNKNOWN'], kind: ['REPLY'] }, { first: 50 });
      expect(list.totalCount).toBe(2);
      expect((await listOutgoingMails(ctx, { search: 'FAILED@' }, { first: 1 })).nodes[0]!.id).toBe(failed.mail.id);

      expect((await ticketOf(ctx, failed.ticket.id)).status).toBe('OPEN');
      await retryOutgoing(ctx, failed.mail.id);
      await markOutgoingSent(ctx, unknown.mail.id);
      await discardOutgoing(ctx, waiting.mail.id);
      await deliverMail(world().ctx());
      expect(await sendingFigures(ctx)).toMatchObject({ queued: 0, failed: 0, unknown: 0 });
      expect((await ticketOf(ctx, failed.ticket.id)).status).toBe('ANSWERED');
      expect((await ticketOf(ctx, waiting.ticket.id)).status).toBe('OPEN');
      for (const act of [retryOutgoing, markOutgoingSent, discardOutgoing])
        await expect(act(ctx, failed.mail.id)).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(world().smtp.sent.filter(({ to }) => to[0] === 'waiting@acme.example')).toEqual([]);
    });

    test('of an assistant or a token without the right is not shown or changed', async () => {
      await begin();
      const assistant = world().ctx(agentActor(await buildAgent(world().ctx(), { role: 'ASSISTANT' })));
      for (const act of [retryOutgoing, markOutgoingSent, discardOutgoing])
        await expect(act(assistant, 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });

    test('says why nothing goes out, and since the server answers again nothing more', async () => {
      const ctx = await begin();
      await receiveTicket(world().ctx());
      const { smtp } = world();
      const broken = {
        close: async () => undefined,
        send: () =>
          Promise.reject(
            new SmtpFailure('no way there', { permanent: false, bodyBegun: false, scope: 'CONNECTION' as const }),
          ),
      };
      const ticket = await receiveTicket(world().ctx(), { from: 'bea@acme.example' });
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      await sendDue({ ...world().ctx(), smtp: broken });
      expect(await sendingFigures(ctx)).toMatchObject({
        trouble: 'no way there',
        queued: 1,
        nextTryAt: expect.any(Date),
      });
      world().clock.advance({ minutes: 2 });
      await sendDue({ ...world().ctx(), smtp });
      await sendDue({ ...world().ctx(), smtp });
      expect(world().smtp.sent).toHaveLength(1);
    });

    test('of unknown fate is known when an answer to it comes in', async () => {
      const ctx = await begin();
      fail(false, true);
      const { mail } = await replied(ctx, 'anna@acme.example');
      const answer = (id: string) =>
        receiveLetter(world().ctx(), { headers: [`In-Reply-To: ${id}`], subject: 'Re: x' });
      await answer('<tt.forged@desk.example>');
      expect((await ctx.db.findOneByOrFail(OutgoingMail, { id: mail.id })).state).toBe('UNKNOWN');
      await answer(mail.messageId);
      expect((await ctx.db.findOneByOrFail(OutgoingMail, { id: mail.id })).state).toBe('SENT');
    });
  },
  { handler: (task: never) => understandMail(task as UnderstandTask) },
);
