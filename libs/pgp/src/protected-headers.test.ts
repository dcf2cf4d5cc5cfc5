import { describe, expect, test } from 'vitest';
import { readProtectedHeaders } from './index.ts';
import { MAX_HEADER_BYTES } from './protected-headers.ts';

const mime = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1');
const plain = (parameters: string, ...more: string[]) =>
  mime(`Content-Type: text/plain${parameters}`, ...more, '', 'words');

describe('headers inside the encryption', () => {
  test.each([
    ['; charset=utf-8; protected-headers="v1"', 'v1'],
    [';\r\n\tprotected-headers=v1', 'v1'],
    ['; Protected-Headers="V2"', 'v2'],
    ['; charset="us-ascii"; hp="cipher"', 'hp-cipher'],
    ['; hp=clear', 'hp-clear'],
    ['; name="a;b=\\"c"; hp="cipher"', 'hp-cipher'],
  ])('marked by %s give the subject', (parameters, scheme) => {
    const found = readProtectedHeaders(
      plain(parameters, 'Subject: The real', '  subject', 'Message-ID: <a@b>', 'X-Ticket: 7'),
    );
    expect(found).toEqual({
      scheme,
      subject: 'The real subject',
      headers: [
        { name: 'Subject', value: 'The real subject' },
        { name: 'Message-ID', value: '<a@b>' },
      ],
    });
  });

  test('are found below the wrapper of an inner signature', () => {
    const found = readProtectedHeaders(
      mime(
        'Content-Type: multipart/signed; boundary="s"; protocol="application/pgp-signature"',
        'Subject: not this one',
        '',
        '--s',
        'Content-Type: multipart/mixed; boundary="m"; protected-headers="v1"',
        'Subject: inner',
        '',
        '--m',
      ),
    );
    expect(found?.subject).toBe('inner');
  });

  test('keep their raw bytes for whoever decodes them', () => {
    expect(readProtectedHeaders(plain('; hp=cipher', 'Subject: Gr\u00fc\u00dfe'))?.subject).toBe('Gr\u00fc\u00dfe');
  });
});

describe('headers that are not protected are not believed', () => {
  test.each([
    '',
    '; protected-headers-phony="v1"',
    '; x-protected-headers="v1"',
    '; no-protected-headers-phony-hp="cipher"',
    '; protected-headers="v9"',
    '; hp="none"',
    '; name="; hp=cipher"',
    '; comment="\\"; protected-headers=v1; \\""',
  ])('%s', (parameters) => {
    expect(readProtectedHeaders(plain(parameters, 'Subject: phony'))).toBeNull();
  });

  test('in a part that is not the first, or not at the top', () => {
    const inner = ['--m', 'Content-Type: text/plain; protected-headers="v1"', 'Subject: phony', '', 'words', '--m--'];
    expect(readProtectedHeaders(mime('Content-Type: multipart/mixed; boundary="m"', '', ...inner))).toBeNull();
  });

  test('in words, in nothing, behind too many bytes', () => {
    for (const bytes of [
      mime('Dear desk', 'Subject: x'),
      Buffer.alloc(0),
      mime('', 'Content-Type: text/plain; hp=cipher'),
    ]) {
      expect(readProtectedHeaders(bytes)).toBeNull();
    }
    const at = (size: number) =>
      readProtectedHeaders(Buffer.from(`X: ${'x'.repeat(size - 4)}\nContent-Type: a/b; hp=cipher\n\n`, 'latin1'));
    expect(at(MAX_HEADER_BYTES - 28)?.scheme).toBe('hp-cipher');
    expect(at(MAX_HEADER_BYTES)).toBeNull();
  });

  test('a deep nest of signatures ends', () => {
    const layer = 'Content-Type: multipart/signed; boundary=b\n\n--b\n';
    const marked = 'Content-Type: text/plain; hp=cipher\nSubject: s\n\n';
    expect(readProtectedHeaders(Buffer.from(layer.repeat(3) + marked))?.subject).toBe('s');
    expect(readProtectedHeaders(Buffer.from(layer.repeat(4) + marked))).toBeNull();
  });
});
