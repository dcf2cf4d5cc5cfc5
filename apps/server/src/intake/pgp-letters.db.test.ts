import { deflateRawSync } from 'node:zlib';
import { publicKeyBytes, readPublicKeys } from '@support-center/pgp';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { messagesOf, receiveLetter, saveDesk } from '../../test/factories.ts';
import {
  CARLA,
  compressed,
  encrypted,
  fixture,
  giveDeskKey,
  letter,
  literal,
  multipart,
  publicKeys,
  sealFor,
  sealRaw,
  sealUnprotected,
  signed,
  storeBareKey,
  text,
  trustKey,
  v6Letter,
} from '../../test/pgp-letters.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { Attachment } from '../tickets/attachment.entity.ts';
import type { Message } from '../tickets/message.entity.ts';
import { forgetRequesterKey, keysOfAddress, noteOfferedKeys, sealingKeyOf } from '../tickets/requester-keys.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { understandMail } from './understand-mail.ts';

const PLAIN = /^The parcel is lost\. Grüße, Carla$/;
const READ = (task: never) => understandMail(task);

/** What a letter has become: the message, its ticket, and its attachments by name. */
async function filed(
  ctx: Context,
  bytes: Buffer,
): Promise<{ message: Message; ticket: Ticket; files: string[]; attachments: Attachment[] }> {
  const mail = await receiveLetter(ctx, bytes);
  expect(mail.ticketId, mail.reason ?? '').not.toBeNull();
  const messages = await messagesOf(ctx, mail.ticketId!);
  const message = messages.filter(({ kind }) => kind === 'INBOUND').at(-1)!;
  const attachments = await ctx.db.find(Attachment, { where: { messageId: message.id }, order: { position: 'ASC' } });
  const ticket = await ctx.db.findOneByOrFail(Ticket, { id: mail.ticketId! });
  return { message, ticket, files: attachments.map(({ name }) => name), attachments };
}

