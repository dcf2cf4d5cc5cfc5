import { describe, expect, test } from 'vitest';
import { fixture } from '../testing/craft.ts';
import { MAX_BLOCKS } from './detect-inline.ts';
import { detectBytes, detectInline, detectMime, type MimeShape } from './index.ts';

const message = fixture('enc.asc').toString().trim();
const clear = fixture('words.clear.asc').toString().trim();
const key = fixture('carla.pub.asc').toString().trim();

describe('blocks in a text', () => {
  test('one block that is the whole text', () => {
    const scan = detectInline(`\n\u00a0 ${message}\n\n`);
    expect(scan).toMatchObject({
      isWhole: true,
      blocks: [{ kind: 'MESSAGE', isComplete: true, isQuoted: false, armored: message }],
    });
  });

  test('words around blocks are sections of their own, with offsets that fit', () => {
    const text = `Dear desk,\n\n${message}\n\nand signed:\n${clear}\n-- \nfooter`;
    const scan = detectInline(text);
    expect(scan.isWhole).toBe(false);
    expect(
      scan.sections.map((part) => (part.type === 'block' ? part.block.kind : text.slice(part.start, part.end).trim())),
    ).toEqual(['Dear desk,', 'MESSAGE', 'and signed:', 'CLEAR_SIGNED', '-- \nfooter']);
    for (const block of scan.blocks) expect(text.slice(block.start, block.end)).toBe(block.armored);
  });

  test('keys and lone signatures are told apart from letters', () => {
    const text = `${key}\n${fixture('letter.sig.asc')}\n${key.replaceAll('PUBLIC', 'PRIVATE')}`;
    expect(detectInline(text).blocks.map(({ kind }) => kind)).toEqual(['PUBLIC_KEY', 'SIGNATURE', 'PRIVATE_KEY']);
  });

  test('a block behind quote marks is marked as quoted and is never the whole', () => {
    const quoted = message.replace(/^/gm, '> ');
    expect(detectInline(quoted)).toMatchObject({ isWhole: false, blocks: [{ isQuoted: true }] });
  });

  test('blocks in HTML, with hard spaces, and on one line are found', () => {
    for (const text of [
      `<div>${message.replaceAll('\n', '<br>')}</div>`,
      message.replaceAll(' ', '\u00a0'),
      message.replaceAll(' ', '&nbsp;'),
      `Hello ${message.replaceAll('\n', ' ')}`,
    ]) {
      expect(detectInline(text).blocks).toMatchObject([{ kind: 'MESSAGE', isComplete: true }]);
    }
  });

  test('words about a BEGIN line, and made-up state lines, are no block', () => {
    const text =
      'Please write -----BEGIN PGP MESSAGE----- on top.\n[Good signature by the boss]\n*** BEGIN ENCRYPTED ***';
    expect(detectInline(text).blocks).toEqual([]);
  });

  test('a block without its end goes to the next block or the end of the text', () => {
    const text = `-----BEGIN PGP MESSAGE-----\n\nabcd\n${message}`;
    expect(detectInline(text).blocks.map(({ isComplete }) => isComplete)).toEqual([false, true]);
    expect(detectInline(clear.slice(0, 80)).blocks).toMatchObject([
      { kind: 'CLEAR_SIGNED', isComplete: false, end: 80 },
    ]);
  });

  test('no more blocks than the limit, in a time that stays small', () => {
    const begin = '-----BEGIN PGP MESSAGE-----\n\n';
    expect(detectInline(begin.repeat(MAX_BLOCKS)).blocks).toHaveLength(MAX_BLOCKS);
    const startedAt = performance.now();
    expect(detectInline(begin.repeat(70_000)).blocks).toHaveLength(MAX_BLOCKS);
    expect(detectInline(`x ${begin.trim()}`.repeat(70_000)).blocks).toEqual([]);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

const part = (contentType: string, more: Partial<MimeShape> = {}): MimeShape => ({ contentType, ...more });
const version = part('application/pgp-encrypted');
const payload = part('application/octet-stream', { fileName: 'encrypted.asc' });
const encrypted = part('multipart/encrypted', {
  params: { protocol: 'application/pgp-encrypted' },
  parts: [version, payload],
});
const signed = part('multipart/signed', {
  params: { protocol: 'application/pgp-signature', micalg: 'pgp-sha512' },
  parts: [part('text/plain'), part('application/pgp-signature')],
});
const blank = part('text/plain', { isBlank: true });
const words = part('text/html');

describe('the structure of a letter', () => {
  test('PGP/MIME encrypted', () => {
    expect(detectMime(encrypted)).toEqual({ kind: 'ENCRYPTED', payload: [1], isRepaired: false });
  });

  test('PGP/MIME signed', () => {
    expect(detectMime(signed)).toEqual({ kind: 'SIGNED', content: [0], signature: [1], hash: 'sha512' });
  });

  test.each([
    [
      'Exchange: a blank text, the version, the payload',
      part('multipart/mixed', { parts: [blank, version, payload] }),
      [2],
    ],
    ['a wrapper with a blank text', part('multipart/mixed', { parts: [blank, encrypted] }), [1, 1]],
    [
      'a wrapper in a wrapper',
      part('multipart/mixed', { parts: [part('multipart/mixed', { parts: [encrypted] })] }),
      [0, 0, 1],
    ],
    ['the payload first', { ...encrypted, parts: [payload, version] }, [0]],
    ['no protocol named', { ...encrypted, params: {} }, [1]],
    ['the payload alone', payload, []],
    ['application/pgp alone', part('Application/PGP'), []],
    [
      'a payload of the version type',
      { ...encrypted, parts: [version, part('application/pgp-encrypted', { fileName: 'msg.asc' })] },
      [1],
    ],
  ])('mixed up and repaired: %s', (_, shape, path) => {
    expect(detectMime(shape)).toEqual({ kind: 'ENCRYPTED', payload: path, isRepaired: true });
  });

  test('an encrypted part hidden among other parts is not the letter (EFAIL)', () => {
    const attack = part('multipart/mixed', { parts: [words, encrypted, words] });
    expect(detectMime(attack)).toEqual({ kind: 'NESTED', parts: [{ kind: 'ENCRYPTED', path: [1] }] });
    const split = part('multipart/mixed', { parts: [words, version, payload] });
    expect(detectMime(split)).toEqual({ kind: 'NONE' });
    const unknown = part('multipart/mixed', { parts: [part('text/plain'), encrypted] });
    expect(detectMime(unknown).kind).toBe('NESTED');
  });

  test('a signed part inside an unsigned letter stays inside', () => {
    const forwarded = part('message/rfc822', { parts: [signed] });
    expect(detectMime(part('multipart/mixed', { parts: [words, forwarded] }))).toEqual({
      kind: 'NESTED',
      parts: [{ kind: 'SIGNED', path: [1, 0] }],
    });
  });

  test('S/MIME and plain letters are none of ours', () => {
    const smime = part('multipart/signed', {
      params: { protocol: 'application/pkcs7-signature' },
      parts: [words, part('application/pkcs7-signature')],
    });
    for (const shape of [
      smime,
      words,
      part('application/pkcs7-mime'),
      part('multipart/mixed', { parts: [words, words] }),
    ]) {
      expect(detectMime(shape)).toEqual({ kind: 'NONE' });
    }
  });

  test('a structure of great depth ends', () => {
    let shape: MimeShape = encrypted;
    for (let depth = 0; depth < 2000; depth++) shape = part('multipart/mixed', { parts: [words, shape] });
    expect(detectMime(shape)).toEqual({ kind: 'NONE' });
  });
});

describe('a file', () => {
  test.each([
    ['enc.asc', 'ENCRYPTED'],
    ['attached.bin.pgp', 'ENCRYPTED'],
    ['enc-password.asc', 'ENCRYPTED'],
    ['signed-opaque.asc', null],
    ['words.clear.asc', 'CLEAR_SIGNED'],
    ['letter.sig.asc', 'SIGNATURE'],
    ['carla.pub.asc', 'PUBLIC_KEY'],
    ['carla.sec.asc', 'PRIVATE_KEY'],
    ['letter.mime', null],
    ['latin1.txt', null],
    ['bomb.bz2', null],
  ])('%s is %s', (name, kind) => {
    expect(detectBytes(fixture(name))).toBe(kind);
  });

  test('that begins like a packet but is a picture is nothing', () => {
    expect(detectBytes(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBeNull();
    expect(detectBytes(Buffer.from('ffd8ffe000104a46494600', 'hex'))).toBeNull();
    expect(detectBytes(Buffer.alloc(0))).toBeNull();
  });
});
