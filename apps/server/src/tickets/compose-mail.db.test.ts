import { parseMail } from '@support-center/mail';
import { describe, expect, test } from 'vitest';
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
import type { Actor, Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { addNote } from './add-note.ts';
import { Attachment } from './attachment.entity.ts';
import { findDeletedTicket } from './deleted-tickets.ts';
import { Draft } from './draft.entity.ts';
import { editAgain } from './edit-again.ts';
import { forwardMessage } from './forward-message.ts';
import { keepWaiting } from './keep-waiting.ts';
import { mailDocumentFor, withContentIds } from './mail-html.ts';
import { mergeTickets } from './merge-tickets.ts';
import { Message } from './message.entity.ts';
import { pgpState } from './pgp-state.ts';
import { replyAllOf } from './reply-all.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { Requester } from './requester.entity.ts';
import { saveDraft } from './save-draft.ts';
import { startTicket } from './start-ticket.ts';
import { Ticket } from './ticket.entity.ts';
import { findWaitingMails, undoSend } from './undo-send.ts';
import { Upload } from './upload.entity.ts';
import { findOwnUploads, receiveUpload, removeUpload, sweepUploads } from './uploads.ts';

const handler = (task: never) => understandMail(task as UnderstandTask);
const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const TOKEN: Actor = { kind: 'token', tokenId: 't1', scopes: new Set(['tickets:read', 'tickets:write']) };

describeEachDatabase(
  'a composed reply',
  (world) => {
    async function begin(sending = {}): Promise<Context> {
      await saveDesk(world().ctx(), { suppressConfirmations: true }, {}, sending);
      return world().ctx(agentActor(await buildAgent(world().ctx())));
    }
    const upload = (ctx: Context, name: string, content: Buffer, mimeType = 'application/pdf') =>
      receiveUpload(
        ctx,
        { name, mimeType },
        (async function* () {
          yield content;
        })(),
      );
    const sent = async (n = -1) => {
      const mail = world().smtp.sent.at(n)!;
      return { ...mail, mail: await parseMail(mail.content), source: mail.content.toString() };
    };

    test('goes to Cc and Bcc too, and only the envelope knows of Bcc', async () => {
      const ctx = await begin();
      const ticket = await receiveTicket(ctx);
      const message = await replyToTicket(ctx, {
        ticketId: ticket.id,
        text: 'Hello',
        cc: ['Boss@Acme.example', 'anna@acme.example'],
        bcc: ['log@desk.example', 'boss@acme.example'],
      });
      await deliverMail(ctx);
      const { to, source } = await sent();
      expect(to).toEqual(['anna@acme.example', 'boss@acme.example', 'log@desk.example']);
      expect(source).toContain('Cc: boss@acme.example\r\n');
      expect(source.slice(0, source.indexOf('\r\n\r\n'))).not.toMatch(/log@|Bcc/i);
      expect(message).toMatchObject({ cc: ['boss@acme.example'], bcc: ['log@desk.example'] });
    });

    test.each(['a@evil.example\r\nBcc: x@evil.example', '"a b"@acme.example', 'nobody', 'a@b.example, c@d.example'])(
      'to %j is refused with the list named, and nothing is sent or lost',
      async (evil) => {
        const ctx = await begin();
        const ticket = await receiveTicket(ctx);
        const file = await upload(ctx, 'a.pdf', Buffer.from('a'));
        for (const path of ['cc', 'bcc'] as const) {
          await expect(
            replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello', [path]: [evil], attachmentIds: [file.id] }),
          ).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path }] });
        }
        expect(await ctx.db.countBy(OutgoingMail, { kind: 'REPLY' })).toBe(0);
        expect(await ctx.db.countBy(Upload, { id: file.id })).toBe(1);
      },
    );

    test('carries files and shows an uploaded image within its words, in mail and ticket', async () => {
      const ctx = await begin();
      const ticket = await receiveTicket(ctx);
      const image = await upload(ctx, 'screen.png', PNG, 'image/png');
      const file = await upload(ctx, '../über\r\nX: y.pdf', Buffer.from('pdf'));
      const message = await replyToTicket(ctx, {
        ticketId: ticket.id,
        html: `<p>See:</p><img src="/uploads/${image.id}" alt="screen">`,
        attachmentIds: [image.id, file.id],
      });
      await deliverMail(ctx);
      const { mail, source } = await sent();
      expect(source).toMatch(/multipart\/mixed[\s\S]*multipart\/alternative[\s\S]*multipart\/related/);
      expect(source).toMatch(/<p style=3D"margin:0 0 12px/);
      expect(source.replaceAll('=\r\n', '')).toContain(`src=3D"cid:${image.id}@attached"`);
      expect(mail.attachments.map(({ name, content }) => [name, Buffer.from(content).equals(PNG)])).toEqual([
        ['screen.png', true],
        ['_überX_ y.pdf', false],
      ]);
      const files = await ctx.db.find(Attachment, { where: { messageId: message.id }, order: { position: 'ASC' } });
      expect(files.map(({ id, inline }) => [id, inline])).toEqual([
        [image.id, true],
        [file.id, false],
      ]);
      expect(message.html).toContain(`/a/inline/${image.id}/${image.id}`);
      expect(await ctx.db.count(Upload)).toBe(0);
    });

    test('takes no file of another session, none twice, and none that was taken back', async () => {
      const ctx = await begin();
      const other = { ...ctx, actor: { ...ctx.actor, sessionId: 'another' } as Actor };
      const ticket = await receiveTicket(ctx);
      const foreign = await upload(other, 'a.pdf', Buffer.from('a'));
      const gone = await upload(ctx, 'b.pdf', Buffer.from('b'));
      expect([await removeUpload(ctx, foreign.id), await removeUpload(ctx, gone.id)]).toEqual([false, true]);
      const mine = await upload(ctx, 'c.pdf', Buffer.from('c'));
      for (const attachmentIds of [[foreign.id], [gone.id], [mine.id, mine.id]])
        await expect(replyToTicket(ctx, { ticketId: ticket.id, text: 'x', attachmentIds })).rejects.toMatchObject({
          code: 'INVALID_INPUT',
          fields: [{ path: 'attachmentIds' }],
        });
      world().clock.advance({ hours: 25 });
      expect(await sweepUploads(ctx)).toBe(2);
    });

    test('whose files are too much together is refused; nothing is sent, nothing lost', async () => {
      const ctx = await begin();
      const ticket = await receiveTicket(ctx);
      const ids = [];
      for (const n of [1, 2]) {
        const file = await upload(ctx, `${n}.bin`, Buffer.from([n]));
        await transact(ctx, (ctx) => ctx.db.update(Upload, { id: file.id }, { sizeBytes: 13_000_000 }));
        ids.push(file.id);
      }
      await expect(replyToTicket(ctx, { ticketId: ticket.id, text: 'x', attachmentIds: ids })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('26 MB together; a mail carries at most 25 MB'),
      });
      expect([await ctx.db.count(Upload), await ctx.db.countBy(OutgoingMail, { kind: 'REPLY' })]).toEqual([2, 0]);
    });

    test('of an agent waits in the outbox and can be taken back: the ticket stands as before, words and files are back', async () => {
      const ctx = await begin({ undoSeconds: 10 });
      const ticket = await receiveTicket(ctx);
      const file = await upload(ctx, 'a.pdf', Buffer.from('a'));
      const reply = { ticketId: ticket.id, html: '<p>Oops</p>', cc: ['boss@acme.example'], attachmentIds: [file.id] };
      const message = await replyToTicket(ctx, { ...reply, idempotencyKey: 'k' });
      await deliverMail(ctx);
      expect(world().smtp.sent.filter(({ to }) => to.length === 2)).toEqual([]);
      const undone = await undoSend(ctx, { messageId: message.id });
      expect(undone).toMatchObject({ cc: ['boss@acme.example'], attachments: [{ id: file.id }] });
      expect(undone.draft).toMatchObject({ html: '<p>Oops</p>', text: expect.stringContaining('Oops') });
      expect(await ctx.db.countBy(Message, { id: message.id })).toBe(0);
      expect(await ticketOf(ctx, ticket.id)).toMatchObject({
        status: 'OPEN',
        answeredAt: null,
        lastReplyId: null,
        messageCount: ticket.messageCount,
      });
      expect(await ctx.db.countBy(Draft, { ticketId: ticket.id })).toBe(1);
      world().clock.advance({ seconds: 11 });
      await deliverMail(ctx);
      expect(await ctx.db.countBy(OutgoingMail, { kind: 'REPLY' })).toBe(0);
      const again = await replyToTicket(ctx, { ...reply, idempotencyKey: 'k' });
      expect(again.id).not.toBe(message.id);
    });

    test('goes out by itself when its time is over, though the browser is closed; then it is too late', async () => {
      const ctx = await begin({ undoSeconds: 10 });
      const ticket = await receiveTicket(ctx);
      const message = await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      world().clock.advance({ seconds: 10 });
      await deliverMail(ctx);
      expect((await sent()).to).toEqual(['anna@acme.example']);
      await expect(undoSend(ctx, { messageId: message.id })).rejects.toMatchObject({ code: 'CONFLICT' });
      expect(await ctx.db.countBy(Message, { id: message.id })).toBe(1);
    });

    test('is not taken back by somebody else', async () => {
      const ctx = await begin({ undoSeconds: 10 });
      const ticket = await receiveTicket(ctx);
      const message = await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      const colleague = world().ctx(agentActor(await buildAgent(world().ctx())));
      await expect(undoSend(colleague, { messageId: message.id })).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(undoSend(world().ctx(TOKEN), { messageId: message.id })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    });

    test('that is taken back after the customer wrote again leaves the ticket open for that letter', async () => {
      const ctx = await begin({ undoSeconds: 10 });
      const ticket = await receiveTicket(ctx, { id: 'first@acme.example' });
      world().clock.advance({ seconds: 1 });
      const message = await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      world().clock.advance({ seconds: 1 });
      const letter = await receiveLetter(world().ctx(), { headers: ['In-Reply-To: <first@acme.example>'] });
      expect(letter.ticketId).toBe(ticket.id);
      await undoSend(ctx, { messageId: message.id });
      expect(await ticketOf(ctx, ticket.id)).toMatchObject({ status: 'OPEN', lastReplyId: null, answeredAt: null });
    });

    test('waits where its writer sees it in every window, and nobody else does', async () => {
      const ctx = await begin({ undoSeconds: 10 });
      const ticket = await receiveTicket(ctx);
      const message = await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      const colleague = world().ctx(agentActor(await buildAgent(world().ctx())));
      expect(await findWaitingMails(ctx)).toMatchObject([{ message: { id: message.id }, ticket: { id: ticket.id } }]);
      expect([await findWaitingMails(colleague), await findWaitingMails(world().ctx(TOKEN))]).toEqual([[], []]);
      world().clock.advance({ seconds: 10 });
      expect(await findWaitingMails(ctx)).toEqual([]);
    });

    test('waits longer as long as its writer is about to take it back, but no longer than two minutes', async () => {
      const ctx = await begin({ undoSeconds: 10 });
      const ticket = await receiveTicket(ctx);
      const message = await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      const messageId = message.id;
      const secondsLeft = ({ undoUntil }: { undoUntil: Date }) =>
        (undoUntil.getTime() - world().clock.now().getTime()) / 1000;
      expect(secondsLeft(await keepWaiting(ctx, { messageId }))).toBe(10);
      world().clock.advance({ seconds: 8 });
      expect(secondsLeft(await keepWaiting(ctx, { messageId }))).toBe(5);
      expect(secondsLeft((await findWaitingMails(ctx))[0]!)).toBe(5);
      world().clock.advance({ seconds: 4 });
      await deliverMail(ctx);
      expect(world().smtp.sent).toEqual([]);
      for (let n = 0; n < 27; n++) {
        await keepWaiting(ctx, { messageId });
        world().clock.advance({ seconds: 4 });
      }
      await expect(keepWaiting(ctx, { messageId })).rejects.toMatchObject({ code: 'CONFLICT' });
      await deliverMail(ctx);
      expect(world().smtp.sent).toHaveLength(1);
    });

    test('waits longer for its writer alone', async () => {
      const ctx = await begin({ undoSeconds: 10 });
      const ticket = await receiveTicket(ctx);
      const { id: messageId } = await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      const colleague = world().ctx(agentActor(await buildAgent(world().ctx())));
      await expect(keepWaiting(colleague, { messageId })).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(keepWaiting(world().ctx(TOKEN), { messageId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      world().clock.advance({ seconds: 10 });
      await expect(keepWaiting(ctx, { messageId })).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    test('is stopped by an answer that its writer has not seen, of a teammate or his own from another window', async () => {
      const ctx = await begin();
      const ticket = await receiveTicket(ctx);
      const [seen] = await messagesOf(ctx, ticket.id);
      const first = await replyToTicket(ctx, { ticketId: ticket.id, text: 'First', lastSeenMessageId: seen!.id });
      const second = { ticketId: ticket.id, text: 'Second', lastSeenMessageId: seen!.id };
      await expect(replyToTicket(ctx, second)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('in another window'),
      });
      await replyToTicket(ctx, { ...second, lastSeenMessageId: first.id });
      const colleague = world().ctx(agentActor(await buildAgent(world().ctx())));
      const late = { ticketId: ticket.id, text: 'Third', lastSeenMessageId: seen!.id };
      await expect(replyToTicket(colleague, late)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('A teammate answered'),
      });
      expect((await replyToTicket(colleague, { ...late, lastSeenMessageId: null })).kind).toBe('REPLY');
    });

    test('is not stopped because the last message that its writer saw was taken back', async () => {
      const ctx = await begin({ undoSeconds: 10 });
      const ticket = await receiveTicket(ctx);
      const gone = await replyToTicket(ctx, { ticketId: ticket.id, text: 'First' });
      await undoSend(ctx, { messageId: gone.id });
      const next = { ticketId: ticket.id, text: 'Second', lastSeenMessageId: gone.id };
      expect((await replyToTicket(ctx, next)).newText).toBe('Second');
      await expect(replyToTicket(ctx, { ...next, lastSeenMessageId: 'zzz' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    });

    test('that opens a ticket is sent once under one key', async () => {
      const ctx = await begin();
      const matter = { requesterEmail: 'kofi@acme.example', subject: 'Invoice', text: 'Hello', idempotencyKey: 'n' };
      const ticket = await startTicket(ctx, { ...matter, cc: ['boss@acme.example'] });
      expect((await startTicket(ctx, { ...matter, cc: ['boss@acme.example'] })).id).toBe(ticket.id);
      await expect(startTicket(ctx, { ...matter, text: 'Other' })).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    test('that opens a ticket is sent once for all who ask under one key at once, and once for each key', async () => {
      const ctx = await begin();
      const matter = { requesterEmail: 'kofi@acme.example', subject: 'Invoice', text: 'Hello' };
      const fileOf = new Map([['a', (await upload(ctx, 'a.pdf', Buffer.from('a'))).id]]);
      const opened = await Promise.all(
        ['a', 'a', 'b', 'b', 'a'].map((idempotencyKey) => {
          const file = fileOf.get(idempotencyKey);
          return startTicket(ctx, { ...matter, idempotencyKey, attachmentIds: file ? [file] : [] });
        }),
      );
      const [a, , b] = opened.map(({ id }) => id);
      expect(opened.map(({ id }) => id)).toEqual([a, a, b, b, a]);
      expect([await ctx.db.count(Ticket), await ctx.db.countBy(OutgoingMail, { kind: 'REPLY' })]).toEqual([2, 2]);
      expect(await ctx.db.count(Requester)).toBe(1);
    });

    describe('that opened a ticket and is taken back', () => {
      const MATTER = {
        requesterEmail: ' Kofi@acme.example',
        requesterName: 'Kofi',
        subject: 'Re: your  invoice',
        text: 'Hello',
      };
      const onlyMessage = async (ctx: Context, ticketId: string) => (await messagesOf(ctx, ticketId))[0]!.id;

      test('leaves no ticket and no customer, and gives back all that was typed', async () => {
        const ctx = await begin({ undoSeconds: 10 });
        const file = await upload(ctx, 'a.pdf', Buffer.from('a'));
        const ticket = await startTicket(ctx, { ...MATTER, cc: ['boss@acme.example'], attachmentIds: [file.id] });
        await saveDraft(ctx, { ticketId: ticket.id, text: 'And one more thing' });
        const undone = await undoSend(ctx, { messageId: await onlyMessage(ctx, ticket.id) });
        expect(undone).toMatchObject({
          begunTicket: { requesterEmail: ' Kofi@acme.example', requesterName: 'Kofi', subject: 'Re: your  invoice' },
          draft: { text: 'And one more thing\n\nHello', cc: ['boss@acme.example'], attachmentIds: [file.id] },
          attachments: [{ id: file.id }],
        });
        expect(await findOwnUploads(ctx, [file.id])).toHaveLength(1);
        for (const entity of [Ticket, Message, Draft, Requester, OutgoingMail])
          expect(await ctx.db.count(entity)).toBe(0);
        expect(await findDeletedTicket(ctx, { id: ticket.id })).toMatchObject({ number: ticket.number });
        world().clock.advance({ seconds: 11 });
        await deliverMail(ctx);
        expect(world().smtp.sent).toEqual([]);
        const again = await startTicket(ctx, MATTER);
        expect(again.number).toBeGreaterThan(ticket.number);
      });

      test('keeps a customer who was known, with the other tickets', async () => {
        const ctx = await begin({ undoSeconds: 10 });
        const known = await receiveTicket(ctx, { from: 'Kofi <kofi@acme.example>' });
        const ticket = await startTicket(ctx, MATTER);
        await undoSend(ctx, { messageId: await onlyMessage(ctx, ticket.id) });
        expect(await ctx.db.count(Ticket)).toBe(1);
        expect(await ctx.db.findOneBy(Requester, { id: known.requesterId })).not.toBeNull();
      });

      test.each<[string, (ctx: Context, colleague: Context, ticket: Ticket) => Promise<unknown>]>([
        ['a note', async (_ctx, colleague, { id }) => addNote(colleague, { ticketId: id, text: 'I called him.' })],
        [
          'words that a teammate has begun',
          async (_ctx, colleague, { id }) => saveDraft(colleague, { ticketId: id, text: 'Dear' }),
        ],
        [
          'a note that was begun',
          async (ctx, _c, { id }) => saveDraft(ctx, { ticketId: id, text: 'Psst', isNote: true }),
        ],
        [
          'a ticket that was merged into it',
          async (ctx, _c, { id }) => {
            const other = await receiveTicket(world().ctx(), { from: 'zoe@acme.example', subject: 'Other' });
            await mergeTickets(ctx, { ticketId: other.id, intoTicketId: id });
          },
        ],
      ])('stays, with its words as a draft, when %s stands in it by then', async (_what, happen) => {
        const ctx = await begin({ undoSeconds: 10 });
        const colleague = world().ctx(agentActor(await buildAgent(world().ctx())));
        const ticket = await startTicket(ctx, MATTER);
        const messageId = await onlyMessage(ctx, ticket.id);
        await happen(ctx, colleague, ticket);
        const { draft, begunTicket } = await undoSend(ctx, { messageId });
        expect(begunTicket).toBeNull();
        expect(draft.text).toContain('Hello');
        expect(await ticketOf(ctx, ticket.id)).toMatchObject({ number: ticket.number });
        expect(await ctx.db.findOneBy(Draft, { ticketId: ticket.id, text: draft.text })).not.toBeNull();
      });
    });

    test('is kept as a draft with recipients and files; emptied, it is forgotten', async () => {
      const ctx = await begin();
      const ticket = await receiveTicket(ctx);
      const file = await upload(ctx, 'a.pdf', Buffer.from('a'));
      const people = { to: ['maker@pumps.example'], cc: ['half typed'], bcc: ['log@desk.example'] };
      await saveDraft(ctx, { ticketId: ticket.id, text: '', ...people, attachmentIds: [file.id] });
      const kept = { ...people, attachmentIds: [file.id] };
      expect(await ctx.db.findOneBy(Draft, { ticketId: ticket.id })).toMatchObject(kept);
      world().clock.advance({ days: 3 });
      expect(await sweepUploads(ctx)).toBe(0);
      world().clock.advance({ days: 31 });
      expect(await sweepUploads(ctx)).toBe(1);
      expect(await saveDraft(ctx, { ticketId: ticket.id, text: ' ', attachmentIds: [] })).toBeNull();
      expect(await ctx.db.countBy(Draft, { ticketId: ticket.id })).toBe(0);
    });

    test('that the mail server refused can be edited again, with its files; the failed one stays', async () => {
      const ctx = await begin();
      const ticket = await receiveTicket(ctx);
      const image = await upload(ctx, 'screen.png', PNG, 'image/png');
      const message = await replyToTicket(ctx, {
        ticketId: ticket.id,
        html: `<p>See:</p><img src="/uploads/${image.id}" alt="screen">`,
        bcc: ['log@desk.example'],
        attachmentIds: [image.id],
      });
      const again = { messageId: message.id };
      await expect(editAgain(ctx, again)).rejects.toMatchObject({ code: 'CONFLICT' });
      await transact(ctx, (ctx) =>
        ctx.db.update(OutgoingMail, { id: message.outgoingMailId! }, { state: 'FAILED', detail: '550 no' }),
      );
      const draft = await editAgain(ctx, again);
      const [copy] = draft.attachmentIds!;
      expect(copy).not.toBe(image.id);
      expect(draft).toMatchObject({ bcc: ['log@desk.example'], html: expect.stringContaining(`/uploads/${copy}`) });
      await expect(editAgain(ctx, again)).rejects.toMatchObject({ code: 'CONFLICT' });
      const { html, attachmentIds } = draft;
      await replyToTicket(ctx, { ticketId: ticket.id, html, attachmentIds });
      await deliverMail(ctx);
      const { mail } = await sent();
      expect(mail.attachments.map(({ content }) => Buffer.from(content).equals(PNG))).toEqual([true]);
      expect(await ctx.db.countBy(Attachment, { messageId: message.id })).toBe(1);
    });

    test('of a program goes out at once', async () => {
      await begin({ undoSeconds: 10 });
      const ctx = world().ctx(TOKEN);
      const ticket = await receiveTicket(world().ctx());
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      await deliverMail(world().ctx());
      expect((await sent()).source).toContain('Hello');
    });

    test('to all goes to who stood beside the requester, but not to us or to whom a new sender named', async () => {
      const ctx = await begin();
      const ticket = await receiveTicket(world().ctx(), {
        to: 'support@desk.example, Carl <carl@acme.example>',
        headers: ['Cc: boss@acme.example, support@desk.example, anna@acme.example'],
      });
      expect(await replyAllOf(ctx, ticket)).toEqual({
        to: ['anna@acme.example'],
        cc: expect.arrayContaining(['carl@acme.example', 'boss@acme.example']),
      });
      expect((await replyAllOf(ctx, ticket)).cc).toHaveLength(2);
    });
  },
  { handler },
);

describeEachDatabase(
  'a message that is forwarded',
  (world) => {
    const letter = Buffer.from(
      [
        'From: Anna <anna@acme.example>',
        'To: support@desk.example',
        'Subject: Broken <b>pump</b>',
        'Message-ID: <pump@acme.example>',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        '<p>It leaks</p><img src="https://track.example/x.gif">',
        '--b',
        'Content-Type: application/pdf; name=plan.pdf',
        'Content-Disposition: attachment; filename=plan.pdf',
        'Content-Transfer-Encoding: base64',
        '',
        'cGxhbg==',
        '--b--',
        '',
      ].join('\r\n'),
    );

    test('goes with its head and files to others, under words of the agent; the ticket stays as it stands', async () => {
      await saveDesk(world().ctx());
      const ctx = world().ctx(agentActor(await buildAgent(world().ctx())));
      const inbound = await receiveLetter(world().ctx(), letter);
      const [original] = await messagesOf(ctx, inbound.ticketId!);
      const forward = {
        messageId: original!.id,
        to: ['maker@pumps.example'],
        html: '<p>Please look</p>',
        idempotencyKey: 'f',
      };
      const message = await forwardMessage(ctx, forward);
      expect((await forwardMessage(ctx, forward)).id).toBe(message.id);
      await deliverMail(ctx);
      const mails = world().smtp.sent.filter(({ to }) => to.includes('maker@pumps.example'));
      expect(mails).toHaveLength(1);
      const mail = await parseMail(mails[0]!.content);
      expect(mail.subject).toMatch(/^Fwd: |\[#\d+\] Fwd: /);
      expect(mail.html).toMatch(/Please look[\s\S]*Forwarded message[\s\S]*&lt;?|Broken/);
      expect(mail.html).not.toContain('track.example');
      expect(mail.attachments.map(({ name, content }) => [name, Buffer.from(content).toString()])).toEqual([
        ['plan.pdf', 'plan'],
      ]);
      expect(message).toMatchObject({ kind: 'FORWARD', to: ['maker@pumps.example'] });
      expect((await ticketOf(ctx, inbound.ticketId!)).status).toBe('OPEN');
    });

    test('waits and is taken back as a reply is: whom to, words and own files come back, its files stay with it', async () => {
      await saveDesk(world().ctx(), { suppressConfirmations: true }, {}, { undoSeconds: 10 });
      const ctx = world().ctx(agentActor(await buildAgent(world().ctx())));
      const inbound = await receiveLetter(world().ctx(), letter);
      const [original] = await messagesOf(ctx, inbound.ticketId!);
      const [plan] = await ctx.db.findBy(Attachment, { messageId: original!.id });
      const own = await receiveUpload(
        ctx,
        { name: 'own.pdf', mimeType: 'application/pdf' },
        (async function* () {
          yield Buffer.from('own');
        })(),
      );
      const forward = { messageId: original!.id, to: ['maker@pumps.example'], text: 'Please look' };
      const message = await forwardMessage(ctx, { ...forward, attachmentIds: [own.id] });
      const undone = await undoSend(ctx, { messageId: message.id });
      expect(undone.attachments.map(({ id }) => id)).toEqual([own.id]);
      expect(undone.draft).toMatchObject({
        to: ['maker@pumps.example'],
        text: 'Please look',
        forwardOfId: original!.id,
        attachmentIds: [own.id],
        leftOutIds: null,
      });
      expect(await ticketOf(ctx, inbound.ticketId!)).toMatchObject({ status: 'OPEN', messageCount: 1 });
      await forwardMessage(ctx, { ...forward, leftOutIds: [plan!.id], idempotencyKey: 'l' });
      expect(await ctx.db.countBy(Draft, { ticketId: inbound.ticketId! })).toBe(0);
      world().clock.advance({ seconds: 11 });
      await deliverMail(ctx);
      const mails = world().smtp.sent.filter(({ to }) => to.includes('maker@pumps.example'));
      expect(mails).toHaveLength(1);
      expect((await parseMail(mails[0]!.content)).attachments).toEqual([]);
    });

    test('goes to nobody but the given, needs one of them, and does not let encrypted words travel open', async () => {
      await saveDesk(world().ctx());
      const ctx = world().ctx(agentActor(await buildAgent(world().ctx())));
      const inbound = await receiveLetter(world().ctx(), letter);
      const [original] = await messagesOf(ctx, inbound.ticketId!);
      const messageId = original!.id;
      for (const to of [[], ['support@desk.example'], ['no address']])
        await expect(forwardMessage(ctx, { messageId, to })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      const pgp = pgpState({ decrypted: true, encrypted: true });
      await transact(ctx, (ctx) => ctx.db.update(Message, { id: messageId }, { pgp }));
      await expect(forwardMessage(ctx, { messageId, to: ['a@pumps.example'] })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      expect(world().smtp.sent).toEqual([]);
    });
  },
  { handler },
);

describe('the HTML of a mail', () => {
  test('has its styles on each element, and what an element says of itself wins', () => {
    const html = mailDocumentFor('<p>a</p><p style="margin:0" dir="rtl">b</p><td width="5">c</td><pre>d</pre>');
    expect(html).toContain('<p style="margin:0 0 12px">a</p><p style="margin:0 0 12px;margin:0" dir="rtl">b</p>');
    expect(html).toContain('<td style="border:1px solid #c8ccd2;padding:4px 8px;vertical-align:top" width="5">');
    expect(html).not.toMatch(/<style|class=/);
  });

  test('names only its own images, and loads nothing that the letter was kept from loading', () => {
    const id = '0190a0a0-0000-7000-8000-000000000001';
    const { html, shown } = withContentIds(
      `<img src="/a/inline/${id}/${id}"><img src="/a/inline/${id}/other"><img data-blocked-src="https://t.example/x">`,
      (place, name) => (place === name ? `${name}@attached` : null),
    );
    expect(html).toBe(`<img src="cid:${id}@attached"><img ><img>`);
    expect([...shown]).toEqual([`${id}@attached`]);
  });
});
