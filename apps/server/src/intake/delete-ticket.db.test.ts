import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import {
  agentActor,
  buildAgent,
  deliverMail,
  letterBytes,
  messagesOf,
  receiveLetter,
  receiveTicket,
  runDue,
  saveDesk,
  storeLetter,
  ticketOf,
} from '../../test/factories.ts';
import { Session } from '../accounts/session.entity.ts';
import { ArticleFeedback } from '../knowledge-base/article-feedback.entity.ts';
import { ArticleSequence } from '../knowledge-base/article-sequence.entity.ts';
import { setLearnt } from '../knowledge-base/learn-from-tickets.ts';
import { saveArticle } from '../knowledge-base/save-article.ts';
import { saveKnowledgeBase } from '../knowledge-base/save-knowledge-base.ts';
import { claimMails } from '../outbound/claim-mails.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { mayRetry } from '../outbound/retry-mail.ts';
import { MailLedger } from '../outbound/settle-mails.ts';
import { BlobRow } from '../platform/blob.entity.ts';
import { keepBlob, receiveBlob } from '../platform/blobs.ts';
import type { Actor, Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { onEvent, relayEvents } from '../platform/events.ts';
import { namingColumns, releaseBlobs, removeReleasedBlobs } from '../platform/release-blobs.ts';
import { addNote } from '../tickets/add-note.ts';
import { Attachment } from '../tickets/attachment.entity.ts';
import { DeletedTicket } from '../tickets/deleted-ticket.entity.ts';
import { learnFromTicket } from '../tickets/learn-from-ticket.job.ts';
import { markTicketRead } from '../tickets/mark-ticket-read.ts';
import { mergeTickets } from '../tickets/merge-tickets.ts';
import { Message } from '../tickets/message.entity.ts';
import { replyToTicket } from '../tickets/reply-to-ticket.ts';
import { Requester } from '../tickets/requester.entity.ts';
import { retryOutgoing } from '../tickets/retry-delivery.ts';
import { saveDraft } from '../tickets/save-draft.ts';
import { splitMessage } from '../tickets/split-message.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { ticketSettled } from '../tickets/ticket.events.ts';
import { TicketEvent } from '../tickets/ticket-event.entity.ts';
import { undoTicketEvent } from '../tickets/undo-ticket-event.ts';
import { Upload } from '../tickets/upload.entity.ts';
import { receiveUpload, sweepUploads } from '../tickets/uploads.ts';
import { deleteTicket } from './delete-ticket.ts';
import { dryRunMail } from './dry-run-mail.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { processBatch } from './process-mail.job.ts';
import { understandMail } from './understand-mail.ts';
import type { UnderstandTask } from './understood-mail.ts';

const handler = (task: never) => understandMail(task as UnderstandTask);
/** Stands in everything that must be gone. */
const WORD = 'zorkmid';
/** Belongs to somebody else. */
const OTHER = 'quokka';

describeEachDatabase(
  'a deleted ticket',
  (world) => {
    let ctx: Context;
    let dana: Context;

    beforeEach(async () => {
      ctx = world().ctx();
      await saveDesk(ctx, { suppressConfirmations: true });
      const agent = await buildAgent(ctx, { name: 'Dana' });
      dana = world().ctx(agentActor(agent));
      const at = ctx.clock.now();
      await transact(ctx, (ctx) =>
        ctx.db.insert(Session, {
          tokenHash: 'session',
          agentId: agent.id,
          createdAt: at,
          lastUsedAt: at,
          expiresAt: at,
        }),
      );
    });

    const remove = (ticket: Pick<Ticket, 'id'>) => deleteTicket(dana, { ticketId: ticket.id });
    const sweep = () => runDue(ctx, removeReleasedBlobs);

    /** Every table that still holds the word, in text or in bytes. */
    async function tablesWith(word: string): Promise<string[]> {
      const found: string[] = [];
      for (const { tableName } of ctx.db.connection.entityMetadatas) {
        const rows: Record<string, unknown>[] = await ctx.db.query(
          `SELECT * FROM ${ctx.db.connection.driver.escape(tableName)}`,
        );
        const holds = (value: unknown) =>
          Buffer.isBuffer(value) || value instanceof ArrayBuffer
            ? Buffer.from(value as ArrayBuffer).includes(word)
            : String(value).includes(word);
        if (rows.some((row) => Object.values(row).some(holds))) found.push(tableName);
      }
      return found;
    }

    /** Whether the embedded database's file holds the word anywhere, in pages that are free too. */
    async function fileHolds(word: string): Promise<boolean> {
      const { writer } = world().services.database;
      await writer.query('PRAGMA wal_checkpoint(TRUNCATE)');
      return readFileSync(String(writer.options.database)).includes(word);
    }

    const sendUp = (ctx: Context, words: string) =>
      receiveUpload(
        ctx,
        { name: 'a.txt', mimeType: 'text/plain' },
        (async function* () {
          yield Buffer.from(words);
        })(),
      );
    const strangerNextDoor = async () =>
      world().ctx({ ...agentActor(await buildAgent(ctx)), sessionId: 'another session' } as Actor);

    /** A letter with a file, as bytes. */
    const withFile = (id: string, file: string, words = WORD) =>
      letterBytes({
        id,
        subject: `About ${words}`,
        headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
        text: `--b\r\nContent-Type: text/plain\r\n\r\n${words} and more ${id}\r\n--b\r\nContent-Type: application/octet-stream; name="${words}.bin"\r\nContent-Disposition: attachment; filename="${words}.bin"\r\n\r\n${file}\r\n--b--`,
      });

    test('takes everything along that was written in it, and leaves no word behind', async () => {
      const mail = await receiveLetter(ctx, withFile('a@acme.example', `file of ${WORD}`));
      const ticketId = mail.ticketId!;
      await receiveLetter(ctx, {
        subject: `Re: About ${WORD}`,
        text: `More ${WORD}`,
        headers: ['In-Reply-To: <a@acme.example>', `Cc: Carl <carl@${WORD}.example>`],
      });
      await addNote(dana, { ticketId, text: `Note ${WORD}` });
      await replyToTicket(dana, { ticketId, text: `Answer ${WORD}` });
      const file = await sendUp(dana, `waits ${WORD}`);
      const others = await sendUp(await strangerNextDoor(), `of ${OTHER}`);
      await saveDraft(dana, { ticketId, text: `Draft ${WORD}`, isNote: false, attachmentIds: [file.id, others.id] });
      await markTicketRead(dana, { ticketId, read: true });
      await deliverMail(ctx);
      if (world().dialect === 'sqlite') expect(await fileHolds(WORD)).toBe(true);
      expect((await tablesWith(WORD)).length).toBeGreaterThan(6);
      const { number } = await ticketOf(ctx, ticketId);

      expect(await deleteTicket(dana, { ticketId })).toMatchObject({ id: ticketId, number, deletedBy: 'Dana' });
      await sweep();

      expect(await tablesWith(WORD)).toEqual([]);
      expect(await tablesWith(OTHER)).toEqual(['blob_chunk']);
      if (world().dialect === 'sqlite') expect(await fileHolds(WORD)).toBe(false);
      for (const entity of [Ticket, Message, Attachment]) expect(await ctx.db.count(entity)).toBe(0);
      expect(await ctx.db.countBy(Requester, { email: 'anna@acme.example' })).toBe(1);
      expect(world().log.lines.join('\n')).not.toContain(WORD);
    });

    test('leaves its letters in the ledger, each with its fate and the reason, and none is collected again', async () => {
      const bytes = letterBytes({ subject: WORD, id: 'once@acme.example' });
      const before = await storeLetter(ctx, bytes, 'uid-of-server');
      await processBatch(ctx);
      const { ticketId } = await ctx.db.findOneByOrFail(InboundMail, { id: before.id });
      const { number } = await remove({ id: ticketId! });

      const kept = await ctx.db.findOneByOrFail(InboundMail, { id: before.id });
      expect(kept).toMatchObject({
        fate: 'TICKETED',
        reason: `its ticket #${number} was deleted by Dana on 2 March 2026`,
        messageId: '<once@acme.example>',
        sha256: before.sha256,
        subject: null,
        fromAddress: null,
        bodyHash: null,
        forgottenAt: ctx.clock.now(),
      });
      await storeLetter(ctx, bytes, 'uid-of-server');
      await storeLetter(ctx, bytes, 'another-uid');
      expect(await processBatch(ctx)).toBe(0);
      expect([await ctx.db.count(InboundMail), await ctx.db.count(Ticket)]).toEqual([1, 0]);
      await expect(dryRunMail(dana, { inboundMailId: before.id })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('deleted by Dana'),
      });
    });

    test.each([
      ['our signed id', (ours: string) => [`In-Reply-To: ${ours}`], 'x'],
      ['the id of its first letter', () => ['In-Reply-To: <first@acme.example>'], 'x'],
      ['its tag', () => [], 'tag'],
    ] as const)('makes an answer by %s a new ticket that says why', async (_by, headers, subject) => {
      const ticket = await receiveTicket(ctx, { id: 'first@acme.example', subject: 'Printer' });
      await replyToTicket(dana, { ticketId: ticket.id, text: 'Use water.' });
      await deliverMail(ctx);
      const { messageId } = await ctx.db.findOneByOrFail(OutgoingMail, { kind: 'REPLY' });
      await remove(ticket);
      const answer = await receiveLetter(ctx, {
        subject: subject === 'tag' ? `Re: Printer [#${ticket.number}]` : subject,
        headers: [...headers(messageId)],
      });
      expect(answer.fate).toBe('TICKETED');
      expect(answer.ticketId).not.toBe(ticket.id);
      expect(answer.reason).toContain(`#${ticket.number} was passed over: it was deleted by Dana on 2 March 2026`);
      expect((await ticketOf(ctx, answer.ticketId!)).number).toBeGreaterThan(ticket.number);
    });

    test('is not brought back by an absence note or a delivery report, which stay in the ledger', async () => {
      const ticket = await receiveTicket(ctx, { id: 'first@acme.example' });
      await replyToTicket(dana, { ticketId: ticket.id, text: 'Use water.' });
      await deliverMail(ctx);
      const { messageId } = await ctx.db.findOneByOrFail(OutgoingMail, { kind: 'REPLY' });
      await remove(ticket);
      const note = await receiveLetter(ctx, {
        subject: 'Out of office',
        headers: [`In-Reply-To: ${messageId}`, 'Auto-Submitted: auto-replied'],
      });
      expect(note).toMatchObject({
        fate: 'BLOCKED',
        reason: expect.stringContaining(`#${ticket.number}, which was deleted`),
      });
      expect(await ctx.db.count(Ticket)).toBe(0);
    });

    test('withdraws its mails that wait, and keeps of the sent ones what a report needs', async () => {
      const ticket = await receiveTicket(ctx);
      await replyToTicket(dana, { ticketId: ticket.id, text: 'Sent.' });
      await deliverMail(ctx);
      await replyToTicket(dana, { ticketId: ticket.id, text: 'Waits.' });
      await remove(ticket);
      world().clock.advance({ days: 1 });
      await deliverMail(ctx);
      expect(world().smtp.sent).toHaveLength(1);
      const [sent, waited] = await ctx.db.find(OutgoingMail, { order: { id: 'ASC' } });
      expect(sent).toMatchObject({ state: 'SENT', subject: null, recipients: ['anna@acme.example'] });
      expect(waited).toMatchObject({
        state: 'DISCARDED',
        subject: null,
        detail: `Not sent: its ticket #${ticket.number} was deleted by Dana on 2 March 2026.`,
      });
      await sweep();
      const { rawBlobId } = (await ctx.db.find(InboundMail))[0]!;
      expect([sent!.blobId, waited!.blobId, rawBlobId, await ctx.db.count(BlobRow)]).toEqual(['', '', '', 0]);
    });

    test('cannot have a mail of it sent again, and the refusal says why', async () => {
      const ticket = await receiveTicket(ctx);
      await replyToTicket(dana, { ticketId: ticket.id, text: 'Never arrives.' });
      await transact(ctx, (ctx) =>
        ctx.db.update(OutgoingMail, { kind: 'REPLY' }, { state: 'FAILED', detail: '550 no' }),
      );
      await remove(ticket);
      const mail = await ctx.db.findOneByOrFail(OutgoingMail, { kind: 'REPLY' });
      expect([mail.state, mail.detail, mayRetry(mail)]).toEqual(['FAILED', '550 no', false]);
      await expect(retryOutgoing(dana, mail.id)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('with its ticket or mailing'),
      });
    });

    test('takes back a mail that was claimed and not begun, and waits for one whose body is under way', async () => {
      const ticket = await receiveTicket(ctx);
      await replyToTicket(dana, { ticketId: ticket.id, text: 'Claimed.' });
      const [mail] = await claimMails(ctx, 'sender-1', { urgent: 1, bulk: 0 }, null);
      await transact(ctx, (ctx) => ctx.db.update(OutgoingMail, { id: mail!.id }, { phase: 'DATA' }));
      await expect(remove(ticket)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('Nothing was deleted'),
      });
      expect(await messagesOf(ctx, ticket.id)).toHaveLength(2);
      expect(await ctx.db.count(DeletedTicket)).toBe(0);

      await transact(ctx, (ctx) => ctx.db.update(OutgoingMail, { id: mail!.id }, { phase: 'CONNECT' }));
      await remove(ticket);
      await expect(new MailLedger(ctx).beginBody(mail!)).rejects.toThrow('taken away');
      expect((await ctx.db.findOneByOrFail(OutgoingMail, { id: mail!.id })).state).toBe('DISCARDED');
    });

    test('takes along the tickets that were merged into it; one that was merged itself is refused', async () => {
      const into = await receiveTicket(ctx, { subject: 'One' });
      const merged = await receiveTicket(ctx, { subject: `Two ${WORD}`, from: 'ben@other.example' });
      const first = await receiveTicket(ctx, { subject: `Three ${WORD}`, from: 'cleo@other.example' });
      await mergeTickets(dana, { ticketId: first.id, intoTicketId: merged.id });
      await mergeTickets(dana, { ticketId: merged.id, intoTicketId: into.id });
      await expect(remove(merged)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining(`was merged into #${into.number}`),
      });
      expect(await ctx.db.count(Ticket)).toBe(3);

      await remove(into);
      await sweep();
      expect([await ctx.db.count(Ticket), await ctx.db.count(Message), await ctx.db.count(TicketEvent)]).toEqual([
        0, 0, 0,
      ]);
      expect((await ctx.db.find(DeletedTicket, { order: { number: 'ASC' } })).map(({ number }) => number)).toEqual([
        into.number,
        merged.number,
        first.number,
      ]);
      expect(await tablesWith(WORD)).toEqual([]);
    });

    test('leaves a ticket that was split off it, without the link, and its history says so', async () => {
      const ticket = await receiveTicket(ctx, { id: 'first@acme.example', subject: 'Printer' });
      await receiveLetter(ctx, {
        subject: 'Re: Printer',
        text: 'Coffee',
        headers: ['In-Reply-To: <first@acme.example>'],
      });
      const event = await splitMessage(dana, { messageId: (await messagesOf(ctx, ticket.id))[1]!.id });
      await remove(ticket);
      const split = await ticketOf(ctx, event.otherTicketId!);
      expect(split).toMatchObject({ linkedToTicketId: null, messageCount: 1 });
      expect(await messagesOf(ctx, split.id)).toMatchObject([{ newText: 'Coffee' }]);
      expect(await ctx.db.find(TicketEvent)).toMatchObject([{ id: event.id, address: null }]);
      await expect(undoTicketEvent(dana, { eventId: event.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await messagesOf(ctx, split.id)).toHaveLength(1);

      await remove(split);
      expect([await ctx.db.count(Ticket), await ctx.db.count(Message)]).toEqual([0, 0]);
    });

    test('is forgotten by the articles that learnt from it, also when one is learning right now', async () => {
      const base = await saveKnowledgeBase(dana, { name: 'Help' });
      const article = await saveArticle(dana, { knowledgeBaseId: base.id, title: 'Fuser', body: 'x', published: true });
      const ticket = await receiveTicket(ctx);
      const learn = () => setLearnt(ctx, 'ANSWERED', ticket.id, { articleIds: [article.id], text: WORD });
      await learn();
      const version = async () => (await ctx.db.find(ArticleSequence))[0];
      const before = await version();
      await remove(ticket);
      expect(await ctx.db.countBy(ArticleFeedback, { ticketId: ticket.id })).toBe(0);
      expect(await version()).not.toEqual(before);

      await learn(); // a job that had read the ticket before it was deleted
      await relayEvents(ctx, [onEvent(ticketSettled, learnFromTicket)]);
      await runDue(ctx, learnFromTicket);
      expect(await ctx.db.countBy(ArticleFeedback, { ticketId: ticket.id })).toBe(0);
    });

    test('leaves bytes that something else names, until that goes too', async () => {
      const one = await receiveLetter(ctx, withFile('one@acme.example', 'the same file', 'first'));
      const other = await receiveLetter(ctx, withFile('two@acme.example', 'the same file', 'second'));
      const [file] = await ctx.db.findBy(Attachment, { ticketId: one.ticketId! });
      const [copy] = await ctx.db.findBy(Attachment, { ticketId: other.ticketId! });
      expect(copy!.blobId).toBe(file!.blobId);
      await remove({ id: one.ticketId! });
      await sweep();
      expect(await ctx.db.countBy(BlobRow, { id: file!.blobId })).toBe(1);
      await remove({ id: other.ticketId! });
      await sweep();
      expect(await ctx.db.count(BlobRow)).toBe(0);
    });

    test('gives up no bytes that somebody is keeping at this moment', async () => {
      const bytes = Buffer.from('kept meanwhile');
      const received = await receiveBlob(ctx, [bytes], 100);
      const blobId = await transact(ctx, (ctx) => keepBlob(ctx, received));
      let go = () => {};
      const gate = new Promise<void>((resolve) => {
        go = resolve;
      });
      let begun = () => {};
      const locked = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const keeping = transact(ctx, async (ctx) => {
        const id = await keepBlob(ctx, received);
        begun();
        await gate;
        const now = ctx.clock.now();
        const upload = { id: ctx.random.id(now), owner: 'x', name: 'x', mimeType: 'text/plain', sizeBytes: 14 };
        await ctx.db.insert(Upload, { ...upload, blobId: id, createdAt: now });
      });
      await locked;
      const releasing = transact(ctx, (ctx) => releaseBlobs(ctx, [blobId]));
      go();
      await Promise.all([keeping, releasing]);
      await sweep();
      expect(await ctx.db.findOneBy(BlobRow, { id: blobId })).toMatchObject({ sha256: received.sha256 });
    });

    test('needs no file that was sent up and forgotten: its bytes go with the day', async () => {
      await sendUp(dana, WORD);
      world().clock.advance({ hours: 25 });
      expect(await sweepUploads(ctx)).toBe(1);
      await sweep();
      expect(await ctx.db.count(BlobRow)).toBe(0);
    });

    test('takes no draft that is saved at the same moment', async () => {
      const ticket = await receiveTicket(ctx);
      await Promise.allSettled([
        ...Array.from({ length: 4 }, (_, i) => saveDraft(dana, { ticketId: ticket.id, text: `${WORD} ${i}` })),
        remove(ticket),
        ...Array.from({ length: 4 }, (_, i) => saveDraft(dana, { ticketId: ticket.id, text: `${WORD} late ${i}` })),
      ]);
      expect(await tablesWith(WORD)).toEqual([]);
    });

    test('knows every column that names bytes', () => {
      expect(
        namingColumns(ctx)
          .map(({ entity, column }) => `${(entity as { name: string }).name}.${column}`)
          .sort(),
      ).toEqual(['Attachment.blobId', 'InboundMail.rawBlobId', 'OutgoingMail.blobId', 'Upload.blobId']);
    });

    test('may be deleted by administrators alone, and by no token', async () => {
      const ticket = await receiveTicket(ctx);
      const assistant = world().ctx(agentActor(await buildAgent(ctx, { role: 'ASSISTANT' })));
      const token = world().ctx({
        kind: 'token',
        tokenId: 't',
        scopes: new Set(['tickets:read', 'tickets:write', 'settings:write']),
      } as never);
      for (const [actor, code] of [
        [assistant, 'FORBIDDEN'],
        [token, 'FORBIDDEN'],
        [world().ctx({ kind: 'anonymous' }), 'UNAUTHENTICATED'],
      ] as const)
        await expect(deleteTicket(actor, { ticketId: ticket.id })).rejects.toMatchObject({ code });
      expect(await messagesOf(ctx, ticket.id)).toHaveLength(1);
      await expect(remove({ id: ctx.random.id(ctx.clock.now()) })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    test('asked for twice, or by two at once, is deleted once', async () => {
      const ticket = await receiveTicket(ctx);
      const answers = await Promise.all([remove(ticket), remove(ticket), remove(ticket)]);
      expect(new Set(answers.map(({ number }) => number))).toEqual(new Set([ticket.number]));
      expect(await ctx.db.count(DeletedTicket)).toBe(1);
    });

    test('with more messages than one statement takes goes whole', async () => {
      const ticket = await receiveTicket(ctx, { subject: WORD });
      const [letter] = await messagesOf(ctx, ticket.id);
      await transact(ctx, async (ctx) => {
        for (let at = 0; at < 1200; at += 100)
          await ctx.db.insert(
            Message,
            Array.from({ length: 100 }, () => ({
              ...letter!,
              id: ctx.random.id(ctx.clock.now()),
              inboundMailId: null,
              kind: 'NOTE' as const,
            })),
          );
      });
      await remove(ticket);
      expect(await ctx.db.count(Message)).toBe(0);
    });

    test('of an unknown sender takes that requester along', async () => {
      const mail = await receiveLetter(ctx, Buffer.from('Subject: Who am I\r\n\r\nNobody knows.\r\n'));
      await remove({ id: mail.ticketId! });
      expect(await ctx.db.count(Requester)).toBe(0);
    });
  },
  { handler },
);
