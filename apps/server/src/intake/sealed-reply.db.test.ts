import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { deliverMail, messagesOf, receiveLetter, saveDesk } from '../../test/factories.ts';
import { CARLA, encrypted, giveDeskKey, letter, openAs, sealFor, text, trustKey } from '../../test/pgp-letters.ts';
import type { Context } from '../platform/context.ts';
import { replyToTicket } from '../tickets/reply-to-ticket.ts';
import { useRequesterKey } from '../tickets/requester-keys.ts';
import { understandMail } from './understand-mail.ts';

const INNER = `Content-Type: text/plain; protected-headers="v1"\r\nSubject: Merger with Acme\r\n\r\nThe secret words.\r\n`;
const sealedLetter = async () => letter(encrypted(await sealFor(INNER)), { Subject: '...' });

describeEachDatabase(
  'a reply to an encrypted letter',
  (world) => {
    const begin = async () => {
      world().clock.set('2027-01-15T12:00:00.000Z');
      const ctx = world().ctx();
      await saveDesk(ctx);
      await giveDeskKey(ctx, 'support');
      return ctx;
    };
    const sent = async (ctx: Context) => {
      await deliverMail(ctx);
      return world().smtp.sent.map(({ content, to }) => ({ to, raw: content.toString() }));
    };
    const SECRETS = ['secret words', 'Merger', 'Acme'];

    test('goes out in the clear without a key, and neither it nor the confirmation repeats words or subject', async () => {
      const ctx = await begin();
      const { ticketId } = await receiveLetter(ctx, await sealedLetter());
      const reply = await replyToTicket(ctx, { ticketId: ticketId!, text: 'We see to it.' });
      const mails = await sent(ctx);
      expect(mails).toHaveLength(2);
      for (const { raw } of mails) for (const word of SECRETS) expect(raw).not.toContain(word);
      expect(reply).toMatchObject({ subject: 'Re: [#1] Your message', pgp: null });
      await expect(replyToTicket(ctx, { ticketId: ticketId!, text: 'Only so.', encrypt: true })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    });

    test('is encrypted for the key an agent chose and for us, signed, its subject inside, and then may quote', async () => {
      const ctx = await begin();
      await trustKey(ctx, 'carla', CARLA);
      const { ticketId } = await receiveLetter(ctx, await sealedLetter());
      const reply = await replyToTicket(ctx, {
        ticketId: ticketId!,
        text: 'We see to it.',
        html: '<p>We see to it.</p>',
      });
      expect(reply.pgp).toMatchObject({ encrypted: true, explanation: expect.stringContaining('signed with our key') });
      const { raw, to } = (await sent(ctx)).find(({ raw }) => !raw.includes('Auto-Submitted'))!;
      for (const word of [...SECRETS, 'see to it']) expect(raw).not.toContain(word);
      expect(to).toEqual([CARLA]);
      expect(raw).toMatch(/^Subject: .*\[#1\]/m);
      expect(raw).toMatch(/^In-Reply-To: <pgp-/m);
      const armored = /-----BEGIN PGP MESSAGE-----[\s\S]*?-----END PGP MESSAGE-----/.exec(raw)![0];
      const opened = await openAs('carla', armored, 'support');
      expect(opened.signature).toBe('VALID');
      for (const word of [
        'We see to it.',
        'The secret words.',
        'Subject: Re: [#1] Merger with Acme',
        'protected-headers="v1"',
      ])
        expect(opened.mime).toContain(word);
      const again = await understandMail({ bytes: Buffer.from(raw), inboundMailId: 'x' });
      expect(again.needs.pieces).toHaveLength(1);
      const [message] = (await messagesOf(ctx, ticketId!)).filter(({ kind }) => kind === 'REPLY');
      expect(message!.text).toBe('We see to it.');
    });

    test('goes in the clear where that is asked for, without quote and subject', async () => {
      const ctx = await begin();
      await trustKey(ctx, 'carla', CARLA);
      const { ticketId } = await receiveLetter(ctx, await sealedLetter());
      await replyToTicket(ctx, { ticketId: ticketId!, text: 'In the open.', encrypt: false });
      const { raw } = (await sent(ctx)).find(({ raw }) => !raw.includes('Auto-Submitted'))!;
      expect(raw).toContain('In the open.');
      for (const word of SECRETS) expect(raw).not.toContain(word);
    });

    test('is refused, and nothing is sent, when somebody in Cc could not read it or the key has ended', async () => {
      const ctx = await begin();
      await trustKey(ctx, 'carla', CARLA);
      const { ticketId } = await receiveLetter(ctx, await sealedLetter());
      const before = (await messagesOf(ctx, ticketId!)).length;
      await expect(
        replyToTicket(ctx, { ticketId: ticketId!, text: 'To both.', cc: ['bob@other.test'] }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'cc' }] });
      await trustKey(ctx, 'expired', CARLA);
      await expect(replyToTicket(ctx, { ticketId: ticketId!, text: 'Too late.' })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('expired'),
      });
      expect(await messagesOf(ctx, ticketId!)).toHaveLength(before);
    });

    test('of a letter that was only signed quotes and keeps the subject', async () => {
      const ctx = await begin();
      const { ticketId } = await receiveLetter(ctx, letter(text('Open words.'), { Subject: 'An open matter' }));
      await replyToTicket(ctx, { ticketId: ticketId!, text: 'Answer.' });
      const { raw } = (await sent(ctx)).find(({ raw }) => !raw.includes('Auto-Submitted'))!;
      for (const word of ['> Open words.', 'An open matter']) expect(raw).toContain(word);
    });

    test('uses a key only after somebody who may work on tickets chose it', async () => {
      await begin();
      const token = world().ctx({ kind: 'token', tokenId: 't', scopes: new Set(['tickets:read']) });
      await expect(useRequesterKey(token, 'x')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    });
  },
  { handler: (task) => understandMail(task) },
);
