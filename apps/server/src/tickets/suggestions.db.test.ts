import { beforeEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent, receiveTicket, runDue, saveDesk, ticketOf } from '../../test/factories.ts';
import { understandMail } from '../intake/understand-mail.ts';
import type { Article } from '../knowledge-base/article.entity.ts';
import { ArticleFeedback } from '../knowledge-base/article-feedback.entity.ts';
import { deleteArticle } from '../knowledge-base/delete-article.ts';
import { makeFollower } from '../knowledge-base/follow-articles.ts';
import { saveArticle } from '../knowledge-base/save-article.ts';
import { saveKnowledgeBase } from '../knowledge-base/save-knowledge-base.ts';
import { suggestArticles } from '../knowledge-base/suggest-articles.ts';
import { suggestionReport } from '../knowledge-base/suggestion-report.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { onEvent, relayEvents } from '../platform/events.ts';
import { readSettings } from '../settings/read-settings.ts';
import { SupportSettingsRow } from '../settings/support-settings.entity.ts';
import { closeTicket, reopenTicket } from './close-ticket.ts';
import { learnFromTicket } from './learn-from-ticket.job.ts';
import { noteSuggestionInserted, rateSuggestion } from './rate-suggestion.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { suggestForTicket } from './suggest-for-ticket.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketSettled } from './ticket.events.ts';

