import { wkdPaths } from '@support-center/pgp';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { describeEachDatabase, type TestWorld } from '../../test/context.ts';
import { agentActor, buildAgent, messagesOf, receiveLetter, saveDesk, ticketOf } from '../../test/factories.ts';
import { CARLA, encrypted, fixture, giveDeskKey, letter, multipart, sealFor, text } from '../../test/pgp-letters.ts';
import { productSchema } from '../../test/schema.ts';
import type { Actor, Context } from '../platform/context.ts';
import { makeHttp } from '../platform/http.ts';
import { wkdRoutes } from '../settings/wkd.routes.ts';
import { Attachment } from '../tickets/attachment.entity.ts';
import { listTickets } from '../tickets/list-tickets.ts';
import { keysOfAddress } from '../tickets/requester-keys.ts';
import { intakeRoutes } from './intake.routes.ts';
import { countUnopened, retryAllDecryption, retryDecryption, trustRequesterKey } from './retry-decryption.ts';
import { understandMail } from './understand-mail.ts';

const SUBJECT = 'Merger with Acme';
const INNER = `Content-Type: multipart/mixed; boundary=in; protected-headers="v1"\r\nSubject: ${SUBJECT}\r\n\r\n--in\r\n${text('The inner words.')}\r\n--in\r\nContent-Type: text/csv; name="list.csv"\r\nContent-Disposition: attachment; filename="list.csv"\r\n\r\na;b\r\n--in--\r\n`;

async function receive(ctx: Context, bytes: Buffer) {
  const mail = await receiveLetter(ctx, bytes);
  const message = (await messagesOf(ctx, mail.ticketId!)).filter(({ kind }) => kind === 'INBOUND').at(-1)!;
  return { ticketId: mail.ticketId!, message };
}

const sealedLetter = async (subject = '...') => letter(encrypted(await sealFor(INNER)), { Subject: subject });

describeEachDatabase(
  'a letter that could not be opened',
  (world) => {
    const begin = async (settings = {}) => {
      world().clock.set('2027-01-15T12:00:00.000Z');
      const ctx = world().ctx();
      await saveDesk(ctx, { suppressConfirmations: true, ...settings });
      return ctx;
    };

    test('opens by Try again once its key is there: words, subject, attachments, list row', async () => {
      const ctx = await begin();
      const { message, ticketId } = await receive(ctx, await sealedLetter());
      expect(await countUnopened(ctx)).toEqual({ count: 1, keyLocked: 0 });
      expect((await retryDecryption(ctx, message.id)).pgp).toMatchObject({ failure: 'NO_KEY' });
      await giveDeskKey(ctx, 'support');
      const opened = await retryDecryption(ctx, message.id);
      expect(opened).toMatchObject({ subject: SUBJECT, text: 'The inner words.', pgpFailedAt: null });
      expect(opened.pgp).toMatchObject({ decrypted: true, failure: null });
      expect(await ticketOf(ctx, ticketId)).toMatchObject({
        subject: SUBJECT,
        subjectKey: 'merger with acme',
        snippet: 'The inner words.',
        attachmentCount: 1,
      });
      const files = await ctx.db.findBy(Attachment, { messageId: message.id });
      expect(files.map(({ name }) => name)).toEqual(['list.csv']);
      await retryDecryption(ctx, message.id);
      expect((await ticketOf(ctx, ticketId)).attachmentCount).toBe(1);
      expect(await countUnopened(ctx)).toEqual({ count: 0, keyLocked: 0 });
    });

    test('says which ticket it may belong to by what is inside', async () => {
      const ctx = await begin();
      const first = await receive(ctx, letter(text('Hello.'), { Subject: SUBJECT }));
      const second = await receive(ctx, await sealedLetter());
      expect(second.ticketId).not.toBe(first.ticketId);
      await giveDeskKey(ctx, 'support');
      const { reasons, ticketId } = await retryDecryption(ctx, second.message.id);
      expect([reasons.join(), ticketId]).toEqual([expect.stringContaining('may belong to #1'), second.ticketId]);
    });

    test('is tried with all others; administrators alone may do so, and those for a locked key are counted', async () => {
      const ctx = await begin();
      await giveDeskKey(ctx, 'support', 'not the phrase');
      await receive(ctx, await sealedLetter('One matter'));
      await receive(ctx, letter(encrypted(fixture('enc-for-stranger.asc')), { Subject: 'Another matter' }));
      expect(await countUnopened(ctx)).toEqual({ count: 2, keyLocked: 1 });
      const agent = await buildAgent(ctx, { role: 'ASSISTANT' });
      await expect(retryAllDecryption(world().ctx(agentActor(agent)))).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await giveDeskKey(ctx, 'support');
      expect(await retryAllDecryption(ctx)).toEqual({ tried: 2, opened: 1 });
      expect(await countUnopened(ctx)).toEqual({ count: 1, keyLocked: 0 });
    });

    test('has its signature checked as soon as an agent trusts the key that came with it', async () => {
      const ctx = await begin();
      await giveDeskKey(ctx, 'support');
      const { message } = await receive(ctx, letter(encrypted(fixture('enc-signed.asc'))));
      expect(message.pgp).toMatchObject({ signature: 'UNKNOWN_KEY' });
      const key = `Content-Type: application/pgp-keys; name="k.asc"\r\n\r\n${fixture('carla.pub.asc')}`;
      const { ticketId } = await receive(
        ctx,
        letter(multipart('multipart/mixed', [text('My key.'), key]), { Subject: 'My key' }),
      );
      const [offer] = await keysOfAddress(ctx, CARLA);
      await trustRequesterKey(ctx, offer!.id);
      const [again] = await messagesOf(ctx, message.ticketId);
      expect(again!.pgp).toMatchObject({ decrypted: true, signature: 'VALID' });
      expect((await messagesOf(ctx, ticketId))[0]!.pgp).toBeNull();
    });

    test('keeps its text or goes without it as it was stored, when it is read again under another setting', async () => {
      const ctx = await begin();
      await giveDeskKey(ctx, 'support');
      const kept = await receive(ctx, await sealedLetter('Outer words'));
      await saveDesk(ctx, { suppressConfirmations: true, keepOpenedText: false });
      const stays = { subject: SUBJECT, text: 'The inner words.' };
      expect(await retryDecryption(ctx, kept.message.id)).toMatchObject({ ...stays, pgp: { textIsKept: true } });
      expect(await ctx.db.countBy(Attachment, { messageId: kept.message.id })).toBe(1);
      expect(await ticketOf(ctx, kept.ticketId)).toMatchObject({ subject: SUBJECT, snippet: 'The inner words.' });
      const unkept = await receive(ctx, await sealedLetter('Other words'));
      await saveDesk(ctx, { suppressConfirmations: true, keepOpenedText: true });
      expect(await retryDecryption(ctx, unkept.message.id)).toMatchObject({ subject: 'Other words', text: '' });
      await giveDeskKey(ctx, 'support', 'not the phrase');
      expect(await retryDecryption(ctx, kept.message.id)).toMatchObject({ ...stays, pgp: { decrypted: true } });
    });

    test('leaves nothing opened behind where opened text is not kept, and is opened for reading', async () => {
      const ctx = await begin({ keepOpenedText: false });
      await giveDeskKey(ctx, 'support');
      const { message, ticketId } = await receive(ctx, await sealedLetter('Outer words'));
      const ticket = await ticketOf(ctx, ticketId);
      expect(message).toMatchObject({ subject: 'Outer words', text: '', newText: '', html: null });
      expect(message.pgp).toMatchObject({ decrypted: true, textIsKept: false });
      expect(ticket).toMatchObject({ subject: 'Outer words', snippet: '', encrypted: true });
      expect(await ctx.db.countBy(Attachment, { messageId: message.id })).toBe(0);
      const everything = JSON.stringify([message, ticket]);
      for (const word of ['inner words', SUBJECT, 'list.csv']) expect(everything).not.toContain(word);
      expect(await listTickets(ctx, { search: 'inner words' }, { first: 5, after: null })).toMatchObject({
        totalCount: 0,
      });

      const { app, close } = await serve(world(), { kind: 'system' });
      const query = `{ openedMessage(messageId: "${message.id}") { subject text attachments { name url } } }`;
      const answer = await app.inject({ method: 'POST', url: '/graphql', headers: TOKEN, payload: { query } });
      expect(answer.json().data.openedMessage).toEqual({
        subject: SUBJECT,
        text: 'The inner words.',
        attachments: [{ name: 'list.csv', url: `/opened/${message.id}/0` }],
      });
      const file = await app.inject({ url: `/opened/${message.id}/0`, headers: TOKEN });
      expect([file.payload.trim(), file.headers['content-type']]).toEqual(['a;b', 'application/octet-stream']);
      expect((await app.inject({ url: `/opened/${message.id}/7`, headers: TOKEN })).statusCode).toBe(404);
      await close();
      const stranger = await serve(world(), { kind: 'anonymous' });
      expect((await stranger.app.inject({ url: `/opened/${message.id}/0` })).statusCode).toBe(404);
      await stranger.close();
    });
  },
  { handler: (task) => understandMail(task) },
);

