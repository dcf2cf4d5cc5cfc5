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
import { understandMail } from '../intake/understand-mail.ts';
import type { UnderstandTask } from '../intake/understood-mail.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { addFollowUp } from './add-follow-up.ts';
import { closeDue } from './close-answered.job.ts';
import { closeTicket } from './close-ticket.ts';
import { Counter } from './counter.entity.ts';
import { Idempotency } from './idempotency.entity.ts';
import { sweepReplyKeys } from './idempotent.ts';
import type { Letter } from './letter.ts';
import { countTickets } from './list-tickets.ts';
import { createTicket } from './open-ticket.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { setTicketOnHold } from './set-ticket-on-hold.ts';

const handler = (task: never) => understandMail(task as UnderstandTask);

describeEachDatabase(
  'a ticket',
  (world) => {
    const asAgent = async (): Promise<Context> => world().ctx(agentActor(await buildAgent(world().ctx())));

    function letter(ctx: Context, more: Partial<Letter> = {}): Letter {
      const now = ctx.clock.now();
      const from = { address: 'boss@other.example', name: null };
      return {
        inboundMailId: ctx.random.id(now),
        receivedAt: now,
        sentAt: null,
        subject: 'x',
        from,
        to: [],
        cc: [],
        text: 'Canary words',
        newText: 'Canary words',
        html: null,
        htmlVersion: 1,
        blockedImages: 0,
        headers: [{ name: 'Message-ID', value: '<boss@other.example>' }],
        reasons: [],
        warnings: [],
        pgp: null,
        offeredKeys: [],
        messageIdHeader: 'boss@other.example',
        attachments: [],
        ...more,
      };
    }
    const addNewSender = (ctx: Context, ticketId: string) =>
      transact(ctx, (ctx) => addFollowUp(ctx, { ticketId, letter: letter(ctx), newSender: true, silent: false }));

    test('keeps its state when a new sender writes, is unread, and does not close by itself', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { closeAnsweredAfterDays: 1, suppressConfirmations: true });
      const { id: ticketId } = await receiveTicket(ctx);
      await replyToTicket(ctx, { ticketId, text: 'Done.' });
      await deliverMail(ctx);
      world().clock.advance({ minutes: 1 });
      await addNewSender(ctx, ticketId);
      expect(await ticketOf(ctx, ticketId)).toMatchObject({
        status: 'ANSWERED',
        lastInboundAt: ctx.clock.now(),
        snippet: 'Canary words',
      });
      expect(await countTickets(ctx, { unread: true })).toBe(1);
      world().clock.advance({ days: 30 });
      await closeDue(ctx);
      expect((await ticketOf(ctx, ticketId)).status).toBe('ANSWERED');
    });

    test('opens again when a new sender writes to it while it is closed', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      await closeTicket(ctx, { ticketId });
      await addNewSender(ctx, ticketId);
      expect(await ticketOf(ctx, ticketId)).toMatchObject({
        status: 'OPEN',
        closedAt: null,
        reopenedAt: ctx.clock.now(),
      });
    });

    test("shows the requester nothing of a new sender's letter", async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { suppressConfirmations: true });
      const { id: ticketId } = await receiveTicket(ctx, { id: 'q@acme.example', text: 'It burns.' });
      world().clock.advance({ minutes: 1 });
      await addNewSender(ctx, ticketId);
      await replyToTicket(ctx, { ticketId, text: 'Use water.' });
      await deliverMail(ctx);
      const { content, to } = world().smtp.sent[0]!;
      const source = content.toString();
      expect([to, source.includes('Canary'), source.includes('other.example')]).toEqual([
        ['anna@acme.example'],
        false,
        false,
      ]);
      expect(source).toContain('In-Reply-To: <q@acme.example>');
      expect(source).toContain('> It burns.');
    });

    test('put on hold after "send and close" stays on hold when the answer is taken', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { closeAnsweredAfterDays: null });
      const { id: ticketId } = await receiveTicket(ctx);
      await replyToTicket(ctx, { ticketId, text: 'Done.', thenStatus: 'CLOSED' });
      await setTicketOnHold(ctx, { ticketId, onHold: true });
      await deliverMail(ctx);
      expect((await ticketOf(ctx, ticketId)).status).toBe('ON_HOLD');
    });

    test('closes with "send and close" only when the mail server has taken the answer', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { closeAnsweredAfterDays: -1 });
      const { id: ticketId } = await receiveTicket(ctx);
      await replyToTicket(ctx, { ticketId, text: 'Done.', thenStatus: 'CLOSED' });
      expect((await ticketOf(ctx, ticketId)).status).toBe('ANSWERED');
      await deliverMail(ctx);
      expect((await ticketOf(ctx, ticketId)).status).toBe('CLOSED');
    });

    test('answered under an earlier setting closes once the setting is empty', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { closeAnsweredAfterDays: 30 });
      const { id: ticketId } = await receiveTicket(ctx);
      await replyToTicket(ctx, { ticketId, text: 'Done.' });
      await deliverMail(ctx);
      expect((await ticketOf(ctx, ticketId)).status).toBe('ANSWERED');
      await saveDesk(ctx, { closeAnsweredAfterDays: null, updatedAt: ctx.clock.now() });
      await closeDue(ctx);
      expect((await ticketOf(ctx, ticketId)).status).toBe('CLOSED');
    });

    test('of an unknown sender cannot be answered, and the reason is said', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const mail = await receiveLetter(ctx, Buffer.from('Subject: Who am I\r\n\r\nNobody knows.\r\n'));
      await expect(replyToTicket(ctx, { ticketId: mail.ticketId!, text: 'Hello?' })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('unknown'),
      });
      expect(await ctx.db.countBy(OutgoingMail, { kind: 'REPLY' })).toBe(0);
    });

    test('stops a reply for a letter that was collected before the last reply and filed after it', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      const collected = ctx.clock.now();
      world().clock.advance({ minutes: 1 });
      const seen = await replyToTicket(ctx, { ticketId, text: 'First.' });
      world().clock.advance({ minutes: 1 });
      await transact(ctx, (ctx) =>
        addFollowUp(ctx, { ticketId, letter: letter(ctx, { receivedAt: collected }), newSender: false, silent: false }),
      );
      await expect(replyToTicket(ctx, { ticketId, text: 'Second.', lastSeenMessageId: seen.id })).rejects.toMatchObject(
        { code: 'CONFLICT' },
      );
      const last = (await messagesOf(ctx, ticketId)).sort((a, b) => (a.id < b.id ? -1 : 1)).at(-1)!;
      expect((await replyToTicket(ctx, { ticketId, text: 'Second.', lastSeenMessageId: last.id })).kind).toBe('REPLY');
    });

    test('answered many times at once under one key is answered once', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      const wishes = await Promise.all(
        Array.from({ length: 8 }, () => replyToTicket(ctx, { ticketId, text: 'Once.', idempotencyKey: 'k' })),
      );
      expect(new Set(wishes.map(({ id }) => id)).size).toBe(1);
      expect(await ctx.db.countBy(OutgoingMail, { kind: 'REPLY' })).toBe(1);
    });

    test('remembers a key for two days and of each caller apart', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      const reply = { ticketId, text: 'Once.', idempotencyKey: 'k' };
      const first = await replyToTicket(ctx, reply);
      expect((await replyToTicket(await asAgent(), reply)).id).not.toBe(first.id);
      world().clock.advance({ hours: 48 });
      expect(await sweepReplyKeys(ctx)).toBe(0);
      world().clock.advance({ ms: 1 });
      expect(await sweepReplyKeys(ctx)).toBe(2);
      expect(await ctx.db.count(Idempotency)).toBe(0);
    });

    test('has a number of its own, even among the first ones made at once', async () => {
      const ctx = world().ctx();
      const make = (n: number) =>
        transact(ctx, (ctx) =>
          createTicket(ctx, {
            mailboxId: 'main',
            requester: { email: `u${n}@acme.example`, name: null },
            subject: 'x',
            at: ctx.clock.now(),
          }),
        );
      const tickets = await Promise.all(Array.from({ length: 12 }, (_, n) => make(n)));
      expect(tickets.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 12 }, (_, n) => n + 1),
      );
      expect(await ctx.db.findOneByOrFail(Counter, { name: 'ticket' })).toMatchObject({ value: 12 });
    });

    test.each(['Zoë Öztürk', 'zoë', 'ZOË ÖZTÜRK', 'ÖZTÜRK'])(
      'is found by %j in the name of its requester',
      async (search) => {
        const ctx = world().ctx();
        const requester = { email: 'a@acme.example', name: 'Zoë Öztürk' };
        await transact(ctx, (ctx) =>
          createTicket(ctx, { mailboxId: 'main', requester, subject: 'x', at: ctx.clock.now() }),
        );
        expect(await countTickets(ctx, { search })).toBe(1);
      },
    );

    test.each([
      ['über die RECHNUNG', 'Fragen ÜBER die Rechnung'],
      ['ÜBER', 'Fragen über die Rechnung'],
      ['Über', 'Über die Rechnung'],
      ['ошибка', 'Ошибка при входе'],
      ['ОШИБКА ПРИ', 'Ошибка при входе'],
      ['matter', 'A MATTER of taste'],
    ])('is found by %j in %j', async (search, subject) => {
      const ctx = world().ctx();
      await transact(ctx, (ctx) =>
        createTicket(ctx, {
          mailboxId: 'main',
          requester: { email: 'a@acme.example', name: null },
          subject,
          at: ctx.clock.now(),
        }),
      );
      expect([await countTickets(ctx, { search }), await countTickets(ctx, { search: 'absent' })]).toEqual([1, 0]);
    });
  },
  { handler },
);