describeEachDatabase(
  'suggestions',
  (world) => {
    let ctx: Context;
    let base: string;

    beforeEach(async () => {
      const system = world().ctx();
      ctx = world().ctx(agentActor(await buildAgent(system)));
      base = (await saveKnowledgeBase(system, { name: 'Answers', staffOnly: true })).id;
      await saveDesk(system, { defaultSupportKnowledgeBaseId: base });
      for (const topic of ['invoices', 'holidays', 'parking', 'canteen', 'travel', 'health'])
        await write(`About ${topic}`, `All about ${topic}.`);
      await makeFollower(world().services).fill();
    });

    const write = (title: string, body: string, fields: { id?: string; published?: boolean } = {}): Promise<Article> =>
      saveArticle(ctx, { knowledgeBaseId: base, title, body, published: true, ...fields });
    const follow = () => makeFollower(world().services).fill();
    const suggested = async (ticket: Ticket) => suggestForTicket(ctx, ticket, await readSettings(ctx));
    const titles = async (ticket: Ticket) => (await suggested(ticket)).map(({ article }) => article.title);
    const settle = async () => {
      await relayEvents(ctx, [onEvent(ticketSettled, learnFromTicket)]);
      await runDue(ctx, learnFromTicket);
      await follow();
    };
    const set = (settings: Partial<SupportSettingsRow>) =>
      transact(ctx, (ctx) => ctx.db.update(SupportSettingsRow, { id: 1 }, settings));

    test('come for a ticket with marked words and reasons, at most Max Suggestions, none for what nobody has written about', async () => {
      const locked = await write('Locked out of the portal', 'Use **Forgotten password** on the portal page.');
      await write('Portal colours', 'The portal can be dark.');
      await follow();
      const ticket = await receiveTicket(ctx, {
        subject: 'Locked out',
        text: 'Hello,\nI am locked out of the portal.\n\nRegards\nAnna',
      });
      const [best] = await suggested(ticket);
      expect(best).toMatchObject({ article: { id: locked.id }, dismissed: false });
      expect(best!.excerpt).toContain('Use Forgotten password');
      const words = best!.titleMarks.map(({ start, end }) => locked.title.slice(start, end).toLowerCase());
      expect(words).toContain('locked');
      expect(best!.matches[0]).toMatchObject({ field: 'title' });
      await set({ maxSuggestions: 1 });
      expect(await titles(ticket)).toHaveLength(1);
      await set({ maxSuggestions: 0 });
      expect(await titles(ticket)).toEqual([]);
      await set({ maxSuggestions: 5, suggestionFloor: 1 });
      expect(await titles(ticket)).toEqual([]);
      await set({ suggestionFloor: 0.22 });
      expect(await titles(ticket)).not.toEqual([]);
      const other = await receiveTicket(ctx, { subject: 'Zyzzyva', text: 'Qwertz uiop asdf ghjk?' });
      expect(await titles(other)).toEqual([]);
      expect((await suggestionReport(ctx, 7)).gaps).toMatchObject([
        { subject: 'Zyzzyva', count: 1, ticketNumbers: [other.number] },
      ]);
    });

    test('leave no trace of an encrypted ticket in the reports, where its subject may be a secret', async () => {
      const ticket = await receiveTicket(ctx, { subject: 'Zyzzyva', text: 'Qwertz uiop asdf ghjk?' });
      expect(await titles(ticket)).toEqual([]);
      expect((await suggestionReport(ctx, 7)).gaps).toHaveLength(1);
      await transact(ctx, (ctx) => ctx.db.update(Ticket, { id: ticket.id }, { encrypted: true }));
      expect(await titles(await ticketOf(ctx, ticket.id))).toEqual([]);
      expect((await suggestionReport(ctx, 7)).gaps).toEqual([]);
    });

    test('never come from drafts or from what was deleted since the index saw it', async () => {
      const locked = await write('Locked out of the portal', 'x');
      await follow();
      const ticket = await receiveTicket(ctx, { subject: 'Locked out of the portal' });
      expect(await titles(ticket)).toEqual(['Locked out of the portal']);
      await write('Locked out of the portal', 'x', { id: locked.id, published: false });
      expect(await titles(ticket)).toEqual([]);
      await deleteArticle(ctx, locked.id);
      expect(await titles(ticket)).toEqual([]);
    });

    test('learn: the letter of a closed ticket joins the article it was answered with, reopening takes it back', async () => {
      const reset = await write('Reset your password', 'Choose Forgotten password on the sign-in page.');
      await follow();
      const ask = () =>
        receiveTicket(ctx, {
          from: `${ctx.random.token(4)} <a${Date.now()}${Math.random()}@b.example>`,
          subject: 'Cannot get in',
          text: 'The door to my account stays shut since Monday. Call 0171 2345678 or write to me@home.example.',
        });
      const ticket = await ask();
      expect(await titles(ticket)).toEqual([]);
      await replyToTicket(ctx, {
        ticketId: ticket.id,
        text: 'Dear Anna,\n\nChoose Forgotten password on the sign-in page.\n\nYours',
        suggestionArticleId: reset.id,
      });
      await settle();
      expect(await ctx.db.count(ArticleFeedback)).toBe(0);
      await closeTicket(ctx, { ticketId: ticket.id });
      await settle();
      const [learnt] = await ctx.db.findBy(ArticleFeedback, { articleId: reset.id });
      expect(learnt!.text).toContain('door to my account');
      expect(learnt!.text).not.toMatch(/0171|2345678|home\.example/);
      const similar = await ask();
      expect(await titles(similar)).toEqual(['Reset your password']);
      expect((await suggested(similar))[0]!.matches[0]!.field).toBe('feedback');
      await reopenTicket(ctx, { ticketId: ticket.id });
      await settle();
      expect(await titles(similar)).toEqual([]);
      world().clock.advance({ minutes: 1 });
      await closeTicket(ctx, { ticketId: ticket.id });
      await settle();
      expect(await ctx.db.count(ArticleFeedback)).toBe(0);
    });

    test('a deleted ticket takes its text along; an encrypted one teaches nothing', async () => {
      const reset = await write('Reset your password', 'Words');
      const teach = async (encrypted: boolean) => {
        const ticket = await receiveTicket(ctx, { subject: `Door ${encrypted}` });
        await transact(ctx, (ctx) => ctx.db.update(Ticket, { id: ticket.id }, { encrypted }));
        await replyToTicket(ctx, { ticketId: ticket.id, text: 'x', suggestionArticleId: reset.id });
        await closeTicket(ctx, { ticketId: ticket.id });
        await settle();
        return ticket;
      };
      await teach(true);
      expect(await ctx.db.count(ArticleFeedback)).toBe(0);
      const { id } = await teach(false);
      expect(await ctx.db.count(ArticleFeedback)).toBe(1);
      await transact(ctx, (ctx) => ctx.db.delete(Ticket, { id }));
      await learnFromTicket.run(ctx, { ticketId: id }, { signal: new AbortController().signal, attempts: 0, key: 'k' });
      expect(await ctx.db.count(ArticleFeedback)).toBe(0);
    });

    test('an article found not useful is weaker for that ticket and for letters like it, until that is taken back', async () => {
      await write('Portal is slow', 'When the portal is slow, wait.');
      const second = await write('Portal is slow at night', 'The portal is slow at night because of backups.');
      await follow();
      const ticket = await receiveTicket(ctx, { subject: 'Portal slow', text: 'The portal is slow at night.' });
      const before = await suggested(ticket);
      expect(before[0]!.article.id).toBe(second.id);
      await rateSuggestion(ctx, { ticketId: ticket.id, articleId: second.id, useful: false });
      await follow();
      const after = (await suggested(ticket)).find(({ article }) => article.id === second.id)!;
      expect(after.dismissed).toBe(true);
      const like = await receiveTicket(ctx, {
        from: 'b@b.example',
        subject: 'Portal slow',
        text: 'The portal is slow at night.',
      });
      const scoreFor = async (ticket: Ticket) => {
        const all = await suggested(ticket);
        return all.find(({ article }) => article.id === second.id)!.score / Math.max(...all.map(({ score }) => score));
      };
      const weakened = await ctx.ranking.suggest({
        base,
        subject: like.subject,
        text: 'The portal is slow at night.',
        first: 5,
      });
      await rateSuggestion(ctx, { ticketId: ticket.id, articleId: second.id, useful: true });
      await follow();
      const restored = await ctx.ranking.suggest({
        base,
        subject: like.subject,
        text: 'The portal is slow at night.',
        first: 5,
      });
      const raw = (all: typeof restored) => all.find(({ id }) => id === second.id)!.rawScore;
      expect(raw(weakened) / raw(restored)).toBeCloseTo(0.8, 2);
      expect(await scoreFor(ticket)).toBe(1);
      expect((await suggested(ticket))[0]!.dismissed).toBe(false);
    });

    test('a report says what was shown, inserted, sent as it stands and dismissed, by day and by article', async () => {
      const slow = await write('Portal is slow', 'When the portal is slow, wait five minutes and load it again.');
      await follow();
      const ticket = await receiveTicket(ctx, { subject: 'Portal is slow' });
      await suggested(ticket);
      await suggested(ticket);
      await noteSuggestionInserted(ctx, { ticketId: ticket.id, articleId: slow.id });
      await replyToTicket(ctx, {
        ticketId: ticket.id,
        text: `Hi,\n\nWhen the portal is slow, wait five minutes and load it again.\n\nBye`,
        suggestionArticleId: slow.id,
      });
      world().clock.advance({ days: 1 });
      const other = await receiveTicket(ctx, { from: 'b@b.example', subject: 'The portal is slow' });
      await suggested(other);
      await rateSuggestion(ctx, { ticketId: other.id, articleId: slow.id, useful: false });
      const third = await receiveTicket(ctx, { from: 'c@b.example', subject: 'Slow portal' });
      await replyToTicket(ctx, { ticketId: third.id, text: 'Wait an hour.', suggestionArticleId: slow.id });
      const report = await suggestionReport(ctx, 2);
      expect(report.totals).toEqual({ shown: 3, inserted: 2, sentUnchanged: 1, dismissed: 1 });
      expect(report.days).toMatchObject([
        { day: '2026-03-02', shown: 1, inserted: 1, sentUnchanged: 1, dismissed: 0 },
        { day: '2026-03-03', shown: 2, inserted: 1, sentUnchanged: 0, dismissed: 1 },
      ]);
      expect(report.articles[0]).toMatchObject({ article: { id: slow.id }, stats: { shown: 3 } });
    });

    test('a link to a public article in a reply counts as its use', async () => {
      const slow = await write('Portal is slow', 'Wait.');
      const pub = (await saveKnowledgeBase(world().ctx(), { name: 'Public' })).id;
      const open = await saveArticle(ctx, {
        knowledgeBaseId: pub,
        title: 'Öffnungszeiten ändern',
        body: 'x',
        published: true,
      });
      await set({ defaultKnowledgeBaseId: pub });
      const ticket = await receiveTicket(ctx, { subject: 'Hours' });
      const link = `https://desk.example.com/kb/${encodeURIComponent(open.slug)}#top`;
      await replyToTicket(ctx, { ticketId: ticket.id, text: `See ${link}.`, suggestionArticleId: slow.id });
      await closeTicket(ctx, { ticketId: ticket.id });
      await settle();
      const learnt = await ctx.db.find(ArticleFeedback);
      expect(learnt.map(({ articleId }) => articleId).sort()).toEqual([slow.id, open.id].sort());
    });

    test.each([
      ['an empty letter', ''],
      ['a letter of one repeated word', 'portal '.repeat(200_000)],
      ['control characters', '\u0000\u0001\u001b[31m portal \u202e slow \ud800'],
      ['two megabytes', 'The portal is slow and something else happened. '.repeat(42_000)],
      ['mark-up', '<script>alert(1)</script> <b>portal</b> &amp; "slow"'],
    ])('do not fail on %s', async (_name, text) => {
      await write('<img src=x onerror=alert(1)> portal is slow', '<script>alert(1)</script> portal **slow**');
      await follow();
      const began = performance.now();
      const found = await suggestArticles(ctx, {
        knowledgeBaseId: base,
        subject: text.slice(0, 1000),
        text,
        first: 10,
        floor: 0,
      });
      expect(performance.now() - began).toBeLessThan(500);
      for (const { excerpt, marks } of found)
        for (const { start, end } of marks) expect(excerpt.slice(start, end)).not.toMatch(/[<>]/);
    });

    test('of an empty base there are none; of one that is not there, it says so; limits are named', async () => {
      const empty = (await saveKnowledgeBase(world().ctx(), { name: 'Empty' })).id;
      expect(await suggestArticles(ctx, { knowledgeBaseId: empty, text: 'anything', first: 5 })).toEqual([]);
      await expect(suggestArticles(ctx, { knowledgeBaseId: 'none', text: 'x', first: 5 })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(suggestArticles(ctx, { knowledgeBaseId: empty, text: 'x', first: 101 })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
      await expect(
        suggestArticles(ctx, { knowledgeBaseId: empty, text: 'x', first: 1, floor: 2 }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      await expect(suggestionReport(ctx, 0)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      const nobody = world().ctx({ kind: 'anonymous' });
      await expect(suggestArticles(nobody, { knowledgeBaseId: empty, text: 'x', first: 5 })).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
      const ticket = await receiveTicket(ctx);
      const reader = world().ctx({ kind: 'token', tokenId: 't', scopes: new Set(['tickets:read'] as const) });
      await expect(
        suggestForTicket(reader, await ticketOf(ctx, ticket.id), await readSettings(ctx)),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });
  },
  { handler: understandMail as never },
);
