import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import {
  agentActor,
  buildAgent,
  deliverMail,
  letterBytes,
  messagesOf,
  receiveLetter,
  receiveTicket,
  SUPPORT,
  saveDesk,
  storeLetter,
  ticketOf,
} from '../../test/factories.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { BlobRow } from '../platform/blob.entity.ts';
import { transact } from '../platform/database.ts';
import { WorkerFailure } from '../platform/worker-pool.ts';
import { replyToTicket } from '../tickets/reply-to-ticket.ts';
import { Requester } from '../tickets/requester.entity.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { processBatch } from './process-mail.job.ts';
import { releaseInboundMail } from './release-inbound-mail.ts';
import { understandMail } from './understand-mail.ts';
import type { UnderstandTask } from './understood-mail.ts';

async function understand(task: never): Promise<unknown> {
  const { bytes } = task as UnderstandTask;
  if (Buffer.from(bytes).includes('BREAK THE READER')) throw new WorkerFailure('CRASH', 'out of memory');
  return understandMail(task as UnderstandTask);
}

describeEachDatabase(
  'a letter',
  (world) => {
    test('becomes a ticket with number, requester, text and reason', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const mail = await receiveLetter(ctx, {
        from: 'Anna Berg <Anna@ACME.example>',
        subject: 'Re: Printer on fire',
        text: 'Help.\r\n',
      });
      expect(mail).toMatchObject({
        fate: 'TICKETED',
        fromAddress: 'anna@acme.example',
        subject: 'Re: Printer on fire',
      });
      const ticket = await ticketOf(ctx, mail.ticketId!);
      expect(ticket).toMatchObject({
        number: 1,
        status: 'OPEN',
        requesterEmail: 'anna@acme.example',
        subjectKey: 'printer on fire',
        messageCount: 2,
        snippet: 'Help.',
      });
      expect(await ctx.db.findOneByOrFail(Requester, { id: ticket.requesterId })).toMatchObject({ name: 'Anna Berg' });
      const [letter] = await messagesOf(ctx, ticket.id);
      expect(letter).toMatchObject({ kind: 'INBOUND', text: 'Help.', reasons: ['new ticket: it belongs to no other'] });
    });

    test('is confirmed once, from the Support Email, in its thread, marked as automatic', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await receiveLetter(ctx, { id: 'first@acme.example' });
      await deliverMail(ctx);
      await deliverMail(ctx);
      expect(world().smtp.sent).toHaveLength(1);
      const [mail] = world().smtp.sent;
      expect([mail!.from, mail!.to]).toEqual(['', ['anna@acme.example']]);
      const text = mail!.content.toString();
      for (const line of [
        `From: ${SUPPORT}`,
        'In-Reply-To: <first@acme.example>',
        'Auto-Submitted: auto-replied',
        'X-Auto-Response-Suppress: All',
      ])
        expect(text).toContain(line);
      expect(text).toContain('[#1] Printer on fire');
    });

    test('is not confirmed while that is switched off', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, { suppressConfirmations: true });
      const ticket = await receiveTicket(ctx);
      expect(await ctx.db.count(OutgoingMail)).toBe(0);
      expect((await messagesOf(ctx, ticket.id))[0]!.reasons.join()).toContain("Don't send confirmation emails");
    });

    test('of a machine opens a ticket and is not confirmed', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const mail = await receiveLetter(ctx, { headers: ['Auto-Submitted: auto-generated'] });
      expect(mail.fate).toBe('TICKETED');
      expect(mail.reason).toContain('no confirmation');
      expect(await ctx.db.count(OutgoingMail)).toBe(0);
    });

    test('of a sender who had three confirmations within the hour gets no fourth', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      for (let n = 1; n <= 4; n++) await receiveLetter(ctx, { subject: `Another matter, number ${n}` });
      expect(await ctx.db.countBy(OutgoingMail, { kind: 'CONFIRMATION' })).toBe(3);
      const last = await ctx.db.findOneByOrFail(InboundMail, { subject: 'Another matter, number 4' });
      expect(last).toMatchObject({ fate: 'TICKETED' });
      expect(last.reason).toContain('no confirmation');
    });

    test('from a spam domain is blocked, kept, and released by an agent', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, { spamEntries: ['acme.example'] });
      const mail = await receiveLetter(ctx, { from: 'x@mail.acme.example' });
      expect(mail).toMatchObject({
        fate: 'BLOCKED',
        reason: 'blocked: the sender is on the list Spam E-mails (acme.example)',
        ticketId: null,
      });
      expect(await ctx.db.count(Ticket)).toBe(0);
      const agent = agentActor(await buildAgent(ctx));
      const released = await releaseInboundMail(world().ctx(agent), mail.id);
      expect(released).toMatchObject({ fate: 'TICKETED' });
      expect((await releaseInboundMail(world().ctx(agent), mail.id)).ticketId).toBe(released.ticketId);
      expect(await ctx.db.count(Ticket)).toBe(1);
    });

    test('that answers our reply joins its ticket and opens it again', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const ticket = await receiveTicket(ctx);
      await replyToTicket(world().ctx(agentActor(await buildAgent(ctx))), { ticketId: ticket.id, text: 'Use water.' });
      const [reply] = await ctx.db.findBy(OutgoingMail, { kind: 'REPLY' });
      world().clock.advance({ days: 1 });
      const mail = await receiveLetter(ctx, {
        subject: 'AW: something else',
        headers: [`In-Reply-To: ${reply!.messageId}`],
        text: 'It still burns.',
      });
      expect(mail).toMatchObject({ fate: 'JOINED', ticketId: ticket.id });
      expect(mail.reason).toContain('In-Reply-To (our Message-ID)');
      expect(await ticketOf(ctx, ticket.id)).toMatchObject({
        status: 'OPEN',
        answeredAt: null,
        snippet: 'It still burns.',
      });
      expect(await ctx.db.countBy(OutgoingMail, { kind: 'CONFIRMATION' })).toBe(1);
    });

    test('with the same subject joins by From and subject; from another address only with the option on', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const ticket = await receiveTicket(ctx, { subject: 'Quarterly report is missing' });
      expect(await receiveLetter(ctx, { subject: 'Re: quarterly  REPORT is missing' })).toMatchObject({
        fate: 'JOINED',
        ticketId: ticket.id,
      });
      expect(
        await receiveLetter(ctx, { from: 'boss@other.example', subject: 'Re: Quarterly report is missing' }),
      ).toMatchObject({ fate: 'TICKETED' });
      await transact(ctx, (ctx) => ctx.db.delete(Ticket, { requesterEmail: 'boss@other.example' }));
      await saveDesk(ctx, { ignoreSenderAddress: true });
      const joined = await receiveLetter(ctx, {
        from: 'boss@other.example',
        subject: 'Re: Quarterly report is missing',
      });
      expect(joined).toMatchObject({ fate: 'JOINED', ticketId: ticket.id });
      expect((await messagesOf(ctx, ticket.id)).at(-1)).toMatchObject({ newSender: true });
    });

    test('with the tag of another ticket opens one without it, and is confirmed under one Re: and its own tag', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const ticket = await receiveTicket(ctx, { subject: 'Re: [#5] Toner' });
      expect(ticket.subject).toBe('Re: Toner');
      expect(await ctx.db.find(OutgoingMail)).toMatchObject([{ subject: `Re: [#${ticket.number}] Toner` }]);
    });

    test('that was fetched under two names is one letter', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const bytes = letterBytes();
      await storeLetter(ctx, bytes, 'uid-a');
      await storeLetter(ctx, bytes, 'uid-b');
      await processBatch(ctx);
      expect([await ctx.db.count(InboundMail), await ctx.db.count(Ticket)]).toEqual([1, 1]);
    });

    test('that breaks the reader becomes a ticket with its source, and the others come in', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const bad = await storeLetter(ctx, { subject: 'Poison', text: 'BREAK THE READER' });
      const good = await storeLetter(ctx, { subject: 'Harmless' });
      await processBatch(ctx);
      const [first, second] = [
        await ctx.db.findOneByOrFail(InboundMail, { id: bad.id }),
        await ctx.db.findOneByOrFail(InboundMail, { id: good.id }),
      ];
      expect(first).toMatchObject({ fate: 'TICKETED', subject: 'Poison', fromAddress: 'anna@acme.example' });
      expect(first.reason).toContain('could not be read');
      expect(second).toMatchObject({ fate: 'TICKETED', subject: 'Harmless' });
      expect(await ctx.db.countBy(BlobRow, { id: first.rawBlobId })).toBe(1);
    });

    test('whose reading was begun three times without an end is held, and blocks nobody', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const mail = await storeLetter(ctx, {});
      await transact(ctx, (ctx) => ctx.db.update(InboundMail, { id: mail.id }, { attempts: 3 }));
      await receiveLetter(ctx, { subject: 'The next one' });
      expect(await ctx.db.findOneByOrFail(InboundMail, { id: mail.id })).toMatchObject({ fate: 'HELD' });
      expect(await ctx.db.countBy(InboundMail, { fate: 'TICKETED' })).toBe(1);
    });

    test('in a batch gets its ticket before its follow-up is looked at', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await storeLetter(ctx, { id: 'one@acme.example', subject: 'First of two' });
      await storeLetter(ctx, { subject: 'Re: First of two', headers: ['References: <one@acme.example>'] });
      await processBatch(ctx);
      expect((await ctx.db.find(InboundMail)).map((mail) => mail.fate).sort()).toEqual(['JOINED', 'TICKETED']);
    });

    test('with an absence note joins in silence: no reopening, no confirmation', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const ticket = await receiveTicket(ctx);
      await replyToTicket(world().ctx(agentActor(await buildAgent(ctx))), { ticketId: ticket.id, text: 'Use water.' });
      const [reply] = await ctx.db.findBy(OutgoingMail, { kind: 'REPLY' });
      const mail = await receiveLetter(ctx, {
        subject: 'Automatic reply: Printer on fire',
        headers: ['Auto-Submitted: auto-replied', `In-Reply-To: ${reply!.messageId}`],
      });
      expect(mail).toMatchObject({ fate: 'JOINED', ticketId: ticket.id });
      expect(await ticketOf(ctx, ticket.id)).toMatchObject({ status: 'ANSWERED' });
    });

    test('without a readable sender is a ticket of an unknown sender', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const mail = await receiveLetter(ctx, Buffer.from('Subject: Who am I\r\n\r\nNobody knows.\r\n'));
      expect(mail).toMatchObject({ fate: 'TICKETED', fromAddress: null });
      expect(await ticketOf(ctx, mail.ticketId!)).toMatchObject({ requesterEmail: null });
    });
  },
  { handler: understand },
);
