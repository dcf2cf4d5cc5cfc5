import { beforeEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import {
  agentActor,
  buildAgent,
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
import { addNote } from './add-note.ts';
import { addSender } from './add-sender.ts';
import { Attachment } from './attachment.entity.ts';
import { closeTicket } from './close-ticket.ts';
import { Draft } from './draft.entity.ts';
import { mergeTickets } from './merge-tickets.ts';
import { Message } from './message.entity.ts';
import { moveMessage } from './move-message.ts';
import { Participant } from './participant.entity.ts';
import { pgpState } from './pgp-state.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { saveDraft } from './save-draft.ts';
import { splitMessage } from './split-message.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketEvent } from './ticket-event.entity.ts';
import { undoTicketEvent } from './undo-ticket-event.ts';

const handler = (task: never) => understandMail(task as UnderstandTask);
const BEN = 'Ben <ben@other.example>';

describeEachDatabase(
  'by hand',
  (world) => {
    let ctx: Context;
    let agent: Context;
    let anna: Ticket;

    /** A ticket of Anna's that was answered and to which she wrote again, about another matter. */
    beforeEach(async () => {
      ctx = world().ctx();
      await saveDesk(ctx);
      agent = world().ctx(agentActor(await buildAgent(ctx, { name: 'Dana' })));
      anna = await receiveTicket(ctx, { subject: 'Printer on fire', id: 'first@acme.example' });
      world().clock.advance({ minutes: 1 });
      await replyToTicket(agent, { ticketId: anna.id, text: 'Use water.' });
      world().clock.advance({ minutes: 1 });
      await receiveLetter(ctx, {
        subject: 'Re: Printer on fire',
        id: 'second@acme.example',
        headers: ['Cc: Carl <carl@acme.example>'],
        text: 'By the way, our coffee machine is broken.',
      });
      anna = await ticketOf(ctx, anna.id);
    });
    const newestOf = async (ticketId: string) => (await messagesOf(ctx, ticketId)).at(-1)!;

    test('a letter becomes a ticket of its own, and answers to it go there', async () => {
      const letter = await newestOf(anna.id);
      const event = await splitMessage(agent, { messageId: letter.id, subject: 'Coffee machine' });
      const split = await ticketOf(ctx, event.otherTicketId!);
      expect(split).toMatchObject({
        subject: 'Coffee machine',
        status: 'OPEN',
        requesterEmail: 'anna@acme.example',
        linkedToTicketId: anna.id,
        messageCount: 1,
        snippet: 'By the way, our coffee machine is broken.',
      });
      expect(await ctx.db.findBy(Participant, { ticketId: split.id })).toMatchObject([
        { address: 'carl@acme.example' },
      ]);
      expect(await ticketOf(ctx, anna.id)).toMatchObject({ status: 'ANSWERED', messageCount: 3 });
      expect((await newestOf(split.id)).reasons.at(-1)).toBe(`split off from #${anna.number} by hand`);
      const answer = await receiveLetter(ctx, { subject: 'x', headers: ['In-Reply-To: <second@acme.example>'] });
      expect(answer.ticketId).toBe(split.id);
      expect(await ctx.db.countBy(OutgoingMail, { kind: 'CONFIRMATION' })).toBe(1);
    });

    test('an encrypted letter takes its secrecy along', async () => {
      const letter = await newestOf(anna.id);
      const pgp = pgpState({ encrypted: true });
      await transact(ctx, async ({ db }) => {
        await db.update(Message, { id: letter.id }, { pgp });
        await db.update(Ticket, { id: anna.id }, { encrypted: true });
      });
      const event = await splitMessage(agent, { messageId: letter.id });
      expect(await ticketOf(ctx, event.otherTicketId!)).toMatchObject({ encrypted: true });
      expect(await ticketOf(ctx, anna.id)).toMatchObject({ encrypted: false });
    });

    test('asked for twice, it is done once', async () => {
      const letter = await newestOf(anna.id);
      const [first, second] = [
        await splitMessage(agent, { messageId: letter.id }),
        await splitMessage(agent, { messageId: letter.id }),
      ];
      expect(second.id).toBe(first.id);
      const ben = await receiveTicket(ctx, { from: BEN, subject: 'Other matter' });
      const merged = await mergeTickets(agent, { ticketId: ben.id, intoTicketId: anna.id });
      expect((await mergeTickets(agent, { ticketId: ben.id, intoTicketId: anna.id })).id).toBe(merged.id);
      expect(await ctx.db.count(TicketEvent)).toBe(2);
    });

    test('the split is taken back, and the emptied ticket leads to where the letter is', async () => {
      const letter = await newestOf(anna.id);
      const event = await splitMessage(agent, { messageId: letter.id });
      await undoTicketEvent(agent, { eventId: event.id });
      await undoTicketEvent(agent, { eventId: event.id });
      expect(await ticketOf(ctx, anna.id)).toMatchObject({ status: 'OPEN', messageCount: 4, answeredAt: null });
      expect(await ticketOf(ctx, event.otherTicketId!)).toMatchObject({ status: 'CLOSED', mergedIntoId: anna.id });
      expect((await newestOf(anna.id)).id).toBe(letter.id);
    });

    test('the split is not taken back once something more was written there', async () => {
      const event = await splitMessage(agent, { messageId: (await newestOf(anna.id)).id });
      await replyToTicket(agent, { ticketId: event.otherTicketId!, text: 'Which machine?' });
      await expect(undoTicketEvent(agent, { eventId: event.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    test.each([
      ['a reply', async () => (await messagesOf(ctx, anna.id)).find(({ kind }) => kind === 'REPLY')!],
      [
        'the only letter of a ticket',
        async () => {
          const ben = await receiveTicket(ctx, { from: BEN, subject: 'Other matter' });
          return (await messagesOf(ctx, ben.id))[0]!;
        },
      ],
    ] as [string, () => Promise<Message>][])('%s neither splits nor moves', async (_name, find) => {
      const message = await find();
      const conflict = { code: 'CONFLICT' };
      await expect(splitMessage(agent, { messageId: message.id })).rejects.toMatchObject(conflict);
      const other = await receiveTicket(ctx, { from: BEN, subject: 'Third matter' });
      await expect(moveMessage(agent, { messageId: message.id, ticketId: other.id })).rejects.toMatchObject(conflict);
    });

    test('a letter moves to another ticket with its attachments and ids, opens it, and comes back', async () => {
      const file = [
        'Content-Type: multipart/mixed; boundary=b',
        'MIME-Version: 1.0',
        'In-Reply-To: <first@acme.example>',
      ];
      const text =
        '--b\r\n\r\nA second thing.\r\n--b\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nx\r\n--b--';
      await receiveLetter(ctx, { id: 'third@acme.example', headers: file, text });
      const letter = await newestOf(anna.id);
      const other = await receiveTicket(ctx, { subject: 'Older matter' });
      world().clock.advance({ minutes: -30 });
      await replyToTicket(agent, { ticketId: other.id, text: 'Done.' });
      world().clock.advance({ minutes: 31 });
      const event = await moveMessage(agent, { messageId: letter.id, ticketId: other.id });
      expect(await ticketOf(ctx, other.id)).toMatchObject({ status: 'OPEN', attachmentCount: 1, messageCount: 4 });
      expect(await ticketOf(ctx, anna.id)).toMatchObject({ attachmentCount: 0, messageCount: 4 });
      expect(await ctx.db.findOneBy(Attachment, { messageId: letter.id })).toMatchObject({ ticketId: other.id });
      const answer = () => receiveLetter(ctx, { subject: 'y', headers: ['In-Reply-To: <third@acme.example>'] });
      expect((await answer()).ticketId).toBe(other.id);
      await undoTicketEvent(agent, { eventId: event.id });
      expect((await answer()).ticketId).toBe(anna.id);
      expect(await ctx.db.findOneBy(Attachment, { messageId: letter.id })).toMatchObject({ ticketId: anna.id });
    });

    test('a letter that is older than the answer there does not open the ticket', async () => {
      const letter = await newestOf(anna.id);
      const other = await receiveTicket(ctx, { subject: 'Older matter' });
      world().clock.advance({ minutes: 5 });
      await replyToTicket(agent, { ticketId: other.id, text: 'Done.' });
      await moveMessage(agent, { messageId: letter.id, ticketId: other.id });
      expect(await ticketOf(ctx, other.id)).toMatchObject({ status: 'ANSWERED' });
    });

    test('a letter moved to somebody else’s ticket is that of a new sender there, and is not quoted', async () => {
      const letter = await newestOf(anna.id);
      const ben = await receiveTicket(ctx, { from: BEN, subject: 'Other matter', text: 'Words of Ben himself.' });
      await moveMessage(agent, { messageId: letter.id, ticketId: ben.id });
      expect((await messagesOf(ctx, ben.id)).find(({ id }) => id === letter.id)).toMatchObject({ newSender: true });
      await replyToTicket(agent, { ticketId: ben.id, text: 'Hello Ben.' });
      const { rawText } = await lastMail();
      expect(rawText).toContain('Words of Ben himself.');
      expect(rawText).not.toContain('coffee machine');
    });

    async function lastMail() {
      const { readWholeBlob } = await import('../platform/blobs.ts');
      const [mail] = await ctx.db.find(OutgoingMail, { where: { kind: 'REPLY' }, order: { id: 'DESC' }, take: 1 });
      return { rawText: (await readWholeBlob(ctx, mail!.blobId)).toString() };
    }

    test('a new sender whom an agent adds takes part from then on, until that is taken back', async () => {
      await saveDesk(ctx, { ignoreSenderAddress: true });
      await receiveLetter(ctx, { from: BEN, subject: 'Re: Printer on fire', text: 'Water makes it worse, I say.' });
      const letter = await newestOf(anna.id);
      expect(letter).toMatchObject({ newSender: true });
      const event = await addSender(agent, { messageId: letter.id });
      expect(await addSender(agent, { messageId: letter.id })).toMatchObject({ id: event.id });
      expect(await newestOf(anna.id)).toMatchObject({ newSender: false });
      await receiveLetter(ctx, { from: BEN, subject: 'Re: Printer on fire' });
      expect(await newestOf(anna.id)).toMatchObject({ newSender: false });
      await undoTicketEvent(agent, { eventId: event.id });
      expect(await ctx.db.countBy(Participant, { address: 'ben@other.example' })).toBe(0);
      expect((await messagesOf(ctx, anna.id)).find(({ id }) => id === letter.id)).toMatchObject({ newSender: true });
    });

    test('a ticket goes into another one: its letters stand there, it is closed and leads on', async () => {
      const ben = await receiveTicket(ctx, { from: BEN, subject: 'Fire on the second floor', id: 'ben@other.example' });
      await saveDraft(agent, { ticketId: ben.id, text: 'Dear Ben' });
      await saveDraft(agent, { ticketId: anna.id, text: 'Dear Anna' });
      const event = await mergeTickets(agent, { ticketId: ben.id, intoTicketId: anna.id });
      expect(await ticketOf(ctx, ben.id)).toMatchObject({ status: 'CLOSED', mergedIntoId: anna.id, messageCount: 0 });
      expect(await ticketOf(ctx, anna.id)).toMatchObject({ status: 'OPEN', messageCount: 6 });
      expect(await ctx.db.find(Draft)).toMatchObject([{ ticketId: anna.id, text: 'Dear Anna\n\nDear Ben' }]);
      const answer = await receiveLetter(ctx, {
        from: BEN,
        subject: 'x',
        headers: ['In-Reply-To: <ben@other.example>'],
      });
      expect(answer).toMatchObject({ fate: 'JOINED', ticketId: anna.id });
      expect(await newestOf(anna.id)).toMatchObject({ newSender: true });
      expect(answer.reason).toContain(`took part in #${ben.number} only`);
      await undoTicketEvent(agent, { eventId: event.id });
      expect(await ticketOf(ctx, ben.id)).toMatchObject({ status: 'OPEN', mergedIntoId: null, messageCount: 2 });
      expect(await ticketOf(ctx, anna.id)).toMatchObject({ status: 'OPEN', messageCount: 5 });
      expect((await messagesOf(ctx, ben.id))[0]).toMatchObject({ newSender: false });
    });

    test('what was begun in a merged ticket comes along with its files; people come along only with a mail that is sent on', async () => {
      const fileIds = ['f1', 'f2', 'f3'];
      const { id: ticketId, subject } = await receiveTicket(ctx, { from: BEN, subject: 'Pump' });
      const people = { cc: ['bens-boss@other.example'], bcc: ['log@desk.example'] };
      await saveDraft(agent, { ticketId, text: 'Dear Ben', ...people, attachmentIds: fileIds.slice(0, 2) });
      await mergeTickets(agent, { ticketId, intoTicketId: anna.id });
      expect(await ctx.db.find(Draft)).toMatchObject([
        { ticketId: anna.id, text: 'Dear Ben', cc: null, bcc: null, attachmentIds: ['f1', 'f2'] },
      ]);
      await saveDraft(agent, { ticketId: anna.id, text: 'Dear Anna', cc: ['own@desk.example'], attachmentIds: ['f1'] });
      const second = await receiveTicket(ctx, { from: BEN, subject: `${subject} again` });
      await saveDraft(agent, { ticketId: second.id, text: '', attachmentIds: ['f3'], ...people });
      await mergeTickets(agent, { ticketId: second.id, intoTicketId: anna.id });
      expect(await ctx.db.find(Draft)).toMatchObject([
        { text: 'Dear Anna', cc: ['own@desk.example'], bcc: null, attachmentIds: ['f1', 'f3'] },
      ]);
      await saveDraft(agent, { ticketId: anna.id, text: '' });
      const third = await receiveTicket(ctx, { from: BEN, subject: 'Third' });
      const sentOn = { to: ['maker@pumps.example'], ...people, forwardOfId: 'm1', leftOutIds: ['a1'] };
      await saveDraft(agent, { ticketId: third.id, text: 'See below', ...sentOn });
      await mergeTickets(agent, { ticketId: third.id, intoTicketId: anna.id });
      expect(await ctx.db.find(Draft)).toMatchObject([{ ticketId: anna.id, text: 'See below', ...sentOn }]);
    });

    test('an answer to our mail in a merged ticket joins the other as that of a new sender', async () => {
      const ben = await receiveTicket(ctx, { from: BEN, subject: 'Fire on the second floor' });
      await replyToTicket(agent, { ticketId: ben.id, text: 'We know.' });
      const [reply] = await ctx.db.find(OutgoingMail, { where: { kind: 'REPLY' }, order: { id: 'DESC' }, take: 1 });
      await mergeTickets(agent, { ticketId: ben.id, intoTicketId: anna.id });
      const letter = { from: BEN, subject: 'x', headers: [`In-Reply-To: ${reply!.messageId}`] };
      expect(await receiveLetter(ctx, letter)).toMatchObject({ fate: 'JOINED', ticketId: anna.id });
      expect(await newestOf(anna.id)).toMatchObject({ newSender: true });
    });

    test('merges in a row are taken back in any order', async () => {
      const [b, c] = [
        await receiveTicket(ctx, { subject: 'Second matter' }),
        await receiveTicket(ctx, { subject: 'Third matter' }),
      ];
      const first = await mergeTickets(agent, { ticketId: anna.id, intoTicketId: b.id });
      const second = await mergeTickets(agent, { ticketId: b.id, intoTicketId: c.id });
      expect(await ticketOf(ctx, c.id)).toMatchObject({ messageCount: 8 });
      await undoTicketEvent(agent, { eventId: first.id });
      expect(await ticketOf(ctx, anna.id)).toMatchObject({ messageCount: 4, mergedIntoId: null });
      await undoTicketEvent(agent, { eventId: second.id });
      expect(await ticketOf(ctx, b.id)).toMatchObject({ messageCount: 2, mergedIntoId: null });
      expect(await ticketOf(ctx, c.id)).toMatchObject({ messageCount: 2 });
    });

    test('a merged ticket takes no more reply, note or merge, and no ticket goes into itself', async () => {
      const ben = await receiveTicket(ctx, { from: BEN, subject: 'Other matter' });
      await mergeTickets(agent, { ticketId: ben.id, intoTicketId: anna.id });
      const conflict = { code: 'CONFLICT', message: expect.stringContaining(`merged into #${anna.number}`) };
      await expect(replyToTicket(agent, { ticketId: ben.id, text: 'x' })).rejects.toMatchObject(conflict);
      await expect(addNote(agent, { ticketId: ben.id, text: 'x' })).rejects.toMatchObject(conflict);
      await expect(closeTicket(agent, { ticketId: ben.id })).rejects.toMatchObject(conflict);
      await expect(mergeTickets(agent, { ticketId: anna.id, intoTicketId: ben.id })).rejects.toMatchObject(conflict);
      await expect(mergeTickets(agent, { ticketId: anna.id, intoTicketId: anna.id })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    });

    test('only those who may work on tickets do any of it', async () => {
      const reader = world().ctx({ kind: 'token', tokenId: 't', scopes: new Set(['tickets:read']) });
      const messageId = (await newestOf(anna.id)).id;
      const forbidden = { code: 'FORBIDDEN' };
      await expect(splitMessage(reader, { messageId })).rejects.toMatchObject(forbidden);
      await expect(moveMessage(reader, { messageId, ticketId: anna.id })).rejects.toMatchObject(forbidden);
      await expect(mergeTickets(reader, { ticketId: anna.id, intoTicketId: 'x' })).rejects.toMatchObject(forbidden);
      await expect(addSender(reader, { messageId })).rejects.toMatchObject(forbidden);
      await expect(undoTicketEvent(reader, { eventId: 'x' })).rejects.toMatchObject(forbidden);
      await expect(splitMessage(agent, { messageId: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(undoTicketEvent(agent, { eventId: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  },
  { handler },
);
