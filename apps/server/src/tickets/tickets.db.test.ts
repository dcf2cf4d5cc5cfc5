import { describe, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import {
  agentActor,
  buildAgent,
  deliverMail,
  messagesOf,
  receiveLetter,
  receiveTicket,
  SUPPORT,
  saveDesk,
  ticketOf,
} from '../../test/factories.ts';
import { understandMail } from '../intake/understand-mail.ts';
import type { UnderstandTask } from '../intake/understood-mail.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { readSettings } from '../settings/read-settings.ts';
import { addNote } from './add-note.ts';
import { assignTicket } from './assign-ticket.ts';
import { closeDue } from './close-answered.job.ts';
import { closeTicket, reopenTicket } from './close-ticket.ts';
import { closesAt } from './closes-at.ts';
import { Draft } from './draft.entity.ts';
import { highlightOf, highlightRule } from './highlight.ts';
import { countTickets, listTickets } from './list-tickets.ts';
import { markTicketRead } from './mark-ticket-read.ts';
import { createTicket } from './open-ticket.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { markDelivered, retryDelivery } from './retry-delivery.ts';
import { saveDraft } from './save-draft.ts';
import { setTicketOnHold } from './set-ticket-on-hold.ts';
import { startTicket } from './start-ticket.ts';
import { Ticket } from './ticket.entity.ts';

const handler = (task: never) => understandMail(task as UnderstandTask);

describeEachDatabase(
  'a ticket',
  (world) => {
    const asAgent = async (): Promise<Context> => world().ctx(agentActor(await buildAgent(world().ctx())));

    test('is answered by a mail from the Support Email with number, thread and quotation', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { suppressConfirmations: true });
      const ticket = await receiveTicket(ctx, { id: 'q@acme.example', text: 'It burns.' });
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Use water.' });
      expect(await ticketOf(ctx, ticket.id)).toMatchObject({
        status: 'ANSWERED',
        messageCount: 2,
        answeredAt: ctx.clock.now(),
      });
      await deliverMail(ctx);
      const [mail] = world().smtp.sent;
      expect([mail!.from, mail!.to]).toEqual([SUPPORT, ['anna@acme.example']]);
      const text = mail!.content.toString();
      for (const part of [
        `From: Dana <${SUPPORT}>`,
        'In-Reply-To: <q@acme.example>',
        'References: <q@acme.example>',
        'Subject: Re: [#1] Printer on fire',
        'Use water.',
        '> It burns.',
      ])
        expect(text).toContain(part);
      expect(text).not.toContain('Auto-Submitted');
    });

    test('takes a reply under one key once, and refuses another under that key', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      const first = await replyToTicket(ctx, { ticketId, text: 'Once.', idempotencyKey: 'k' });
      expect((await replyToTicket(ctx, { ticketId, text: 'Once.', idempotencyKey: 'k' })).id).toBe(first.id);
      await expect(replyToTicket(ctx, { ticketId, text: 'Twice.', idempotencyKey: 'k' })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      expect(await ctx.db.countBy(OutgoingMail, { kind: 'REPLY' })).toBe(1);
    });

    test('stops a reply whose writer has not seen the newest letter', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const ticket = await receiveTicket(ctx, { id: 'a@acme.example' });
      const [seen] = await messagesOf(ctx, ticket.id);
      world().clock.advance({ minutes: 1 });
      await receiveLetter(ctx, { headers: ['In-Reply-To: <a@acme.example>'] });
      await expect(
        replyToTicket(ctx, { ticketId: ticket.id, text: 'Late.', lastSeenMessageId: seen!.id }),
      ).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await ctx.db.countBy(OutgoingMail, { kind: 'REPLY' })).toBe(0);
    });

    test.each(['', '   ', '\u0000'])('refuses an empty reply %j', async (text) => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      await expect(replyToTicket(ctx, { ticketId, text })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    test('closes by itself so many days after the answer, and says when', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { closeAnsweredAfterDays: 3 });
      const ticket = await receiveTicket(ctx);
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Done.' });
      await deliverMail(ctx);
      const answered = await ticketOf(ctx, ticket.id);
      expect(closesAt(answered, (await readSettings(ctx)).closeAnsweredAfterDays)?.toISOString()).toBe(
        '2026-03-05T09:00:00.000Z',
      );
      world().clock.advance({ days: 3, ms: -1 });
      expect(await closeDue(ctx)).toBe(0);
      world().clock.advance({ ms: 1 });
      expect(await closeDue(ctx)).toBe(1);
      expect(await ticketOf(ctx, ticket.id)).toMatchObject({ status: 'CLOSED', closedAt: ctx.clock.now() });
    });

    test('closes as the answer is sent where the setting is empty', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { closeAnsweredAfterDays: null });
      const ticket = await receiveTicket(ctx);
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Done.' });
      expect((await ticketOf(ctx, ticket.id)).status).toBe('ANSWERED');
      await deliverMail(ctx);
      expect((await ticketOf(ctx, ticket.id)).status).toBe('CLOSED');
    });

    test('never closes by itself where the setting is -1', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { closeAnsweredAfterDays: -1 });
      const ticket = await receiveTicket(ctx);
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Done.' });
      await deliverMail(ctx);
      world().clock.advance({ days: 4000 });
      expect(await closeDue(ctx)).toBe(0);
      expect((await ticketOf(ctx, ticket.id)).status).toBe('ANSWERED');
    });

    test.each([null, 1])(
      'is not closed by an answer that could not be sent, but comes back (setting %s)',
      async (closeAnsweredAfterDays) => {
        const ctx = await asAgent();
        await saveDesk(ctx, { closeAnsweredAfterDays, suppressConfirmations: true });
        const ticket = await receiveTicket(ctx);
        await replyToTicket(ctx, { ticketId: ticket.id, text: 'Done.', thenStatus: 'CLOSED' });
        world().smtp.failures.push({ permanent: true, bodyBegun: false, serverText: '550 no such user' });
        await deliverMail(ctx);
        world().clock.advance({ days: 30 });
        await closeDue(ctx);
        expect((await ticketOf(ctx, ticket.id)).status).toBe('OPEN');
        const reply = (await messagesOf(ctx, ticket.id)).at(-1)!;
        await retryDelivery(ctx, { messageId: reply.id });
        await deliverMail(ctx);
        expect(world().smtp.sent).toHaveLength(1);
      },
    );

    test('is not closed by a note, nor by an answer that still waits', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { closeAnsweredAfterDays: null, suppressConfirmations: true });
      const noted = await receiveTicket(ctx, { subject: 'Only a note here' });
      await addNote(ctx, { ticketId: noted.id, text: 'Ask Ravi.' });
      const waiting = await receiveTicket(ctx, { subject: 'An answer that waits' });
      await replyToTicket(ctx, { ticketId: waiting.id, text: 'Done.' });
      world().smtp.failures.push({ permanent: false, bodyBegun: false, serverText: '451 later' });
      await deliverMail(ctx);
      await closeDue(ctx);
      expect([(await ticketOf(ctx, noted.id)).status, (await ticketOf(ctx, waiting.id)).status]).toEqual([
        'OPEN',
        'ANSWERED',
      ]);
    });

    test('an unknown delivery is asked about, never sent again by itself', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx, { suppressConfirmations: true });
      const ticket = await receiveTicket(ctx);
      const reply = await replyToTicket(ctx, { ticketId: ticket.id, text: 'Done.' });
      world().smtp.failures.push({ permanent: false, bodyBegun: true, serverText: null });
      await deliverMail(ctx);
      await deliverMail(ctx);
      expect(world().smtp.sent).toHaveLength(0);
      expect(await ctx.db.findOneByOrFail(OutgoingMail, { id: reply.outgoingMailId! })).toMatchObject({
        state: 'UNKNOWN',
      });
      await markDelivered(ctx, { messageId: reply.id });
      expect(await ctx.db.findOneByOrFail(OutgoingMail, { id: reply.outgoingMailId! })).toMatchObject({
        state: 'SENT',
      });
    });

    test('moves by hold, close and reopen; the same wish twice changes nothing', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      for (const onHold of [true, true])
        expect(await setTicketOnHold(ctx, { ticketId, onHold })).toMatchObject({ status: 'ON_HOLD' });
      expect(await setTicketOnHold(ctx, { ticketId, onHold: false })).toMatchObject({ status: 'OPEN' });
      for (let n = 0; n < 2; n++) expect(await closeTicket(ctx, { ticketId })).toMatchObject({ status: 'CLOSED' });
      await expect(setTicketOnHold(ctx, { ticketId, onHold: true })).rejects.toMatchObject({ code: 'CONFLICT' });
      for (let n = 0; n < 2; n++)
        expect(await reopenTicket(ctx, { ticketId })).toMatchObject({ status: 'OPEN', closedAt: null });
    });

    test('is assigned to active agents only', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      const ravi = await buildAgent(ctx, { name: 'Ravi', role: 'ASSISTANT' });
      expect(await assignTicket(ctx, { ticketId, agentId: ravi.id })).toMatchObject({ assigneeId: ravi.id });
      expect(await assignTicket(ctx, { ticketId, agentId: null })).toMatchObject({ assigneeId: null });
      await expect(assignTicket(ctx, { ticketId, agentId: ctx.random.id(ctx.clock.now()) })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    });

    test('keeps what an agent typed until it is sent or blank', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const { id: ticketId } = await receiveTicket(ctx);
      await saveDraft(ctx, { ticketId, text: 'Hel' });
      await saveDraft(ctx, { ticketId, text: 'Hello' });
      expect(await ctx.db.find(Draft)).toMatchObject([{ text: 'Hello', isNote: false }]);
      await replyToTicket(ctx, { ticketId, text: 'Hello' });
      expect(await ctx.db.count(Draft)).toBe(0);
      await saveDraft(ctx, { ticketId, text: 'x' });
      expect(await saveDraft(ctx, { ticketId, text: ' ' })).toBeNull();
      expect(await ctx.db.count(Draft)).toBe(0);
    });

    test('is unread for each agent until read, and again after a new letter', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const ticket = await receiveTicket(ctx, { id: 'u@acme.example' });
      expect(await countTickets(ctx, { unread: true })).toBe(1);
      await markTicketRead(ctx, { ticketId: ticket.id, read: true });
      expect([
        await countTickets(ctx, { unread: true }),
        await countTickets(await asAgent(), { unread: true }),
      ]).toEqual([0, 1]);
      world().clock.advance({ minutes: 1 });
      await receiveLetter(ctx, { headers: ['In-Reply-To: <u@acme.example>'] });
      expect(await countTickets(ctx, { unread: true })).toBe(1);
    });

    test('is not begun with our own address, which nobody answers from', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const matter = { requesterEmail: SUPPORT.toUpperCase(), subject: 'Your contract', text: 'Hello' };
      await expect(startTicket(ctx, matter)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: 'requesterEmail' }],
      });
      expect(await ctx.db.count(OutgoingMail)).toBe(0);
    });

    test('begun by an agent waits for the answer of whom it was sent to', async () => {
      const ctx = await asAgent();
      await saveDesk(ctx);
      const ticket = await startTicket(ctx, {
        requesterEmail: 'Kofi@globex.example',
        subject: 'Your contract',
        text: 'Hello Kofi',
      });
      await deliverMail(ctx);
      expect(world().smtp.sent[0]!.to).toEqual(['kofi@globex.example']);
      const [mail] = await ctx.db.find(OutgoingMail);
      expect(
        await receiveLetter(ctx, {
          from: 'kofi@globex.example',
          subject: 'Re: x',
          headers: [`In-Reply-To: ${mail!.messageId}`],
        }),
      ).toMatchObject({ fate: 'JOINED', ticketId: ticket.id });
    });

    test.each([
      ['nobody', { kind: 'anonymous' as const }, 'UNAUTHENTICATED'],
      [
        'a token that may only read',
        { kind: 'token' as const, tokenId: 't', scopes: new Set(['tickets:read' as const]) },
        'FORBIDDEN',
      ],
    ])('cannot be changed by %s', async (_name, actor, code) => {
      const ctx = world().ctx(actor);
      const ticketId = 'x';
      for (const act of [
        () => replyToTicket(ctx, { ticketId, text: 'x' }),
        () => addNote(ctx, { ticketId, text: 'x' }),
        () => closeTicket(ctx, { ticketId }),
        () => setTicketOnHold(ctx, { ticketId, onHold: true }),
        () => assignTicket(ctx, { ticketId }),
      ]) {
        await expect(act()).rejects.toMatchObject({ code });
      }
    });
  },
  { handler },
);

