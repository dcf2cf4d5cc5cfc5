import { describe, expect, test } from 'vitest';
import { checkSender, parseAuthResults, type SenderCheck } from './auth-results.ts';
import type { Mail } from './mail.ts';

const OURS = 'mx.desk.example';

function mailWith(headers: string[], from = 'dana@desk.example', more: Partial<Mail> = {}): Mail {
  return {
    from: { address: from, name: null },
    fromSource: 'From',
    severalFrom: false,
    headers: headers.map((value) => ({ name: 'Authentication-Results', value })),
    ...more,
  } as Mail;
}

describe('an Authentication-Results header', () => {
  test('is read with its comments, quotes, versions and blanks', () => {
    const read = parseAuthResults(
      'MX.Desk.Example 1; spf=pass (sender (really) ok) smtp.mailfrom=a@b.example; dkim/1 = pass reason="2; good \\"key\\"" header.d=b.example;',
    );
    expect(read?.authservId).toBe(OURS);
    expect(read?.results.map(({ method, result }) => `${method}=${result}`)).toEqual(['spf=pass', 'dkim=pass']);
    expect(read?.results[1]?.properties.get('reason')).toBe('2; good "key"');
    expect(read?.results[1]?.properties.get('header.d')).toBe('b.example');
  });

  test('without results, without a name or without an end is no trouble', () => {
    expect(parseAuthResults(`${OURS}; none`)).toEqual({ authservId: OURS, results: [] });
    expect(parseAuthResults('')).toBeNull();
    expect(parseAuthResults('dmarc=pass')).toBeNull();
    expect(parseAuthResults(`${OURS}; dkim=pass (never "closed`)?.results).toHaveLength(1);
  });

  test('of any length is read in linear time, and at most 100 results of it', () => {
    const many = `${OURS};${' dkim=pass header.d=x.example;'.repeat(500)}`;
    expect(parseAuthResults(many)?.results).toHaveLength(100);
    for (const piece of ['(', '"', ' ', ';', '=', '\\"', 'a="'])
      expect(parseAuthResults(`${OURS};${piece.repeat(200_000)}`)?.authservId).toBe(OURS);
  });
});

describe('the sender is', () => {
  test.each<[string, string[], SenderCheck]>([
    ['verified by dmarc', [`${OURS}; dmarc=pass header.from=desk.example`], 'PASS'],
    ['verified by dmarc without a domain named', [`${OURS}; dmarc=pass`], 'PASS'],
    ['not verified by dmarc of another domain', [`${OURS}; dmarc=pass header.from=other.example`], 'UNKNOWN'],
    ['not who it claims to be', [`${OURS}; dkim=pass header.d=desk.example; dmarc=fail`], 'FAIL'],
    ['verified by dkim of its domain', [`${OURS}; dkim=pass header.i=@desk.example`], 'PASS'],
    ['not verified by dkim of another domain', [`${OURS}; dkim=pass header.d=evil.example`], 'UNKNOWN'],
    ['not verified by dkim of a domain that only ends the same', [`${OURS}; dkim=pass header.d=sk.example`], 'UNKNOWN'],
    ['not verified by a failed dkim', [`${OURS}; dkim=fail header.d=desk.example`], 'UNKNOWN'],
    ['not verified by spf alone', [`${OURS}; spf=pass smtp.mailfrom=dana@desk.example`], 'UNKNOWN'],
    ['not verified by somebody else’s header', ['mx.evil.example; dmarc=pass header.from=desk.example'], 'UNKNOWN'],
    [
      'judged by the topmost header of our server',
      [`${OURS}; dmarc=fail`, `${OURS}; dmarc=pass header.from=desk.example`],
      'FAIL',
    ],
    [
      'judged by our header below that of another program',
      ['filter.desk.example; x=pass', `${OURS}; dmarc=pass header.from=desk.example`],
      'PASS',
    ],
    ['unknown without any header', [], 'UNKNOWN'],
  ])('%s', (_name, headers, expected) => {
    expect(checkSender(mailWith(headers), OURS)).toBe(expected);
  });

  test('verified by dkim of the domain above it', () => {
    const mail = mailWith([`${OURS}; dkim=pass header.d=desk.example`], 'dana@mail.desk.example');
    expect(checkSender(mail, 'MX.desk.example')).toBe('PASS');
  });

  test('unknown while no server is configured, with several From, and when From could not be read', () => {
    const headers = [`${OURS}; dmarc=pass`];
    expect(checkSender(mailWith(headers), null)).toBe('UNKNOWN');
    expect(checkSender(mailWith(headers), '')).toBe('UNKNOWN');
    expect(checkSender(mailWith(headers, 'dana@desk.example', { severalFrom: true }), OURS)).toBe('UNKNOWN');
    expect(checkSender(mailWith(headers, 'dana@desk.example', { fromSource: 'Sender' }), OURS)).toBe('UNKNOWN');
  });
});
