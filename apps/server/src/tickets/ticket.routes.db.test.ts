import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { buildAgent, saveDesk } from '../../test/factories.ts';
import { productSchema } from '../../test/schema.ts';
import { keepBytes } from '../platform/blobs.ts';
import type { Actor } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { makeHttp } from '../platform/http.ts';
import { Attachment } from './attachment.entity.ts';
import type { Letter, LetterAttachment } from './letter.ts';
import { openTicket } from './open-ticket.ts';
import { pgpState } from './pgp-state.ts';
import { saveDraft } from './save-draft.ts';
import { ticketRoutes } from './ticket.routes.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const actors: Record<string, Actor> = {
  kb: { kind: 'token', tokenId: 't', scopes: new Set(['kb:read' as const]) },
  reader: { kind: 'token', tokenId: 't', scopes: new Set(['tickets:read' as const]) },
};

describeEachDatabase('what letters bring', (world) => {
  let app: FastifyInstance;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const authenticate = async (_services: unknown, { authorization }: { authorization?: string | undefined }) =>
      actors[authorization ?? ''] ?? ({ kind: 'anonymous' } as const);
    ({ app, close } = await makeHttp(world().services, {
      schema: await productSchema(),
      authenticate: authenticate as never,
      routes: [ticketRoutes],
    }));
  });
  afterEach(() => close());

  const get = (url: string, who = 'reader') => app.inject({ url, headers: { host: 'localhost', authorization: who } });
  const ask = async (query: string, who = 'reader') =>
    (
      await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { host: 'localhost', authorization: who },
        payload: { query },
      })
    ).json<{ data: never; errors?: unknown }>();

  async function receive(
    files: { name: string; mimeType: string; content: Buffer }[] = [],
    more: Partial<Letter> = {},
    n = 1,
  ) {
    const ctx = world().ctx();
    return transact(ctx, async (ctx) => {
      const attachments: LetterAttachment[] = [];
      for (const { content, ...file } of files)
        attachments.push({
          ...file,
          sizeBytes: content.length,
          blobId: await keepBytes(ctx, content),
          contentId: null,
          inline: false,
        });
      const now = ctx.clock.now();
      const letter: Letter = {
        inboundMailId: ctx.random.id(now),
        receivedAt: now,
        sentAt: null,
        subject: 'x',
        from: null,
        to: [],
        cc: [],
        text: 'x',
        newText: 'x',
        html: null,
        htmlVersion: 1,
        blockedImages: 0,
        headers: [],
        reasons: [],
        warnings: [],
        pgp: null,
        offeredKeys: [],
        messageIdHeader: null,
        attachments,
        ...more,
      };
      return openTicket(ctx, {
        mailboxId: 'main',
        requester: { email: `u${n}@acme.example`, name: null },
        subject: `Matter ${n}`,
        letter,
      });
    });
  }
  async function attachmentOf(file: { name: string; mimeType: string; content: Buffer }) {
    const { message } = await receive([file]);
    return world().ctx().db.findOneByOrFail(Attachment, { messageId: message.id });
  }

  test.each([
    ['a script', { name: 'a.html', mimeType: 'text/html', content: Buffer.from('<script>alert(1)</script>') }],
    [
      'a drawing that says it is a picture',
      { name: 'a.png', mimeType: 'image/png', content: Buffer.from('<svg xmlns="x" onload="alert(1)"/>') },
    ],
    ['an empty file', { name: 'a.gif', mimeType: 'image/gif', content: Buffer.alloc(0) }],
  ])('is only downloaded: %s', async (_name, file) => {
    const { id } = await attachmentOf(file);
    const answer = await get(`/a/${id}`);
    expect(answer.rawPayload.equals(file.content)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; /),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, no-store',
    });
  });

  test('is shown inline where its first bytes are a picture, whatever it says it is', async () => {
    const { id } = await attachmentOf({ name: 'a.html', mimeType: 'text/html', content: PNG });
    expect((await get(`/a/${id}`)).headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^inline; /),
    });
  });

  test('has a name that no header breaks on', async () => {
    const { id } = await attachmentOf({ name: 'Rechnung "ü"\r\nX-Evil: 1\u202e.pdf', mimeType: 'x/y', content: PNG });
    const { headers } = await get(`/a/${id}`);
    expect(headers['x-evil']).toBeUndefined();
    expect(headers['content-disposition']).toMatch(/^inline; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.%~!-]*$/);
  });

  test('is sent in the part that is asked for', async () => {
    const size = 2 * 1024 * 1024 + 7;
    const content = Buffer.alloc(size, 'abcdefghijk');
    const { id } = await attachmentOf({ name: 'a.bin', mimeType: 'x/y', content });
    for (const [range, status, part, start, count] of [
      ['bytes=0-9', 206, '0-9', 0, 10],
      ['bytes=1048570-1048585', 206, '1048570-1048585', 1048570, 16],
      ['bytes=2097150-', 206, '2097150-2097158', 2097150, 9],
      ['bytes=-7', 206, '2097152-2097158', 2097152, 7],
      ['bytes=0-0,5-6', 200, null, 0, size],
      ['bytes=9-3', 200, null, 0, size],
      ['bytes=-', 200, null, 0, size],
      ['lines=1-2', 200, null, 0, size],
      ['bytes=99999999-', 416, '*', 0, 0],
    ] as const) {
      const headers = { host: 'localhost', authorization: 'reader', range };
      const answer = await app.inject({ url: `/a/${id}`, headers });
      const said = [answer.statusCode, answer.headers['content-range'], answer.headers['content-length']];
      expect([range, ...said]).toEqual([range, status, part ? `bytes ${part}/${size}` : undefined, String(count)]);
      expect(answer.rawPayload.equals(content.subarray(start, start + count))).toBe(true);
      expect(answer.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
    }
  });

  test('keeps what its sender hid out of sight until it is asked for, and struck through then', async () => {
    const { message } = await receive([], { html: '<p>Seen</p><p data-hidden="1" style="font-size:0">Unseen</p>' });
    expect((await get(`/m/${message.id}`)).payload).toContain('[data-hidden]{display:none!important}');
    const shown = (await get(`/m/${message.id}?hidden=1`)).payload;
    expect([shown.includes('display:none'), shown.includes('line-through!important')]).toEqual([false, true]);
    const answer = await ask(`{ ticket(number: 1) { messages { nodes { hidesText } } } }`);
    expect(answer.data).toEqual({ ticket: { messages: { nodes: [{ hidesText: true }] } } });
  });

  test('shows remote images of a sender always to the agent who wishes so, to no other, and never where it came encrypted', async () => {
    const ctx = world().ctx();
    const actorOf = async () => ({
      kind: 'agent' as const,
      agentId: (await buildAgent(ctx)).id,
      sessionId: 's',
      role: 'ASSISTANT' as const,
    });
    actors.mine = await actorOf();
    actors.other = await actorOf();
    const from = { address: 'News@Shop.example', name: null };
    const letters = [
      await receive([], { blockedImages: 1, from }, 1),
      await receive([], { blockedImages: 1, from: { address: 'news@shop.example', name: null } }, 2),
      await receive([], { blockedImages: 1, from, pgp: pgpState({ encrypted: true, decrypted: true }) }, 3),
      await receive([], { blockedImages: 1, from: null }, 4),
    ];
    const set = (at: number, always: boolean, who = 'mine') =>
      ask(
        `mutation { showSenderImages(input: { messageId: "${letters[at]!.message.id}", always: ${always} }) { showsSenderImages } }`,
        who,
      );
    const seen = async (who: string) =>
      (
        (await ask('{ tickets(first: 9) { nodes { messages { nodes { showsSenderImages } } } } }', who)).data as {
          tickets: { nodes: { messages: { nodes: { showsSenderImages: boolean }[] } }[] };
        }
      ).tickets.nodes
        .map(({ messages }) => messages.nodes[0]!.showsSenderImages)
        .filter(Boolean).length;
    for (const at of [2, 3]) expect((await set(at, true)).errors).toBeDefined();
    expect((await set(0, true, 'reader')).errors).toBeDefined();
    for (const _twice of [1, 2])
      expect((await set(0, true)).data).toEqual({ showSenderImages: { showsSenderImages: true } });
    expect([await seen('mine'), await seen('other'), await seen('reader')]).toEqual([2, 0, 0]);
    expect((await set(1, false)).data).toEqual({ showSenderImages: { showsSenderImages: false } });
    expect(await seen('mine')).toBe(0);
  });

  test('is not there for anybody who may not read tickets', async () => {
    const { id } = await attachmentOf({ name: 'a', mimeType: 'x/y', content: PNG });
    const { message } = await receive([], { html: '<p>Hello</p>' });
    for (const url of [`/a/${id}`, `/m/${message.id}`]) {
      expect((await get(url)).statusCode).toBe(200);
      for (const who of ['kb', 'nobody']) expect((await get(url, who)).statusCode).toBe(404);
    }
  });

  test.each([
    '/a/..%2f..%2fetc%2fpasswd',
    "/a/1'%20OR%20'1'='1",
    '/a/00000000-0000-7000-8000-000000000000',
    '/m/x',
    '/a/inline/x/y',
  ])('is not found at %s', async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  });

  test('is a page without script, whose remote images wait for a click', async () => {
    const html = '<p>Hello</p><script>alert(1)</script><img data-blocked-src="https://canary.example/a.png">';
    const { message } = await receive([], { html });
    const [quiet, loud] = [await get(`/m/${message.id}`), await get(`/m/${message.id}?images=1`)];
    expect(quiet.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(quiet.headers['content-security-policy']);
    for (const part of [
      "default-src 'none'",
      "img-src 'self' data:;",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
      'sandbox allow-same-origin',
    ])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/https:|allow-scripts|script-src/);
    expect(String(loud.headers['content-security-policy'])).toContain("img-src 'self' data: https:");
    for (const page of [quiet, loud]) expect(page.payload).not.toContain('<script');
    expect([/ src="https:\/\/canary/.test(quiet.payload), / src="https:\/\/canary/.test(loud.payload)]).toEqual([
      false,
      true,
    ]);
  });

  test('keeps the words of a wide table whole, which scrolls inside it', async () => {
    const { message } = await receive([], { html: '<table><tr><td>Quantity</td></tr></table>' });
    const style = /<style>(.*?)<\/style>/s.exec((await get(`/m/${message.id}`)).payload)?.[1];
    expect(style).toMatch(/body\{[^}]*overflow-x:auto/);
    expect(style).not.toMatch(/anywhere|table\{[^}]*max-width/);
  });

  test('never loads remote images where it came encrypted', async () => {
    const pgp = pgpState({ decrypted: true, encrypted: true, explanation: 'opened' });
    const { message } = await receive([], { html: '<img data-blocked-src="https://canary.example/a.png">', pgp });
    const page = await get(`/m/${message.id}?images=1`);
    expect([
      / src="https:/.test(page.payload),
      String(page.headers['content-security-policy']).includes('https:'),
    ]).toEqual([false, false]);
  });

  test('is listed with the same number of queries for two tickets and for twenty', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const agent = await buildAgent(ctx);
    actors.agent = { kind: 'agent', agentId: agent.id, sessionId: 's', role: 'ADMIN' };
    const file = { name: 'a', mimeType: 'x/y', content: PNG };
    const query =
      '{ tickets(first: 20) { totalCount nodes { number unread requesterTicketCount requesterOpenCount requester { email } assignee { name } highlight { entry } closesAt draft { text } messages(first: 2) { totalCount pageInfo { hasNextPage } nodes { text delivery author { name } attachments { name } } } } } }';
    const counts: number[] = [];
    const { reader } = world().services.database;
    for (const upTo of [2, 20]) {
      for (let n = counts.length === 0 ? 0 : 2; n < upTo; n++) {
        const { ticket } = await receive([file], {}, n);
        if (n === 0) await saveDraft(world().ctx(actors.agent), { ticketId: ticket.id, text: 'Hel' });
      }
      let queries = 0;
      const make = reader.createQueryRunner.bind(reader);
      reader.createQueryRunner = (mode) => {
        const runner = make(mode);
        const run = runner.query.bind(runner) as (...args: unknown[]) => Promise<never>;
        runner.query = ((...args: unknown[]) => (queries++, run(...args))) as never;
        return runner;
      };
      const answer = await ask(query, 'agent');
      reader.createQueryRunner = make;
      expect(answer.errors).toBeUndefined();
      const { tickets } = answer.data as {
        tickets: {
          totalCount: number;
          nodes: {
            number: number;
            requesterTicketCount: number;
            requesterOpenCount: number;
            draft: object | null;
            messages: { totalCount: number; nodes: { attachments: object[] }[] };
          }[];
        };
      };
      expect(tickets.nodes).toHaveLength(upTo);
      for (const node of tickets.nodes)
        expect(node).toMatchObject({
          requesterTicketCount: 1,
          requesterOpenCount: 1,
          messages: {
            totalCount: 1,
            pageInfo: { hasNextPage: false },
            nodes: [{ text: 'x', attachments: [{ name: 'a' }] }],
          },
        });
      expect(tickets.nodes.filter(({ draft }) => draft !== null)).toHaveLength(1);
      counts.push(queries);
    }
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[1]).toBe(counts[0]);
  });
});