describeEachDatabase('the list of tickets', (world) => {
  async function make(count: number, domain = (n: number) => `d${n % 7}.example`): Promise<void> {
    const ctx = world().ctx();
    await transact(ctx, async (ctx) => {
      for (let n = 0; n < count; n++) {
        const at = new Date(ctx.clock.now().getTime() + Math.floor(n / 10) * 1000); // ten share each moment
        await createTicket(ctx, {
          mailboxId: 'main',
          requester: { email: `u${n}@${domain(n)}`, name: null },
          subject: `Matter ${n} 50%_off`,
          at,
        });
      }
    });
  }

  test('comes in windows that neither overlap nor leave gaps, whatever comes in meanwhile', async () => {
    await make(250);
    const ctx = world().ctx();
    const seen: number[] = [];
    let after: string | null = null;
    for (let window = 0; ; window++) {
      const page: Awaited<ReturnType<typeof listTickets>> = await listTickets(
        ctx,
        { section: 'MAIN' },
        { first: 100, after },
      );
      seen.push(...page.nodes.map((ticket) => ticket.number));
      if (window === 0) {
        expect(page.totalCount).toBe(250);
        world().clock.advance({ days: 1 });
        await make(3);
      }
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(new Set(seen).size).toBe(250);
    expect(seen).toHaveLength(250);
  });

  test.each([0, 101, -1, 1.5])('refuses to hand out %s at a time', async (first) => {
    await expect(listTickets(world().ctx(), {}, { first })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('refuses a cursor that it did not write', async () => {
    await expect(listTickets(world().ctx(), {}, { first: 1, after: "x' OR 1=1" })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('finds words as they stand: wildcards and quotes are letters', async () => {
    await make(12);
    const ctx = world().ctx();
    const search = (text: string) => countTickets(ctx, { search: text });
    expect([
      await search('50%_OFF'),
      await search('%'),
      await search('5__off'),
      await search("'; DROP TABLE ticket; --"),
      await search('#7'),
      await search('u3@'),
    ]).toEqual([12, 12, 0, 0, 1, 1]);
  });

  describe('highlighted', () => {
    test.each([
      [['d1.example'], []],
      [['*.d1.example'], []],
      [['u8@d1.example', '@d2.example'], []],
      [
        ['d1.example', 'd2.example'],
        ['u8@d1.example', 'd2.example'],
      ],
      [[...Array(300).keys()].map((n) => `d${n}.example`), ['d3.example']],
    ])('agrees with the rule for each row: %s against %s', async (highlightEntries, spamEntries) => {
      await make(30, (n) => (n % 3 === 0 ? `mail.d${n % 7}.example` : `d${n % 7}.example`));
      const ctx = world().ctx();
      await saveDesk(ctx, { highlightEntries, spamEntries });
      const rule = highlightRule({ highlightEntries, spamEntries });
      const all = await ctx.db.find(Ticket);
      const wanted = all.filter((ticket) => highlightOf(ticket.requesterEmail, rule)).map((ticket) => ticket.number);
      const found = await listTickets(ctx, { highlighted: true }, { first: 100 });
      expect(found.nodes.map((ticket) => ticket.number).sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b));
      expect(await countTickets(ctx, { highlighted: false })).toBe(all.length - wanted.length);
    });
  });
});