const TOKEN = { authorization: 'Bearer x' };

async function serve(world: TestWorld, actor: Actor): Promise<{ app: FastifyInstance; close(): Promise<void> }> {
  const schema = await productSchema();
  return makeHttp(world.services, { schema, authenticate: async () => actor, routes: [intakeRoutes, wkdRoutes] });
}

describeEachDatabase(
  'the Web Key Directory',
  (world) => {
    let close = async () => {};
    afterEach(() => close());

    test('gives our public key by both methods to everybody, and no other', async () => {
      const ctx = world().ctx();
      await giveDeskKey(ctx, 'support');
      await giveDeskKey(ctx, 'expired');
      const http = await serve(world(), { kind: 'anonymous' });
      close = http.close;
      const paths = wkdPaths('support@desk.test');
      for (const url of [`${paths.direct}?l=support`, paths.advanced]) {
        const answer = await http.app.inject({ url });
        expect([
          answer.statusCode,
          answer.headers['content-type'],
          answer.headers['access-control-allow-origin'],
        ]).toEqual([200, 'application/octet-stream', '*']);
        expect(answer.rawPayload[0]! & 0xc0).toBeGreaterThan(0x7f);
        expect(answer.rawPayload.includes('PRIVATE')).toBe(false);
      }
      expect(await http.app.inject({ url: paths.policy })).toMatchObject({ statusCode: 200, payload: '' });
      for (const address of ['nobody@desk.test', 'expired@desk.test'])
        expect((await http.app.inject({ url: wkdPaths(address).direct })).statusCode).toBe(404);
      expect((await http.app.inject({ url: wkdPaths('support@other.test').advanced })).statusCode).toBe(404);
      expect((await http.app.inject({ url: `${paths.direct.slice(0, -1)}%00` })).statusCode).toBe(404);
    });

    test('answers one address a hundred and twenty times a minute', async () => {
      const http = await serve(world(), { kind: 'anonymous' });
      close = http.close;
      const codes: number[] = [];
      for (let n = 0; n < 121; n++)
        codes.push((await http.app.inject({ url: wkdPaths('a@b.test').policy })).statusCode);
      expect([codes[119], codes[120]]).toEqual([200, 429]);
    });
  },
  { only: 'sqlite' },
);