const gpgLetter = (name: string) => letter(encrypted(fixture(name)));
const inline = (words: string | Buffer) =>
  letter(Buffer.concat([Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\n'), Buffer.from(words as string)]));

describeEachDatabase(
  'an encrypted or signed letter',
  (world) => {
    const bare = () => {
      world().clock.set('2027-01-15T12:00:00.000Z');
      return world().ctx();
    };
    const desk = async () => {
      const ctx = bare();
      await saveDesk(ctx, { suppressConfirmations: true });
      await giveDeskKey(ctx, 'support');
      return ctx;
    };

    test('1: PGP/MIME is shown opened, with its attachments, and the ticket is marked', async () => {
      const ctx = await desk();
      const { message, ticket } = await filed(ctx, gpgLetter('enc.asc'));
      expect(message.text).toMatch(PLAIN);
      expect(message.pgp).toMatchObject({ encrypted: true, decrypted: true, signature: 'NONE', failure: null });
      expect([ticket.encrypted, ticket.snippet]).toEqual([true, 'The parcel is lost. Grüße, Carla']);
      const parts = multipart('multipart/mixed', [
        text('See the plan.'),
        'Content-Type: application/pdf; name="plan.pdf"\r\nContent-Disposition: attachment; filename="plan.pdf"\r\n\r\nPDF bytes',
      ]);
      const second = await filed(ctx, letter(encrypted(await sealFor(parts))));
      expect([second.message.text, second.files]).toEqual(['See the plan.', ['plan.pdf']]);
    });

    test('2: encrypted and signed says whose signature, or that its key is not known', async () => {
      const ctx = await desk();
      const unknown = await filed(ctx, gpgLetter('enc-signed.asc'));
      expect(unknown.message.pgp).toMatchObject({ decrypted: true, signature: 'UNKNOWN_KEY' });
      await trustKey(ctx, 'carla', CARLA);
      for (const name of ['enc-signed.asc', 'enc-signed.sq.asc']) {
        const { message } = await filed(ctx, gpgLetter(name));
        expect(message.pgp).toMatchObject({ decrypted: true, signature: 'VALID', signer: `Carla Customer <${CARLA}>` });
        expect(message.pgp!.explanation).toMatch(/^Encrypted\. .*valid/);
        expect(message.pgp!.signerFingerprint).toMatch(/^[0-9A-F]{40}$/);
      }
    });

    test('2: a multipart/signed inside the encryption is verified over its exact bytes', async () => {
      const ctx = await desk();
      await trustKey(ctx, 'carla', CARLA);
      const good = signed(fixture('letter.mime'), fixture('letter.sig.asc'));
      const { message, files } = await filed(ctx, letter(encrypted(await sealFor(Buffer.from(good, 'latin1')))));
      expect(message.pgp).toMatchObject({ decrypted: true, signature: 'VALID' });
      expect([message.text, files]).toEqual([expect.stringMatching(PLAIN), []]);
      const bad = good.replace('is lost', 'is fine');
      const changed = await filed(ctx, letter(encrypted(await sealFor(Buffer.from(bad, 'latin1')))));
      expect(changed.message.pgp).toMatchObject({ decrypted: true, signature: 'INVALID' });
    });

    test('3: signed only shows the state of its signature and no signature.asc', async () => {
      const ctx = await desk();
      await trustKey(ctx, 'carla', CARLA);
      const whole = Buffer.from(signed(fixture('letter.mime'), fixture('letter.sig.asc')), 'latin1');
      const { message, files, ticket } = await filed(ctx, letter(whole));
      expect(message.pgp).toMatchObject({ encrypted: false, decrypted: false, signature: 'VALID' });
      expect([message.text, files, ticket.encrypted]).toEqual([expect.stringMatching(PLAIN), [], false]);
      const sequoia = Buffer.from(signed(fixture('letter.mime'), fixture('letter.sq.asc')), 'latin1');
      expect((await filed(ctx, letter(sequoia))).message.pgp).toMatchObject({ signature: 'VALID' });
    });

    test('4: clear-signed text comes without armor; words outside are marked as not signed', async () => {
      const ctx = await desk();
      await trustKey(ctx, 'carla', CARLA);
      const block = fixture('words.clear.asc').toString();
      const whole = await filed(ctx, inline(block));
      expect(whole.message.pgp).toMatchObject({ signature: 'VALID', sections: [] });
      expect(whole.message.text).toContain('- two dashes');
      expect(whole.message.text).not.toContain('PGP');
      const { message } = await filed(ctx, inline(`Before.\r\n\r\n${block}\r\nAfter: pay to another account.\r\n`));
      expect(message.pgp!.signature).toBe('NONE');
      expect(message.pgp!.sections.map(({ kind, signature }) => [kind, signature])).toEqual([
        ['PLAIN', 'NONE'],
        ['SIGNED', 'VALID'],
        ['PLAIN', 'NONE'],
      ]);
      expect(message.pgp!.sections[2]!.text).toContain('pay to another account');
    });

    test('4: clear-signed text in another charset is checked over its own bytes', async () => {
      const ctx = await desk();
      await trustKey(ctx, 'carla', CARLA);
      const head = 'Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
      const { message } = await filed(ctx, letter(Buffer.concat([Buffer.from(head), fixture('latin1.clear.asc')])));
      expect([message.text.trim(), message.pgp!.signature]).toEqual(['Grüße aus Köln', 'VALID']);
    });

    test('5: an inline block is opened by its Charset; hard spaces and quoted-printable damage are mended', async () => {
      const ctx = await desk();
      const latin = await filed(ctx, inline(fixture('enc-latin1.asc')));
      expect(latin.message.text.trim()).toBe('Grüße aus Köln');
      expect(latin.message.pgp).toMatchObject({ encrypted: true, decrypted: true });
      const armor = fixture('enc-latin1.asc').toString();
      const hard = await filed(ctx, inline(armor.replace(/^\r?$/m, '\u00a0')));
      expect(hard.message.text.trim()).toBe('Grüße aus Köln');
      const quoted = await filed(ctx, inline(armor.replace(/=/g, '=3D')));
      expect(quoted.message.text.trim()).toBe('Grüße aus Köln');
    });

    test('6: attachments that were encrypted one by one come out under their inner names', async () => {
      const ctx = await desk();
      const file = fixture('attached.bin.pgp').toString('base64').replace(/.{76}/g, '$&\r\n');
      const body = multipart('multipart/mixed', [
        `Content-Type: text/plain\r\n\r\n${fixture('enc-latin1.asc')}`,
        `Content-Type: application/octet-stream; name="x.bin.pgp"\r\nContent-Disposition: attachment; filename="x.bin.pgp"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}`,
      ]);
      const { files, attachments } = await filed(ctx, letter(body));
      expect(files).toEqual(['invoice 7.txt']);
      expect(attachments[0]!.sizeBytes).toBe(fixture('words.txt').length);
    });

    test('7: partly encrypted text stands in labelled parts, as text alone, without a badge for the whole', async () => {
      const ctx = await desk();
      const body = multipart('multipart/alternative', [
        text(`In the clear.\r\n\r\n${fixture('enc-latin1.asc')}\r\nRegards`),
        text('<img src="https://spy.example/"><pre>-----BEGIN PGP MESSAGE-----</pre>', 'text/html'),
      ]);
      const { message, ticket } = await filed(ctx, letter(body));
      expect(message.pgp).toMatchObject({ encrypted: false, decrypted: false });
      expect(message.pgp!.sections.map(({ kind }) => kind)).toEqual(['PLAIN', 'ENCRYPTED', 'PLAIN']);
      expect(message.pgp!.sections[1]!.text).toContain('Köln');
      expect([message.html, ticket.encrypted]).toEqual([null, true]);
    });

    test.each([
      ['8: several recipients', 'enc-several.asc', null],
      ['9: a hidden recipient', 'enc-hidden.asc', 'hidden'],
      ['16: an old cipher (CAST5)', 'enc-cast5.asc', 'old cipher'],
      ['16: an old cipher (3DES)', 'enc-3des.asc', 'old cipher'],
    ])('%s opens, with a note where one is due', async (_row, name, note) => {
      const ctx = await desk();
      const { message } = await filed(ctx, gpgLetter(name));
      expect(message.text).toMatch(PLAIN);
      if (note) expect(message.pgp!.notes.join()).toContain(note);
    });

    test('10: without a key of ours the key IDs are named and the whole is attached', async () => {
      const ctx = await desk();
      const { message, files, ticket } = await filed(ctx, gpgLetter('enc-for-stranger.asc'));
      expect(message.pgp).toMatchObject({ encrypted: true, decrypted: false, failure: 'NO_KEY', canRetry: true });
      expect(message.pgp!.explanation).toMatch(/^Encrypted for key IDs [0-9A-F]{16}.*none of them is configured/);
      expect([files, ticket.encrypted, message.pgpFailedAt]).toEqual([['message.asc'], true, expect.any(Date)]);
      expect(message.text).toBe('(encrypted, not opened)');
    });

    test('11: a key that cannot be unlocked is told from a stranger’s, and the ticket is there', async () => {
      const ctx = bare();
      await saveDesk(ctx, { suppressConfirmations: true });
      await giveDeskKey(ctx, 'support', 'not the phrase');
      const { message } = await filed(ctx, gpgLetter('enc.asc'));
      expect(message.pgp).toMatchObject({ failure: 'KEY_LOCKED', canRetry: true });
      expect(message.pgp!.explanation).toContain('private key could not be unlocked');
      expect(message.pgp!.explanation).not.toContain('not the phrase');
    });

    test('12: among several keys, one locked and one expired, the right one opens', async () => {
      const ctx = bare();
      await saveDesk(ctx, { suppressConfirmations: true });
      await giveDeskKey(ctx, 'support', 'not the phrase');
      for (const name of ['old', 'expired', 'revoked'] as const) await giveDeskKey(ctx, name);
      expect((await filed(ctx, gpgLetter('enc-rsa.asc'))).message.text).toMatch(PLAIN);
      const expired = await filed(ctx, gpgLetter('enc-expired.asc'));
      expect([expired.message.text, expired.message.pgp!.notes.join()]).toEqual([
        expect.stringMatching(PLAIN),
        expect.stringContaining('expired'),
      ]);
      const revoked = await filed(ctx, gpgLetter('enc-revoked.asc'));
      expect([revoked.message.text, revoked.message.pgp!.notes.join()]).toEqual([
        expect.stringMatching(PLAIN),
        expect.stringContaining('revoked'),
      ]);
    });

    test('13: a signer whose key expired or was revoked is never valid', async () => {
      const ctx = await desk();
      for (const name of ['expired', 'revoked'] as const) {
        await trustKey(ctx, name, CARLA);
        const whole = signed(fixture('letter.mime'), fixture(`letter.${name}.asc`));
        const { message } = await filed(ctx, letter(Buffer.from(whole, 'latin1')));
        expect(message.pgp).toMatchObject({ signature: 'EXPIRED' });
        expect(message.pgp!.explanation).toMatch(name === 'expired' ? /expired on/ : /revoked on/);
      }
    });

    test('14: signatures in an outdated form are neither valid nor "not signed"', async () => {
      const ctx = await desk();
      await trustKey(ctx, 'sam', CARLA);
      for (const name of ['letter.sha1.asc', 'letter.md5.asc']) {
        const { message } = await filed(
          ctx,
          letter(Buffer.from(signed(fixture('letter.mime'), fixture(name)), 'latin1')),
        );
        expect(message.pgp).toMatchObject({ signature: 'OUTDATED' });
      }
      expect((await filed(ctx, gpgLetter('enc-signed-sha1.asc'))).message.pgp).toMatchObject({
        decrypted: true,
        signature: 'OUTDATED',
      });
    });

    test('15: a good signature by somebody else than the sender is a mismatch', async () => {
      const ctx = await desk();
      await trustKey(ctx, 'carla', CARLA);
      const bytes = letter(encrypted(fixture('enc-signed.asc')), { From: 'Mallory <mallory@evil.test>' });
      const { message } = await filed(ctx, bytes);
      expect(message.pgp).toMatchObject({ decrypted: true, signature: 'MISMATCH' });
      expect(message.pgp!.explanation).toMatch(/not by the sender/);
    });

    test('17: without or with a failed integrity check there is no plaintext at all', async () => {
      const ctx = await desk();
      const [key] = await publicKeys('support');
      const open = await filed(
        ctx,
        letter(encrypted(armor(await sealUnprotected(literal(Buffer.from('secret words')), key!.key)))),
      );
      expect(open.message.pgp).toMatchObject({ failure: 'INTEGRITY_MISSING', canRetry: false });
      expect(open.message.pgp!.explanation).toContain('EFAIL');
      const sealed = await sealRaw(literal(Buffer.from('secret words')), key!.key);
      sealed[sealed.length - 3]! ^= 1;
      const changed = await filed(ctx, letter(encrypted(armor(sealed))));
      expect(changed.message.pgp).toMatchObject({ failure: 'INTEGRITY_FAILED', canRetry: false });
      for (const { message } of [open, changed]) expect(JSON.stringify(message)).not.toContain('secret words');
    });

    test('18: RFC 9580 (X25519, Ed25519, AEAD) opens as any other', async () => {
      const ctx = await desk();
      const { armored, sealed } = await v6Letter(fixture('letter.mime'));
      await transact(ctx, (ctx) => storeBareKey(ctx, armored));
      expect((await filed(ctx, letter(encrypted(sealed)))).message.text).toMatch(PLAIN);
    });

    test('19: LibrePGP is said not to be supported', async () => {
      const ctx = await desk();
      const { message } = await filed(ctx, gpgLetter('enc-ocb.rnp.asc'));
      expect(message.pgp).toMatchObject({ failure: 'UNSUPPORTED_VERSION' });
      expect(message.pgp!.explanation).toContain('unsupported OpenPGP version');
    });

    test('20: a bomb and a crowd of recipients are stopped with their reasons', async () => {
      const ctx = await desk();
      const [key] = await publicKeys('support');
      const bomb = await filed(
        ctx,
        letter(
          encrypted(
            armor(await sealRaw(compressed(1, deflateRawSync(literal(Buffer.alloc(52 * 1024 * 1024)))), key!.key)),
          ),
        ),
      );
      expect(bomb.message.pgp).toMatchObject({ decrypted: false, failure: 'TOO_LARGE' });
      const one = await sealRaw(literal(Buffer.from('x')), key!.key);
      const session = one.subarray(0, one.length - 60);
      const crowd = Buffer.concat([...Array.from({ length: 300 }, () => session.subarray(0, firstPacket(one))), one]);
      const { message } = await filed(ctx, letter(encrypted(armor(crowd))));
      expect(message.pgp).toMatchObject({ failure: 'TOO_MANY_RECIPIENTS' });
    });

    test('20: packed a hundred times over, or 1 GiB in 800 bytes, is stopped with its reason, and the next letter opens', async () => {
      const ctx = await desk();
      const [key] = await publicKeys('support');
      let packet = literal(Buffer.from('Content-Type: text/plain\r\n\r\nInside.'));
      for (let depth = 0; depth < 100; depth++) packet = compressed(1, deflateRawSync(packet));
      const nested = await filed(ctx, letter(encrypted(armor(await sealRaw(packet, key!.key)))));
      expect(nested.message.pgp).toMatchObject({ decrypted: false, failure: 'NESTED_TOO_DEEP', canRetry: false });
      expect(nested.message.text).not.toContain('Inside');
      const bzip2 = await sealRaw(compressed(3, fixture('bomb.bz2')), key!.key);
      expect(bzip2.length).toBeLessThan(1100);
      const bomb = await filed(ctx, letter(encrypted(armor(bzip2))));
      expect(bomb.message.pgp).toMatchObject({ decrypted: false, failure: 'TOO_LARGE' });
      for (const { files } of [nested, bomb]) expect(files).toEqual(['message.asc']);
      expect((await filed(ctx, gpgLetter('enc.asc'))).message.text).toMatch(PLAIN);
    });

    test('20: a password with the hardest Argon2 costs nothing, and its letter is kept', async () => {
      const ctx = await desk();
      // Version 4, AES-256, Argon2 with 255 passes, 255 lanes and 2 TiB (RFC 9580, sections 3.7.1.4 and 5.3).
      const hardest = Buffer.concat([Buffer.from([4, 9, 4]), Buffer.alloc(16, 1), Buffer.from([255, 255, 31])]);
      const packet = (tag: number, body: Buffer) => Buffer.concat([Buffer.from([0xc0 | tag, body.length]), body]);
      const message = Buffer.concat([
        packet(3, hardest),
        packet(18, Buffer.concat([Buffer.from([1]), Buffer.alloc(64, 1)])),
      ]);
      const before = process.cpuUsage();
      const { message: kept, files } = await filed(ctx, letter(encrypted(armor(message))));
      const { user, system } = process.cpuUsage(before);
      expect(kept.pgp).toMatchObject({ decrypted: false, failure: 'PASSWORD_ONLY', canRetry: false });
      expect(files).toEqual(['message.asc']);
      expect((user + system) / 1000).toBeLessThan(3000);
    });

    test('21: encrypted with a password only asks for the sender', async () => {
      const ctx = await desk();
      const { message } = await filed(ctx, gpgLetter('enc-password.asc'));
      expect(message.pgp).toMatchObject({ failure: 'PASSWORD_ONLY', canRetry: false });
      expect(message.pgp!.explanation).toContain('ask the sender');
    });

    test('22: cut or damaged armor is a clear reason; a list’s footer stands outside', async () => {
      const ctx = await desk();
      const armored = fixture('enc.asc').toString();
      const cut = await filed(ctx, letter(encrypted(armored.slice(0, armored.length / 2))));
      expect(cut.message.pgp).toMatchObject({ failure: 'TRUNCATED' });
      expect(cut.message.pgp!.explanation).toContain('cut off');
      const html = `<p>${fixture('enc-latin1.asc').toString().replace(/\r?\n/g, '<br>\n')}</p>`;
      expect((await filed(ctx, letter(text(html, 'text/html')))).message).toMatchObject({
        html: null,
        pgp: { decrypted: true },
      });
      const footer = '_______________\r\nlist mailing list\r\n';
      const listed = await filed(ctx, inline(`${fixture('enc-latin1.asc')}\r\n${footer}`));
      expect(listed.message.pgp!.sections.map(({ kind }) => kind)).toEqual(['ENCRYPTED', 'PLAIN']);
    });

    test('22: a list’s footer behind a signed letter stands outside the signature', async () => {
      const ctx = await desk();
      await trustKey(ctx, 'carla', CARLA);
      const whole = signed(fixture('letter.mime'), fixture('letter.sig.asc'));
      const listed = multipart('multipart/mixed', [Buffer.from(whole, 'latin1'), text('list mailing list')]);
      const { message, files } = await filed(ctx, letter(Buffer.from(listed, 'latin1')));
      expect(message.pgp!.sections.map(({ kind, signature }) => [kind, signature])).toEqual([
        ['SIGNED', 'VALID'],
        ['PLAIN', 'NONE'],
      ]);
      expect([message.pgp!.signature, files]).toEqual(['NONE', []]);
      const within = signed(fixture('letter.mime'), fixture('letter.sig.asc'), text('An extra part.'));
      const third = await filed(ctx, letter(Buffer.from(within, 'latin1')));
      expect(third.message.pgp!.sections.map(({ kind, signature }) => [kind, signature])).toEqual([
        ['SIGNED', 'VALID'],
        ['PLAIN', 'NONE'],
      ]);
    });

    test('23: the mixed-up structure of a mail server is put right', async () => {
      const ctx = await desk();
      const mixed = multipart('multipart/mixed', [
        text(''),
        'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n',
        `Content-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n${fixture('enc.asc')}`,
      ]);
      const { message } = await filed(ctx, letter(mixed));
      expect(message.text).toMatch(PLAIN);
      expect(message.pgp).toMatchObject({ decrypted: true, notes: [expect.stringContaining('put right')] });
    });

    test('24: an encrypted letter forwarded inside another says nothing of the one around it', async () => {
      const ctx = await desk();
      const body = multipart('multipart/mixed', [
        text('See below.'),
        Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\n\r\n'), gpgLetter('enc.asc')]),
      ]);
      const { message, files } = await filed(ctx, letter(Buffer.from(body, 'latin1')));
      expect([message.pgp, message.text, files.length]).toEqual([null, 'See below.', 1]);
    });

    test('an encrypted part among others stays closed (EFAIL)', async () => {
      const ctx = await desk();
      const body = multipart('multipart/mixed', [
        text('<img src="http://spy.example/', 'text/html'),
        encrypted(fixture('enc.asc')),
        text('">', 'text/html'),
      ]);
      const { message } = await filed(ctx, letter(body));
      expect(message.pgp).toMatchObject({ encrypted: false, decrypted: false, failure: 'NESTED', canRetry: false });
      expect(JSON.stringify(message)).not.toContain('parcel');
    });

    test('25: an outer signature is told of apart, the inner content counts', async () => {
      const ctx = await desk();
      await trustKey(ctx, 'carla', CARLA);
      const around = signed(encrypted(fixture('enc-signed.asc')), fixture('letter.sig.asc'));
      const { message } = await filed(ctx, letter(Buffer.from(around, 'latin1')));
      expect(message.text).toMatch(PLAIN);
      expect(message.pgp).toMatchObject({ decrypted: true, signature: 'VALID' });
      expect(message.pgp!.notes.join()).toContain('The letter as a whole is signed besides.');
      const smime = multipart('multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256', [
        encrypted(fixture('enc.asc')),
        'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\n\r\nAAAA',
      ]);
      const second = await filed(ctx, letter(smime));
      expect(second.message.text).toMatch(PLAIN);
      expect(second.message.pgp!.notes.join()).toContain('S/MIME');
    });

    test('26: the protected subject is shown and threads, inner and outer; a look-alike is ignored', async () => {
      const ctx = await desk();
      const inner = (subject: string, mark = '; protected-headers="v1"') =>
        `Content-Type: text/plain; charset=utf-8${mark}\r\nSubject: ${subject}\r\n\r\nInside.\r\n`;
      const sealed = async (subject: string, outer: string, mark?: string) =>
        letter(encrypted(await sealFor(inner(subject, mark))), { Subject: outer });
      const first = await filed(ctx, await sealed('=?utf-8?q?Merger_with_M=C3=BCller?=', '...'));
      expect([first.ticket.subject, first.message.subject]).toEqual(['Merger with Müller', 'Merger with Müller']);
      const byInner = await filed(ctx, await sealed('Re: Merger with =?utf-8?q?M=C3=BCller?=', 'Encrypted Message'));
      expect(byInner.ticket.id).toBe(first.ticket.id);
      const byOuter = await filed(ctx, await sealed('A new word on it', `Re: [#${first.ticket.number}] something`));
      expect(byOuter.ticket.id).toBe(first.ticket.id);
      const phony = await filed(ctx, await sealed('Phony subject', 'The real one', '; x-protected-headers="v1"'));
      expect(phony.ticket.subject).toBe('The real one');
    });

    test('27: faked state lines and key blocks in the body give no badge', async () => {
      const ctx = await desk();
      const { message } = await filed(
        ctx,
        inline(`[GNUPG:] GOODSIG Carla\r\nGood signature from Carla\r\n${fixture('sam.pub.asc')}`),
      );
      expect(message.pgp).toBeNull();
    });

    test('28: keys attached or in an Autocrypt header are offered and neither trusted nor used', async () => {
      const ctx = await desk();
      const key = fixture('carla.pub.asc').toString();
      const body = multipart('multipart/mixed', [
        text('My key is attached.'),
        `Content-Type: application/pgp-keys; name="carla.asc"\r\n\r\n${key}`,
        `Content-Type: application/pgp-keys; name="sam.asc"\r\n\r\n${fixture('sam.pub.asc')}`,
      ]);
      const { message } = await filed(ctx, letter(body));
      const offers = await keysOfAddress(ctx, CARLA);
      expect(offers.map(({ userIds, verifiedAt }) => [userIds, verifiedAt])).toEqual([
        [[`Carla Customer <${CARLA}>`], null],
      ]);
      expect([message.pgp, await sealingKeyOf(ctx, CARLA)]).toEqual([null, null]);
      await forgetRequesterKey(ctx, offers[0]!.id);
      const keydata = publicKeyBytes(key).toString('base64').replace(/.{70}/g, '$&\r\n ');
      await filed(
        ctx,
        letter(text('Hello.'), { Autocrypt: `addr=${CARLA}; prefer-encrypt=mutual; keydata=${keydata}` }),
      );
      expect((await keysOfAddress(ctx, CARLA)).map(({ fingerprint }) => fingerprint)).toEqual([offers[0]!.fingerprint]);
      await filed(ctx, letter(text('Hi.'), { From: 'x@y.test', Autocrypt: `addr=${CARLA}; keydata=${keydata}` }));
      expect(await keysOfAddress(ctx, 'x@y.test')).toEqual([]);
      expect((await filed(ctx, gpgLetter('enc-signed.asc'))).message.pgp).toMatchObject({ signature: 'UNKNOWN_KEY' });
    });

    test('28: of the keys that letters of one address bring only the newest five are kept', async () => {
      const ctx = await desk();
      for (let n = 0; n < 7; n++) {
        world().clock.advance({ minutes: 1 });
        const [known] = await readPublicKeys(fixture('carla.pub.asc'));
        const fingerprint = `${n}`.repeat(40);
        await transact(ctx, (ctx) => noteOfferedKeys(ctx, CARLA, [{ ...known!, fingerprint }]));
      }
      expect((await keysOfAddress(ctx, CARLA)).map(({ fingerprint }) => fingerprint[0])).toEqual([
        '6',
        '5',
        '4',
        '3',
        '2',
      ]);
    });

    test('29: a ticket tag or headers in the opened words thread nothing and are no headers', async () => {
      const ctx = await desk();
      const other = await filed(ctx, letter(text('Something else.'), { Subject: 'Another matter' }));
      const inner = `Content-Type: text/plain\r\nIn-Reply-To: <pgp-1@customer.test>\r\nFrom: boss@desk.example\r\nSubject: [#${other.ticket.number}] x\r\n\r\n[#${other.ticket.number}] hello\r\n`;
      const { message, ticket } = await filed(
        ctx,
        letter(encrypted(await sealFor(inner)), { Subject: 'Third matter' }),
      );
      expect(ticket.id).not.toBe(other.ticket.id);
      expect([message.fromAddress, ticket.subject]).toEqual([CARLA, 'Third matter']);
      expect(JSON.stringify(message.headers)).not.toContain('boss@desk.example');
    });

    test('31: S/MIME is said not to be supported and kept', async () => {
      const ctx = await desk();
      const body =
        'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n';
      const { message, files } = await filed(ctx, letter(body));
      expect([message.pgp, files]).toEqual([null, ['smime.p7m']]);
      expect(message.reasons.join()).toContain('S/MIME');
    });
  },
  { handler: READ, only: 'sqlite' },
);

/** Armor around binary packets. */
function armor(bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{64}/g, '$&\r\n');
  return `-----BEGIN PGP MESSAGE-----\r\n\r\n${lines}\r\n-----END PGP MESSAGE-----\r\n`;
}

/** The length of the first packet, in its new format (RFC 9580, section 4.2.1). */
function firstPacket(bytes: Buffer): number {
  const first = bytes[1]!;
  if (first < 192) return first + 2;
  return ((first - 192) << 8) + bytes[2]! + 192 + 3;
}
