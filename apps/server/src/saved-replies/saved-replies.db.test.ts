import { expect, test } from 'vitest';
import { describeEachDatabase, type TestWorld } from '../../test/context.ts';
import { agentActor, buildAgent, receiveTicket, SUPPORT, saveDesk } from '../../test/factories.ts';
import { understandMail } from '../intake/understand-mail.ts';
import type { UnderstandTask } from '../intake/understood-mail.ts';
import type { Actor, Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { insertRows } from '../platform/plain-rows.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { deleteSavedReply } from './delete-saved-reply.ts';
import { fillSavedReply } from './fill-saved-reply.ts';
import { findSavedReply, listSavedReplies } from './list-saved-replies.ts';
import { MOST_SAVED_REPLIES, saveSavedReply } from './save-saved-reply.ts';
import { SavedReply } from './saved-reply.entity.ts';
import type { SavedReplyInput } from './saved-reply.types.ts';

const handler = (task: never) => understandMail(task as UnderstandTask);
const token = (...scopes: ('tickets:read' | 'tickets:write' | 'kb:write')[]): Actor => ({
  kind: 'token',
  tokenId: 't',
  scopes: new Set(scopes),
});

describeEachDatabase(
  'saved replies',
  (world: () => TestWorld) => {
    const as = (actor: Actor) => world().ctx(actor);
    const assistant = async (name = 'Clara'): Promise<Context> =>
      as(agentActor(await buildAgent(world().ctx(), { name, role: 'ASSISTANT' })));
    const save = (ctx: Context, fields: Partial<SavedReplyInput> = {}) =>
      saveSavedReply(ctx, { name: 'Shipping', reach: 'EVERYBODY', html: '<p>It is on its way.</p>', ...fields });
    const namesOf = async (ctx: Context) => (await listSavedReplies(ctx, { first: 100 })).nodes.map(({ name }) => name);
    const wrongField = (path: string, message: unknown = expect.anything()) => ({
      code: 'INVALID_INPUT',
      fields: [{ path, message }],
    });

    test('those for everybody are seen, changed and deleted by every agent; ones own by oneself alone', async () => {
      const [clara, ravi] = [await assistant('Clara'), await assistant('Ravi')];
      const shared = await save(clara, { name: 'Shipping' });
      const own = await save(clara, { name: 'Warm words', reach: 'MINE' });
      expect(await namesOf(clara)).toEqual(['Shipping', 'Warm words']);
      expect(await namesOf(ravi)).toEqual(['Shipping']);
      expect(await findSavedReply(ravi, own.id)).toBeNull();
      await expect(save(ravi, { id: own.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(deleteSavedReply(ravi, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const changed = await saveSavedReply(ravi, { id: shared.id, html: '<p>Soon there.</p>' });
      expect(changed).toMatchObject({
        name: 'Shipping',
        html: '<p>Soon there.</p>',
        excerpt: 'Soon there.',
        version: 2,
      });
      expect(await deleteSavedReply(ravi, shared.id)).toMatchObject({ name: 'Shipping', html: '<p>Soon there.</p>' });
      expect(await namesOf(clara)).toEqual(['Warm words']);
      await expect(deleteSavedReply(ravi, shared.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    test('programs see and write those for everybody with the scopes of tickets, and have none of their own', async () => {
      await save(await assistant(), { name: 'Warm words', reach: 'MINE' });
      const program = as(token('tickets:read', 'tickets:write'));
      await save(program);
      expect(await namesOf(program)).toEqual(['Shipping']);
      await expect(save(program, { name: 'Mine', reach: 'MINE' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(save(as(token('tickets:read')), { name: 'No' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(namesOf(as(token('kb:write')))).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(namesOf(as({ kind: 'anonymous' }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    test('a name is given once in its reach, upper and lower case being one', async () => {
      const [clara, ravi] = [await assistant('Clara'), await assistant('Ravi')];
      const shared = await save(clara);
      await expect(save(ravi, { name: ' SHIPPING ' })).rejects.toMatchObject(
        wrongField('name', 'There is a saved reply “SHIPPING” for everybody already. Choose another name.'),
      );
      const own = await save(ravi, { reach: 'MINE' });
      await save(clara, { reach: 'MINE' });
      await expect(save(ravi, { name: 'shipping', reach: 'MINE' })).rejects.toMatchObject(wrongField('name'));
      await expect(saveSavedReply(ravi, { id: own.id, reach: 'EVERYBODY' })).rejects.toMatchObject(wrongField('name'));
      expect(await saveSavedReply(ravi, { id: shared.id, name: 'shipping' })).toMatchObject({ name: 'shipping' });
    });

    test('a name has 1 to 100 characters on one line', async () => {
      const ctx = await assistant();
      expect((await save(ctx, { name: 'İ'.repeat(100) })).name).toHaveLength(100);
      expect((await save(ctx, { name: ' Two\r\n lines ' })).name).toBe('Two lines');
      for (const name of ['', ' \n', 'x'.repeat(101), null])
        await expect(save(ctx, { name })).rejects.toMatchObject(wrongField('name'));
    });

    test('its words are cleaned as those of a reply are, and lose their pictures', async () => {
      const { html, excerpt } = await save(await assistant(), {
        html: '<p onclick="x()">Hello <b>you</b><script>x()</script></p><p><a href="javascript:x()">a</a> <img src="/uploads/1" alt="a > b"><img src="https://a.example/b.png"></p>',
      });
      expect(html).toBe('<p>Hello <b>you</b></p><p><a>a</a> </p>');
      expect(excerpt).toBe('Hello you a');
    });

    test('without words, with too many, or for nobody it is not saved', async () => {
      const ctx = await assistant();
      for (const html of ['', '<p> </p>', '<p><img src="https://a.example/b.png"></p>', null, 'x'.repeat(2_000_001)])
        await expect(save(ctx, { html })).rejects.toMatchObject(wrongField('html'));
      await expect(save(ctx, { reach: null })).rejects.toMatchObject(wrongField('reach'));
      expect(await world().ctx().db.count(SavedReply)).toBe(0);
    });

    test('a placeholder that there is not is refused by its name, and so is one in the address of a link', async () => {
      const ctx = await assistant();
      await expect(save(ctx, { html: '<p>Hello {{name}}</p>' })).rejects.toMatchObject(
        wrongField('html', expect.stringContaining('{{name}} here. You can use {{agentName}}, {{supportEmail}}')),
      );
      await expect(save(ctx, { html: '<p><a href="https://a.example/{{number}}">here</a></p>' })).rejects.toMatchObject(
        wrongField('html', expect.stringContaining('address of a link')),
      );
    });

    test('what has changed meanwhile is not written over', async () => {
      const ctx = await assistant();
      const { id, version } = await save(ctx);
      await saveSavedReply(ctx, { id, version, html: '<p>First.</p>' });
      await expect(saveSavedReply(ctx, { id, version, html: '<p>Second.</p>' })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      expect(await findSavedReply(ctx, id)).toMatchObject({ html: '<p>First.</p>', version: 2 });
    });

    test('two who save at once do not write over one another: one of them hears of it', async () => {
      const ctx = await assistant();
      const { id, version } = await save(ctx);
      const outcomes = await Promise.allSettled(
        ['One', 'Two'].map((word) => saveSavedReply(ctx, { id, version, html: `<p>${word}</p>` })),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
    });

    test('there are at most 500 for everybody and 200 of ones own, and the list gives them window by window', async () => {
      const ctx = await assistant();
      const me = (ctx.actor as { agentId: string }).agentId;
      const fill = (ownerId: string, count: number) =>
        transact(world().ctx(), (ctx) =>
          insertRows(
            ctx,
            SavedReply,
            Array.from({ length: count }, (_, n) => ({
              id: ctx.random.id(ctx.clock.now()),
              ownerId,
              name: `Reply ${n}`,
              nameKey: `reply ${n}`,
              html: '<p>x</p>',
              excerpt: 'x',
              version: 1,
              createdAt: ctx.clock.now(),
              updatedAt: ctx.clock.now(),
              updatedById: null,
            })),
          ),
        );
      await fill('', MOST_SAVED_REPLIES.shared - 1);
      await fill(me, MOST_SAVED_REPLIES.own - 1);
      const last = await save(ctx, { reach: 'MINE' });
      await expect(save(ctx, { name: 'One more', reach: 'MINE' })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('200 saved replies of your own'),
      });
      await saveSavedReply(ctx, { id: last.id, reach: 'EVERYBODY' });
      await expect(save(ctx, { name: 'One more' })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('500 saved replies for everybody'),
      });
      expect(await saveSavedReply(ctx, { id: last.id, name: 'Still changed' })).toMatchObject({ version: 3 });

      const seen = new Set<string>();
      let after: string | null = null;
      do {
        const window = await listSavedReplies(ctx, { first: 100, after });
        expect(window.totalCount).toBe(699);
        for (const { id } of window.nodes) seen.add(id);
        after = window.pageInfo.hasNextPage ? window.pageInfo.endCursor : null;
      } while (after);
      expect(seen.size).toBe(699);
    });

    test('is filled in for a ticket with escaped values; what is not known stays as a gap to be seen', async () => {
      await saveDesk(world().ctx(), { suppressConfirmations: true });
      const ctx = await assistant('Clara & Co');
      const html =
        '<p>Dear {{requesterName}}, your #{{ number }} “{{subject}}”.</p><p>{{agentName}}, {{supportEmail}}</p>';
      const saved = await save(ctx, { html });
      const ticket = await receiveTicket(ctx, { from: '"Anna <3" <anna@acme.example>', subject: 'A {{number}} & B' });
      expect(await fillSavedReply(ctx, saved, ticket.id)).toBe(
        `<p>Dear Anna &#60;3, your #${ticket.number} “A {{number}} &#38; B”.</p><p>Clara &#38; Co, ${SUPPORT}</p>`,
      );
      const nameless = await receiveTicket(ctx, { from: 'nn@acme.example' });
      await transact(ctx, (ctx) => ctx.db.update(Ticket, { id: nameless.id }, { encrypted: true }));
      expect(await fillSavedReply(ctx, saved, nameless.id)).toContain(
        `Dear {{requesterName}}, your #${nameless.number} “{{subject}}”.`,
      );
      const program = as(token('tickets:read'));
      expect(await fillSavedReply(program, saved, null)).toBe(
        `<p>Dear {{requesterName}}, your #{{ number }} “{{subject}}”.</p><p>{{agentName}}, ${SUPPORT}</p>`,
      );
      await expect(fillSavedReply(ctx, saved, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });
  },
  { handler },
);
