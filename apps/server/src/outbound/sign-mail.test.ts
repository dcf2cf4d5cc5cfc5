import { createHash, createPublicKey, createVerify, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { normalizeLineEnds } from '../platform/smtp-door.ts';
import { composeMail } from './compose.ts';
import { signMail } from './sign-mail.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 1024,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

test('a signed mail keeps its bytes below a signature that holds', async () => {
  const written = await composeMail({
    from: { address: 'support@desk.example', name: 'Dana' },
    to: ['anna@acme.example'],
    subject: 'Grüße',
    text: 'Hello  \n\nDana',
    date: new Date('2026-03-02T09:00:00Z'),
    messageId: '<1@desk.example>',
  });
  const bytes = normalizeLineEnds(written);
  const signed = (await signMail(written, { domain: 'desk.example', selector: 's1', privateKey })).toString('latin1');
  expect(signed.endsWith(bytes.toString('latin1'))).toBe(true);
  const field = signed.slice(0, signed.length - bytes.length);
  const tag = (name: string) => new RegExp(`[;\\s]${name}=([^;]*)`).exec(field)![1]!.replace(/\s/g, '');
  expect([tag('d'), tag('s'), tag('a')]).toEqual(['desk.example', 's1', 'rsa-sha256']);

  const [head, body] = [signed.slice(field.length).split('\r\n\r\n')[0]!, signed.slice(signed.indexOf('\r\n\r\n') + 4)];
  const relaxedBody = `${body
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(\r\n)*$/, '')}\r\n`;
  expect(createHash('sha256').update(relaxedBody, 'latin1').digest('base64')).toBe(tag('bh'));
  const relax = (line: string) =>
    line
      .replace(/\r\n(?=[ \t])/g, '')
      .replace(/^([^:]+):\s*/, (_all, name: string) => `${name.toLowerCase()}:`)
      .replace(/[ \t]+/g, ' ')
      .trim();
  const lines = head.split(/\r\n(?![ \t])/);
  const covered = tag('h')
    .split(':')
    .flatMap((name) => lines.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)).map(relax));
  const own = relax(field.trim()).replace(/([;\s]b=)[^;]*$/, '$1');
  const verify = createVerify('sha256').update([...covered, own].join('\r\n'), 'latin1');
  expect(verify.verify(createPublicKey(privateKey), tag('b'), 'base64')).toBe(true);
});
