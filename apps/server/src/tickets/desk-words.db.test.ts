import { generateKeyPairSync } from 'node:crypto';
import { parseMail } from '@support-center/mail';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent, deliverMail, messagesOf, receiveTicket, saveDesk } from '../../test/factories.ts';
import { understandMail } from '../intake/understand-mail.ts';
import type { UnderstandTask } from '../intake/understood-mail.ts';
import { MailTemplateRow } from '../outbound/mail-template.entity.ts';
import { listTemplates, previewTemplate, saveTemplate } from '../outbound/mail-templates.ts';
import { mySender, saveMySender } from '../outbound/sender-profile.ts';
import type { Context } from '../platform/context.ts';
import { dkimRecord, makeDkimKey } from '../settings/dkim-key.ts';
import { readSettings } from '../settings/read-settings.ts';
import { saveSettings } from '../settings/save-settings.ts';
import { closeTicket, reopenTicket } from './close-ticket.ts';
import { replyToTicket } from './reply-to-ticket.ts';

describeEachDatabase(
  "the desk's own words",
  (world) => {
    async function begin(sending = {}, settings = {}): Promise<Context> {
      await saveDesk(world().ctx(), { suppressConfirmations: true, ...settings }, {}, sending);
      return world().ctx(agentActor(await buildAgent(world().ctx(), { name: 'Dana' })));
    }
    const lastMail = () => parseMail(world().smtp.sent.at(-1)!.content);

    test('are the built-in ones until others are saved, and again when those are given up', async () => {
      const ctx = await begin();
      const text = 'Ticket {{number}}: {{subject}}';
      expect(await saveTemplate(ctx, { kind: 'CONFIRMATION', text })).toMatchObject({ text, isDefault: false });
      const back = await saveTemplate(ctx, { kind: 'CONFIRMATION', text: null });
      expect(back).toMatchObject({ isDefault: true, text: back.defaultText });
      expect((await listTemplates(ctx)).map(({ kind }) => kind)).toEqual([
        'CONFIRMATION',
        'REPLY_FRAME',
        'CLOSE_NOTICE',
      ]);
    });

    test.each([
      ['CONFIRMATION', '{{number}} {{requesterName}} {{foo}}', '{{requesterName}}, {{foo}}'],
      ['CONFIRMATION', '{{number}} {{constructor}}', '{{constructor}}'],
      ['CONFIRMATION', 'Hello', '{{number}}'],
      ['REPLY_FRAME', 'Hello', '{{reply}}'],
      ['REPLY_FRAME', '{{reply}} {{reply}}', 'only once'],
    ] as const)('%s of %j are refused and say %s; nothing is saved', async (kind, text, said) => {
      const ctx = await begin();
      const refused = { code: 'INVALID_INPUT', fields: [{ path: 'text', message: expect.stringContaining(said) }] };
      await expect(saveTemplate(ctx, { kind, text })).rejects.toMatchObject(refused);
      expect(() => previewTemplate(ctx, { kind, text })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
      expect(await ctx.db.count(MailTemplateRow)).toBe(0);
    });

    test('are an administrator’s to change', async () => {
      await begin();
      const assistant = world().ctx(agentActor(await buildAgent(world().ctx(), { role: 'ASSISTANT' })));
      await expect(saveTemplate(assistant, { kind: 'CONFIRMATION', text: '{{number}}' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    });

    test('confirm a letter by its number, with nothing of it but the subject, which is no template', async () => {
      const ctx = await begin({}, { suppressConfirmations: false });
      await saveTemplate(ctx, { kind: 'CONFIRMATION', text: 'Got #{{number}}\nAbout: {{subject}}' });
      const ticket = await receiveTicket(world().ctx(), {
        from: 'Evil {{number}} <anna@acme.example>',
        subject: '{{supportEmail}} {{__proto__}}',
        text: 'secret words',
      });
      await deliverMail(world().ctx());
      const { text } = await lastMail();
      expect(text!.trim()).toBe(`Got #${ticket.number}\nAbout: {{supportEmail}} {{__proto__}}`);
    });

    test('stand around a reply, signed by its author under the Support Email, in text and HTML', async () => {
      const ctx = await begin();
      await saveTemplate(ctx, { kind: 'REPLY_FRAME', text: 'Dear {{requesterName}},\n\n{{reply}}\n\n{{signature}}' });
      await saveMySender(ctx, { displayName: '{{agentName}} at Desk', signature: 'Yours\n{{agentName}} <3' });
      expect((await mySender(ctx)).signedAs).toEqual({ name: 'Dana at Desk', signature: 'Yours\nDana <3' });
      const ticket = await receiveTicket(world().ctx(), { from: '"<img src=x>" <anna@acme.example>' });
      const message = await replyToTicket(ctx, { ticketId: ticket.id, html: '<p>Use the <b>wall</b> switch.</p>' });
      await deliverMail(world().ctx());
      const mail = await lastMail();
      expect(mail.from).toMatchObject({ address: 'support@desk.example', name: 'Dana at Desk' });
      expect(mail.text).toMatch(/^Dear <img src=x>,\n\nUse the wall switch\.\n\nYours\nDana <3/);
      expect(mail.html).not.toContain('<img');
      expect(mail.html).toMatch(/<b>wall<\/b>[\s\S]*Yours<br>Dana &#60;3/);
      expect(message.newText).toBe('Use the wall switch.');
    });

    test.each([
      [{ displayName: 'Dana\r\nBcc: evil@x.example' }, 'displayName'],
      [{ displayName: 'Dana <ceo@acme.example>' }, 'displayName'],
      [{ displayName: '{{password}}' }, 'displayName'],
      [{ signature: '{{number}}' }, 'signature'],
    ])('of %j take no other header and no other placeholder', async (input, path) => {
      const ctx = await begin();
      await expect(saveMySender(ctx, input)).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path }] });
      expect(await mySender(ctx)).toMatchObject({ displayName: '', signature: '' });
    });

    test('tell of a closed ticket only where that is switched on and we have answered, once a day, as a machine', async () => {
      const ctx = await begin({ sendCloseNotice: true });
      const unanswered = await receiveTicket(world().ctx(), { from: 'bea@acme.example', subject: 'Other' });
      await closeTicket(ctx, { ticketId: unanswered.id });
      const ticket = await receiveTicket(world().ctx());
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Done' });
      for (let n = 0; n < 3; n++) {
        await closeTicket(ctx, { ticketId: ticket.id });
        await reopenTicket(ctx, { ticketId: ticket.id });
      }
      await deliverMail(world().ctx());
      const notices = world().smtp.sent.filter(({ from }) => from === '');
      expect(notices.map(({ to }) => to[0])).toEqual(['anna@acme.example']);
      expect(notices[0]!.content.toString()).toMatch(/Auto-Submitted: auto-generated[\s\S]*is closed/);
      expect((await messagesOf(ctx, ticket.id)).map(({ kind }) => kind)).toContain('NOTICE');
      await saveSettings(ctx, { sendCloseNotice: false });
      world().clock.advance({ days: 2 });
      await closeTicket(ctx, { ticketId: ticket.id });
      await deliverMail(world().ctx());
      expect(world().smtp.sent.filter(({ from }) => from === '')).toHaveLength(1);
    });

    test('are signed by DKIM once there is a key, which never leaves', async () => {
      const ctx = await begin();
      await expect(makeDkimKey(ctx)).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'dkimDomain' }] });
      await saveSettings(ctx, { dkimDomain: 'desk.example', dkimSelector: 'desk1' });
      expect(await dkimRecord(ctx, await readSettings(ctx))).toBeNull();
      const record = await makeDkimKey(ctx);
      expect(record).toMatchObject({ name: 'desk1._domainkey.desk.example', type: 'TXT' });
      expect(record.value).toMatch(/^v=DKIM1; k=rsa; p=MII[A-Za-z0-9+/=]{300,}$/);
      expect(await dkimRecord(ctx, await readSettings(ctx))).toEqual(record);
      expect(JSON.stringify(await readSettings(ctx))).not.toContain('PRIVATE');
      const ticket = await receiveTicket(world().ctx());
      await replyToTicket(ctx, { ticketId: ticket.id, text: 'Hello' });
      await deliverMail(world().ctx());
      expect(world().smtp.sent.at(-1)!.content.toString()).toMatch(
        /^DKIM-Signature: v=1; a=rsa-sha256;[\s\S]*d=desk\.example;[\s\S]*s=desk1/,
      );
      await saveSettings(ctx, { dkimPrivateKey: null });
      expect((await readSettings(ctx)).dkimKeyIsSet).toBe(false);
    });

    test.each([
      ['no key', 'hello', 'no private key'],
      ['a public key', makeKey(1024).publicKey, 'no private key'],
      ['a short key', makeKey(512).privateKey, '512 bits'],
    ])('are not signed with %s: it is refused in words', async (_name, dkimPrivateKey, said) => {
      const ctx = await begin();
      await expect(saveSettings(ctx, { dkimPrivateKey })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: 'dkimPrivateKey', message: expect.stringContaining(said) }],
      });
      expect((await readSettings(ctx)).dkimKeyIsSet).toBe(false);
    });
  },
  { handler: (task: never) => understandMail(task as UnderstandTask) },
);

function makeKey(modulusLength: number) {
  return generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
