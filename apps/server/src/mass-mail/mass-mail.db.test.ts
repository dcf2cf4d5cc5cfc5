import { normalizeAddress } from '@support-center/mail';
import { describe, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import {
  agentActor,
  buildAgent,
  deliverMail,
  receiveLetter,
  receiveTicket,
  runDue,
  SUPPORT,
  saveDesk,
} from '../../test/factories.ts';
import { understandMail } from '../intake/understand-mail.ts';
import type { UnderstandTask } from '../intake/understood-mail.ts';
import { AddressState } from '../outbound/address-state.entity.ts';
import { markUndeliverable, optOut } from '../outbound/address-state.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { queueMails } from '../outbound/queue-mail.ts';
import { retryMail } from '../outbound/retry-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { enqueue } from '../platform/jobs.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { Campaign } from './campaign.entity.ts';
import { campaignResults, countRecipients } from './campaign-figures.ts';
import { campaignMail } from './campaign-message.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import { chooseRecipients } from './choose-recipients.ts';
import { exportRecipients } from './export-recipients.ts';
import { feedCampaign } from './feed-campaign.job.ts';
import { lockCampaign } from './lock-campaign.ts';
import { previewCampaign, sendCampaignTest } from './preview-campaign.ts';
import { readAudience } from './read-audience.ts';
import { retryOutgoingMail, retryRecipient } from './retry-recipient.ts';
import { type CampaignDraft, deleteCampaign, massMailSenders, saveCampaign } from './save-campaign.ts';
import { continueCampaign, pauseCampaign, startCampaign, stopCampaign } from './start-campaign.ts';
import { unsubscribe } from './unsubscribe.ts';
import { readUnsubscribeToken, unsubscribeLink } from './unsubscribe-token.ts';

const TEXT = { subject: 'News for {{first_name|you}}', text: 'Hello {{name|friend}}, your mail is {{email}}.' };

describeEachDatabase(
  'a mailing',
  (world) => {
    /** A draft to these addresses, as an administrator makes it. */
    async function draft(ctx: Context, addresses: string[], fields: CampaignDraft = {}): Promise<Campaign> {
      const { id } = await saveCampaign(ctx, { ...TEXT, ...fields });
      return chooseRecipients(ctx, id, { pasted: addresses.join('\n') });
    }
    const start = (ctx: Context, { id, recipientCount }: Campaign) =>
      startCampaign(ctx, { campaignId: id, confirmCount: recipientCount });
    /** Lets the mailing go on for one round: mails are made and handed over. */
    async function turn(ctx: Context, campaign: Campaign): Promise<void> {
      await transact(ctx, (ctx) =>
        enqueue(ctx, feedCampaign, { key: campaign.id, payload: { campaignId: campaign.id } }),
      );
      await runDue(ctx, feedCampaign);
      await deliverMail(ctx);
    }
    async function run(ctx: Context, campaign: Campaign): Promise<void> {
      await start(ctx, campaign);
      await turn(ctx, campaign);
      await turn(ctx, campaign);
    }
    const read = (ctx: Context, { id }: { id: string }) => ctx.db.findOneByOrFail(Campaign, { id });
    const counts = async (ctx: Context, campaign: Campaign) => countRecipients(ctx, await read(ctx, campaign));
    const sentTo = () =>
      world()
        .smtp.sent.flatMap(({ to }) => to)
        .sort();
    const contentTo = (address: string) =>
      world()
        .smtp.sent.find(({ to }) => to.includes(address))!
        .content.toString()
        .replace(/=\r\n/g, '');

    test('goes to everybody who has written, each by a mail of his own, and is done', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await receiveTicket(ctx, { from: 'Nyström, Freya <freya@acme.example>' });
      await receiveTicket(ctx, { from: 'bob@beta.example' });
      await deliverMail(ctx);
      world().smtp.sent.length = 0;
      const { id } = await saveCampaign(ctx, TEXT);
      const campaign = await chooseRecipients(ctx, id, readAudience({ campaignId: id, kind: 'ALL' }));
      await run(ctx, campaign);
      expect(sentTo()).toEqual(['bob@beta.example', 'freya@acme.example']);
      const toBob = contentTo('bob@beta.example');
      expect(toBob).toMatch(/^To: bob@beta\.example\r$/m);
      expect(toBob).toContain('Subject: News for you');
      expect(toBob).toContain('Hello friend, your mail is bob@beta.example.');
      expect(toBob).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
      expect(toBob).not.toContain('freya');
      expect(await read(ctx, campaign)).toMatchObject({ state: 'DONE' });
      expect(await counts(ctx, campaign)).toMatchObject({ recipients: 2, sent: 2, waiting: 0, failed: 0 });
      expect(await campaignResults(ctx, id)).toMatchObject([{ sent: 2, failed: 0 }]);
    });

    test('leaves out who is doubled, blocked, opted out, undeliverable or no address, and counts each', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, { spamEntries: ['spam.example'] });
      await transact(ctx, async (ctx) => {
        await optOut(ctx, 'out@acme.example');
        await markUndeliverable(ctx, 'dead@acme.example', '550 no such user');
      });
      const campaign = await draft(ctx, [
        'ann@acme.example',
        'ANN@acme.example',
        'x@spam.example',
        'out@acme.example',
        'dead@acme.example',
        'nobody',
      ]);
      expect(campaign).toMatchObject({
        recipientCount: 1,
        removed: { duplicates: 1, blocked: 1, optedOut: 1, undeliverable: 1, broken: 1 },
        listProblems: [{ line: 6, text: 'nobody' }],
      });
      await run(ctx, campaign);
      expect(sentTo()).toEqual(['ann@acme.example']);
    });

    test('with a long list lets others be served while it is read and while it is chosen anew', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const { id } = await saveCampaign(ctx, TEXT);
      const csv = Buffer.from(`email\n${Array.from({ length: 3000 }, (_, i) => `p${i}@acme.example`).join('\n')}`);
      for (const slices of [12, 24]) {
        let turns = 0;
        const onTurn = () => {
          turns++;
          waiting = setImmediate(onTurn);
        };
        let waiting = setImmediate(onTurn);
        expect(await chooseRecipients(ctx, id, { csv })).toMatchObject({ recipientCount: 3000 });
        clearImmediate(waiting);
        expect(turns).toBeGreaterThanOrEqual(slices);
      }
      expect(await ctx.db.countBy(CampaignRecipient, { campaignId: id })).toBe(3000);
    });

    test('keeps who was chosen when another list cannot be read', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const { id } = await draft(ctx, ['ann@acme.example']);
      await expect(chooseRecipients(ctx, id, { csv: Buffer.from('name,city\nBob,Rome') })).rejects.toThrow();
      expect(await read(ctx, { id })).toMatchObject({ recipientCount: 1 });
      expect(await counts(ctx, await read(ctx, { id }))).toMatchObject({ recipients: 1 });
    });

    test('never goes to the desk itself, under any of its addresses, and says how many those were', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, { defaultEmailFrom: 'news@desk.example' });
      const own = [SUPPORT.toUpperCase(), 'support+ticket7@desk.example', 'News@desk.example'];
      const campaign = await draft(ctx, [...own, 'supporter@desk.example']);
      expect(campaign).toMatchObject({ recipientCount: 1, removed: { own: 3, broken: 0 } });
      await run(ctx, campaign);
      expect(sentTo()).toEqual(['supporter@desk.example']);
    });

    test('does not go to an address that became one of the desk after the list was made', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example', 'news@desk.example']);
      await saveDesk(ctx, { defaultEmailFrom: 'news@desk.example' });
      await run(ctx, campaign);
      expect(sentTo()).toEqual(['ann@acme.example']);
      const skipped = await ctx.db.findOneByOrFail(CampaignRecipient, { address: 'news@desk.example' });
      expect(skipped).toMatchObject({ state: 'SKIPPED', skippedBecause: 'is an address of the desk itself' });
    });

    test('comes from Default Email From, or for once from another configured address, and answers reach the desk', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, { defaultEmailFrom: 'news@desk.example' });
      expect(await massMailSenders(ctx)).toEqual(['news@desk.example', SUPPORT]);
      const campaign = await draft(ctx, ['ann@acme.example']);
      expect(campaign.fromAddress).toBe('news@desk.example');
      await run(ctx, campaign);
      const content = contentTo('ann@acme.example');
      expect(content).toMatch(/^From: news@desk\.example\r$/m);
      expect(content).toMatch(/^Reply-To: support@desk\.example\r$/m);
      expect(world().smtp.sent[0]!.from).toBe(SUPPORT);
      expect(await saveCampaign(ctx, { from: SUPPORT })).toMatchObject({ fromAddress: SUPPORT });
      expect((await readSettings(ctx)).defaultEmailFrom).toBe('news@desk.example');
      await expect(saveCampaign(ctx, { from: 'boss@bank.example' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    test('is filled in with the Support Email where no Default Email From is set', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      expect((await saveCampaign(ctx, {})).fromAddress).toBe(SUPPORT);
    });

    test('with a placeholder that nobody can fill in is refused by its name; columns of a list are known', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const { id } = await saveCampaign(ctx, TEXT);
      await expect(saveCampaign(ctx, { id, text: 'Plan {{plan}}' })).rejects.toThrow(/\{\{plan\}\}/);
      await chooseRecipients(ctx, id, { csv: Buffer.from('email,plan\nann@acme.example,"<b>Gold</b>"') });
      await saveCampaign(ctx, { id, html: '<p>Plan {{plan}}</p>', text: 'Plan {{plan}}' });
      const preview = await previewCampaign(ctx, id, 0);
      expect(preview.html).toContain('Plan &#60;b&#62;Gold&#60;/b&#62;');
      expect(preview.text).toContain('Plan <b>Gold</b>');
      expect(await ctx.db.countBy(OutgoingMail, {})).toBe(0);
    });

    test('calls people by the column first_name of a list, and only where that is empty by what their name says', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const { id } = await saveCampaign(ctx, { subject: 'News', text: 'Dear {{first_name}},' });
      const listed = async (csv: string) => {
        await chooseRecipients(ctx, id, { csv: Buffer.from(csv) });
        const { text, problems } = await previewCampaign(ctx, id, 0);
        return [text.split('\n', 1)[0], problems.length];
      };
      expect(await listed('email,First Name,Last Name\nann@acme.example,Ann Mary,Lee')).toEqual(['Dear Ann Mary,', 0]);
      expect(await listed('email,name,first_name\nann@acme.example,Lee,Ann')).toEqual(['Dear Ann,', 0]);
      expect(await listed('email,name,first_name\nann@acme.example,"Lee, Ann",')).toEqual(['Dear Ann,', 0]);
      expect(await listed('email,first_name\nann@acme.example,')).toEqual(['Dear ,', 1]);
    });

    test('starts only when the number of recipients is repeated, and only once', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example', 'bob@acme.example']);
      await expect(startCampaign(ctx, { campaignId: campaign.id, confirmCount: 3 })).rejects.toThrow(
        /2 recipients, not 3/,
      );
      expect(await read(ctx, campaign)).toMatchObject({ state: 'DRAFT' });
      await start(ctx, campaign);
      await start(ctx, campaign);
      await turn(ctx, campaign);
      await turn(ctx, campaign);
      await turn(ctx, campaign);
      expect(sentTo()).toEqual(['ann@acme.example', 'bob@acme.example']);
      await expect(start(ctx, campaign)).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    test('without words, recipients or a mail server does not start and says what is missing', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, {}, { smtpHost: null });
      const campaign = await draft(ctx, ['ann@acme.example']);
      await expect(start(ctx, campaign)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await saveDesk(ctx);
      const { id } = await saveCampaign(ctx, {});
      await expect(startCampaign(ctx, { campaignId: id, confirmCount: 0 })).rejects.toMatchObject({
        fields: [{ path: 'subject' }, { path: 'text' }, { path: 'recipients' }],
      });
    });

    test('begins by itself at its time', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example']);
      const at = new Date(ctx.clock.now().getTime() + 3_600_000);
      await startCampaign(ctx, { campaignId: campaign.id, confirmCount: 1, at });
      await turn(ctx, campaign);
      expect(await read(ctx, campaign)).toMatchObject({ state: 'SCHEDULED' });
      expect(sentTo()).toEqual([]);
      world().clock.advance({ hours: 1 });
      await turn(ctx, campaign);
      await turn(ctx, campaign);
      expect(sentTo()).toEqual(['ann@acme.example']);
    });

    test('that is paused before its time and continued still waits for it, and begins at once when that has passed', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example']);
      const at = new Date(ctx.clock.now().getTime() + 3_600_000);
      await startCampaign(ctx, { campaignId: campaign.id, confirmCount: 1, at });
      for (const early of [await pauseCampaign(ctx, campaign.id), await continueCampaign(ctx, campaign.id)])
        expect(early).toMatchObject({ scheduledAt: at, startedAt: null });
      expect(await continueCampaign(ctx, campaign.id)).toMatchObject({ state: 'SCHEDULED' });
      await turn(ctx, campaign);
      expect(sentTo()).toEqual([]);
      await pauseCampaign(ctx, campaign.id);
      world().clock.advance({ hours: 2 });
      await turn(ctx, campaign);
      expect(sentTo()).toEqual([]);
      await continueCampaign(ctx, campaign.id);
      await turn(ctx, campaign);
      await turn(ctx, campaign);
      expect(sentTo()).toEqual(['ann@acme.example']);
    });

    test('stands still while it is paused and then goes on without doubling anybody', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example', 'bob@acme.example', 'carl@acme.example']);
      await start(ctx, campaign);
      await runDue(ctx, feedCampaign);
      await pauseCampaign(ctx, campaign.id);
      await turn(ctx, campaign);
      expect(sentTo()).toEqual([]);
      expect(await counts(ctx, campaign)).toMatchObject({ waiting: 3, sent: 0 });
      await continueCampaign(ctx, campaign.id);
      await turn(ctx, campaign);
      await turn(ctx, campaign);
      expect(sentTo()).toEqual(['ann@acme.example', 'bob@acme.example', 'carl@acme.example']);
    });

    test('that was stopped sends nothing more and says of everybody what became of the mail', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example', 'bob@acme.example']);
      await start(ctx, campaign);
      await runDue(ctx, feedCampaign);
      await stopCampaign(ctx, campaign.id);
      await turn(ctx, campaign);
      expect(sentTo()).toEqual([]);
      expect(await counts(ctx, campaign)).toMatchObject({ recipients: 2, skipped: 2, waiting: 0 });
      await expect(continueCampaign(ctx, campaign.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    test('is never sent again to somebody who may have it; a refused one can be tried again', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example', 'bob@acme.example']);
      world().smtp.failures.push(
        { permanent: false, bodyBegun: true, serverText: null },
        { permanent: true, bodyBegun: false, serverText: '550 no such user' },
      );
      await run(ctx, campaign);
      expect(await counts(ctx, campaign)).toMatchObject({ unknown: 1, failed: 1, sent: 0 });
      const mails = await ctx.db.findBy(OutgoingMail, { campaignId: campaign.id });
      const unknown = mails.find(({ state }) => state === 'UNKNOWN')!;
      const failed = mails.find(({ state }) => state === 'FAILED')!;
      await expect(retryRecipient(ctx, unknown.id)).rejects.toMatchObject({ code: 'CONFLICT' });
      await retryRecipient(ctx, failed.id);
      await deliverMail(ctx);
      expect(sentTo()).toEqual([failed.toAddress]);
    });

    describe('of which a mail was refused, when it is tried again from the page Sending,', () => {
      /** A mailing to Ann and Bob of which Ann's mail was refused, as it stands in the middle or at its end. */
      async function refused(ctx: Context, isOver: boolean) {
        await saveDesk(ctx);
        const campaign = await draft(ctx, ['ann@acme.example', 'bob@acme.example']);
        world().smtp.failures.push({ permanent: true, bodyBegun: false, serverText: '550 no such user' });
        await start(ctx, campaign);
        await turn(ctx, campaign);
        if (isOver) await turn(ctx, campaign);
        const failed = await ctx.db.findOneByOrFail(OutgoingMail, { campaignId: campaign.id, state: 'FAILED' });
        world().smtp.sent.length = 0;
        return { campaign, failed };
      }

      test('is counted truly and stays done', async () => {
        const ctx = world().ctx();
        const { campaign, failed } = await refused(ctx, true);
        await retryOutgoingMail(ctx, failed.id);
        expect(await counts(ctx, campaign)).toMatchObject({ recipients: 2, waiting: 1, sent: 1, failed: 0 });
        await deliverMail(ctx);
        expect(sentTo()).toEqual([failed.toAddress]);
        expect(await counts(ctx, campaign)).toMatchObject({ recipients: 2, waiting: 0, sent: 2, failed: 0 });
        expect(await campaignResults(ctx, campaign.id)).toMatchObject([{ sent: 2, failed: 0 }]);
        expect(await read(ctx, campaign)).toMatchObject({ state: 'DONE' });
      });

      test('waits while it is paused and goes when it is continued', async () => {
        const ctx = world().ctx();
        const { campaign, failed } = await refused(ctx, false);
        await pauseCampaign(ctx, campaign.id);
        expect(await retryOutgoingMail(ctx, failed.id)).toMatchObject({ state: 'HELD' });
        await deliverMail(ctx);
        expect(sentTo()).toEqual([]);
        expect(await counts(ctx, campaign)).toMatchObject({ waiting: 1, sent: 1 });
        await continueCampaign(ctx, campaign.id);
        await deliverMail(ctx);
        expect(sentTo()).toEqual([failed.toAddress]);
      });

      test.each([
        ['was stopped', async (ctx: Context, id: string) => stopCampaign(ctx, id), /was stopped/],
        [
          'lost that recipient, who wants no more',
          async (ctx: Context, _id: string, address: string) => transact(ctx, (ctx) => optOut(ctx, address)),
          /wants no more of these mails/,
        ],
        [
          'has that recipient on the list Spam E-mails now',
          async (ctx: Context, _id: string, address: string) => saveDesk(ctx, { spamEntries: [address] }),
          /Spam E-mails/,
        ],
      ] as const)('sends nothing more if it %s', async (_what, happen, sentence) => {
        const ctx = world().ctx();
        const { campaign, failed } = await refused(ctx, false);
        await happen(ctx, campaign.id, failed.toAddress);
        for (const again of [retryOutgoingMail, retryRecipient])
          await expect(again(ctx, failed.id)).rejects.toMatchObject({
            code: 'CONFLICT',
            message: expect.stringMatching(sentence),
          });
        await deliverMail(ctx);
        expect(sentTo()).toEqual([]);
        expect(await counts(ctx, campaign)).toMatchObject({ sent: 1, failed: 1 });
      });

      test('says of a mail that came back when it was taken this time', async () => {
        const ctx = world().ctx();
        const { failed } = await refused(ctx, true);
        const { clock } = world();
        const before = { state: 'BOUNCED' as const, sentAt: clock.now(), detail: 'came back: 4.2.2 full' };
        await transact(ctx, (ctx) => ctx.db.update(OutgoingMail, { id: failed.id }, before));
        clock.advance({ hours: 3 });
        expect(await retryOutgoingMail(ctx, failed.id)).toMatchObject({ state: 'QUEUED', sentAt: null });
        await deliverMail(ctx);
        const after = await ctx.db.findOneByOrFail(OutgoingMail, { id: failed.id });
        expect(after.sentAt!.getTime()).toBeGreaterThanOrEqual(clock.now().getTime() - 1000);
      });
    });

    test('reaches nobody who unsubscribes while his mail is being made', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example']);
      await start(ctx, campaign);
      const ann = await ctx.db.findOneByOrFail(CampaignRecipient, { campaignId: campaign.id });
      const mail = await campaignMail(ctx, campaign, ann, SUPPORT);
      let begin = () => {};
      const leaving = new Promise<void>((resolve) => {
        begin = resolve;
      }).then(() => unsubscribe(world().ctx(), { recipientId: ann.id, address: ann.address }));
      await transact(ctx, async (ctx) => {
        await lockCampaign(ctx, campaign.id);
        await queueMails(ctx, [mail]);
        await ctx.db.update(CampaignRecipient, { id: ann.id }, { state: 'QUEUED' });
        begin();
        await ctx.db.query(ctx.database.dialect === 'sqlite' ? 'SELECT 1' : 'SELECT SLEEP(0.3)');
      });
      await leaving;
      expect(await ctx.db.findOneByOrFail(OutgoingMail, { id: ann.id })).toMatchObject({ state: 'DISCARDED' });
      await deliverMail(ctx);
      expect(sentTo()).toEqual([]);
      expect(await counts(ctx, campaign)).toMatchObject({ sent: 0, skipped: 1, unsubscribed: 1 });
    });

    test('hears everybody who unsubscribes several times at once', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example']);
      const ann = await ctx.db.findOneByOrFail(CampaignRecipient, { campaignId: campaign.id });
      const who = { recipientId: ann.id, address: ann.address };
      await Promise.all(Array.from({ length: 8 }, () => unsubscribe(world().ctx(), who)));
      expect(await counts(ctx, campaign)).toMatchObject({ skipped: 1, unsubscribed: 1 });
    });

    test('reaches nobody any more who unsubscribes while it runs, nor does the next one', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example', 'bob@acme.example']);
      await start(ctx, campaign);
      await runDue(ctx, feedCampaign);
      const ann = await ctx.db.findOneByOrFail(CampaignRecipient, { address: 'ann@acme.example' });
      const token = unsubscribeLink(ctx, ann).split('/').at(-1)!;
      const who = readUnsubscribeToken(ctx, token)!;
      await unsubscribe(ctx, who);
      await unsubscribe(ctx, who);
      await turn(ctx, campaign);
      await turn(ctx, campaign);
      expect(sentTo()).toEqual(['bob@acme.example']);
      expect(await counts(ctx, campaign)).toMatchObject({ sent: 1, skipped: 1, unsubscribed: 1 });
      expect(await draft(ctx, ['ann@acme.example'])).toMatchObject({ recipientCount: 0, removed: { optedOut: 1 } });
    });

    test('takes no link that we did not make', () => {
      const ctx = world().ctx();
      const link = unsubscribeLink(ctx, { id: 'r1', address: 'ann@acme.example' });
      const token = link.split('/').at(-1)!;
      expect(readUnsubscribeToken(ctx, token)).toEqual({ recipientId: 'r1', address: 'ann@acme.example' });
      const [claim, mac] = token.split('.');
      const other = Buffer.from('r1 bob@acme.example').toString('base64url');
      for (const forged of [`${other}.${mac}`, `${claim}.`, claim!, '', `${token}x`, `${token}.x`, 'a'.repeat(10_000)])
        expect(readUnsubscribeToken(ctx, forged)).toBeNull();
    });

    test('that is answered gives each answer a ticket of its own, marked with the mailing', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, { ignoreSenderAddress: true });
      const campaign = await draft(ctx, ['ann@acme.example', 'bob@acme.example'], {
        subject: 'Autumn news of the desk',
      });
      await run(ctx, campaign);
      const idTo = async (address: string) =>
        (await ctx.db.findOneByOrFail(OutgoingMail, { toAddress: address, campaignId: campaign.id })).messageId;
      const answer = async (from: string) =>
        receiveTicket(ctx, {
          from,
          subject: 'Re: Autumn news of the desk',
          headers: [`In-Reply-To: ${await idTo(from)}`],
        });
      const first = await answer('ann@acme.example');
      const second = await answer('bob@acme.example');
      expect(second.id).not.toBe(first.id);
      for (const ticket of [first, second]) expect(ticket).toMatchObject({ campaignId: campaign.id });
      expect(await ctx.db.countBy(Ticket, { campaignId: campaign.id })).toBe(2);
    });

    test('that comes back marks the mail and the address', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['gone@acme.example']);
      await run(ctx, campaign);
      const mail = await ctx.db.findOneByOrFail(OutgoingMail, { campaignId: campaign.id });
      await receiveLetter(ctx, bounceOf(mail.messageId, 'gone@acme.example'));
      expect(await counts(ctx, campaign)).toMatchObject({ sent: 0, bounced: 1 });
      const state = await ctx.db.findOneByOrFail(AddressState, { address: 'gone@acme.example' });
      expect(state.undeliverableAt).not.toBeNull();
    });

    test('goes to those who fit every condition of the filter', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await receiveTicket(ctx, { from: 'old@acme.example', subject: 'Invoice 7' });
      world().clock.advance({ days: 10 });
      await receiveTicket(ctx, { from: 'new@acme.example', subject: 'Invoice 8' });
      await receiveTicket(ctx, { from: 'new@beta.example', subject: 'Invoice 9' });
      await receiveTicket(ctx, { from: 'other@acme.example', subject: '100% broken' });
      const { id } = await saveCampaign(ctx, TEXT);
      const since = new Date(ctx.clock.now().getTime() - 3_600_000);
      const chosen = async (filter: object) => {
        await chooseRecipients(ctx, id, readAudience({ campaignId: id, kind: 'FILTER', ...filter }));
        return (await ctx.db.findBy(CampaignRecipient, { campaignId: id })).map(({ address }) => address).sort();
      };
      expect(await chosen({ domains: ['@ACME.example'], ticketAbout: 'invoice' })).toEqual([
        'new@acme.example',
        'old@acme.example',
      ]);
      expect(await chosen({ contactedAfter: since })).toEqual([
        'new@acme.example',
        'new@beta.example',
        'other@acme.example',
      ]);
      expect(await chosen({ contactedBefore: since })).toEqual(['old@acme.example']);
      expect(await chosen({ ticketAbout: '100%' })).toEqual(['other@acme.example']);
      expect(() => readAudience({ campaignId: id, kind: 'FILTER' })).toThrow(/at least one condition/);
    });

    test('is tried out on nobody but the agent who asks', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const agent = await buildAgent(ctx, { email: 'dana@desk.example' });
      const mine = world().ctx(agentActor(agent));
      const campaign = await draft(mine, ['Ann A. <ann@acme.example>']);
      await sendCampaignTest(mine, campaign.id);
      await deliverMail(ctx);
      expect(sentTo()).toEqual(['dana@desk.example']);
      expect(contentTo('dana@desk.example')).toContain('Subject: [Test] News for Ann');
      expect(await counts(ctx, campaign)).toMatchObject({ waiting: 1, sent: 0 });
    });

    test('is exported without a cell that a spreadsheet would run', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const { id } = await saveCampaign(ctx, TEXT);
      await chooseRecipients(ctx, id, {
        csv: Buffer.from('email,name\nann@acme.example,"=HYPERLINK(""http://evil"",""x"")"\n+bob@acme.example,@SUM(1)'),
      });
      const chunks: string[] = [];
      for await (const chunk of exportRecipients(ctx, await read(ctx, { id }))) chunks.push(String(chunk));
      const [head, first, second] = chunks.join('').split('\r\n');
      expect(head).toBe('email,name,state,sent_at,detail,unsubscribed_at');
      expect(first).toContain(`"'=HYPERLINK(""http://evil"",""x"")"`);
      expect(second).toMatch(/^'\+bob@acme\.example,'@SUM\(1\),WAITING/);
    });

    test('cannot carry a header in a name', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const { id } = await saveCampaign(ctx, { subject: 'For {{name}}', text: 'x' });
      await expect(saveCampaign(ctx, { id, subject: 'a\r\nBcc: all@acme.example' })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
      const campaign = await chooseRecipients(ctx, id, {
        csv: Buffer.from('email,name\nann@acme.example,"Ann\r\nBcc: all@acme.example"'),
      });
      await run(ctx, campaign);
      expect(sentTo()).toEqual(['ann@acme.example']);
      expect(contentTo('ann@acme.example')).not.toMatch(/^Bcc:/m);
    });

    test('is for administrators: an assistant is refused every step', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example']);
      const assistant = world().ctx(agentActor(await buildAgent(ctx, { role: 'ASSISTANT' })));
      const { id } = campaign;
      const steps = [
        saveCampaign(assistant, TEXT),
        chooseRecipients(assistant, id, { pasted: 'x@acme.example' }),
        startCampaign(assistant, { campaignId: id, confirmCount: 1 }),
        pauseCampaign(assistant, id),
        continueCampaign(assistant, id),
        stopCampaign(assistant, id),
        previewCampaign(assistant, id, 0),
        sendCampaignTest(assistant, id),
        retryRecipient(assistant, id),
        deleteCampaign(assistant, id),
      ];
      for (const step of steps) await expect(step).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });

    test('under way cannot be deleted or changed; an ended one goes with its list', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example']);
      await start(ctx, campaign);
      await expect(deleteCampaign(ctx, campaign.id)).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(saveCampaign(ctx, { id: campaign.id, text: 'x' })).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(chooseRecipients(ctx, campaign.id, { pasted: 'x@acme.example' })).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      await stopCampaign(ctx, campaign.id);
      await deleteCampaign(ctx, campaign.id);
      expect(await ctx.db.countBy(CampaignRecipient, {})).toBe(0);
    });

    test('that was deleted takes its words along, and no mail of it is sent again', async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const campaign = await draft(ctx, ['ann@acme.example']);
      await run(ctx, campaign);
      await transact(ctx, (ctx) =>
        ctx.db.update(OutgoingMail, { campaignId: campaign.id }, { state: 'FAILED', detail: '550 no' }),
      );
      await deleteCampaign(ctx, campaign.id);
      const [mail] = await ctx.db.findBy(OutgoingMail, { campaignId: campaign.id });
      expect(mail).toMatchObject({ state: 'FAILED', subject: null, blobId: '' });
      await expect(transact(ctx, (ctx) => retryMail(ctx, mail!.id))).rejects.toMatchObject({ code: 'CONFLICT' });
    });
  },
  { handler: (task: never) => understandMail(task as UnderstandTask) },
);

function bounceOf(messageId: string, address: string): Buffer {
  const lines = [
    'Return-Path: <>',
    'From: Mail Delivery System <mailer-daemon@mx.acme.example>',
    `To: ${normalizeAddress(SUPPORT)}`,
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.acme.example',
    '',
    `Final-Recipient: rfc822; ${address}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    `To: ${address}`,
    '',
    '--b--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
