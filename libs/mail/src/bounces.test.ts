import { describe, expect, test } from 'vitest';
import { cpuMs } from '../testing/cpu-time.ts';
import { type BounceEffect, bounceEffect, MAX_BOUNCED_RECIPIENTS, readBounce } from './bounces.ts';
import type { Mail, MailAttachment, MailReportRecipient } from './mail.ts';

const OURS = 'tt.1042.e7f3k.k1-nrfxhd4mtuwlfp5zk2ffbdthm4@help.example';
const isOurs = (id: string) => id === OURS;

type Given = Pick<Mail, 'headers' | 'reports' | 'attachments' | 'inReplyTo' | 'references' | 'text'>;
const buildBounce = (given: Partial<Given> = {}) =>
  ({ headers: [], reports: [], attachments: [], inReplyTo: [], references: [], text: '', ...given }) as unknown as Mail;
const recipient = (given: Partial<MailReportRecipient> = {}): MailReportRecipient => ({
  finalRecipient: 'anna@acme.example',
  originalRecipient: null,
  action: 'failed',
  status: '5.1.1',
  diagnosticCode: null,
  ...given,
});
const reporting = (recipients: MailReportRecipient[], originalMessageId: string | null = null) =>
  buildBounce({
    reports: [{ kind: 'DELIVERY_STATUS', fields: [], recipients, originalMessageId, originalHeaders: [] }],
  });
const returning = (kind: MailAttachment['kind'], text: string) =>
  buildBounce({ attachments: [{ kind, content: Buffer.from(text) } as MailAttachment] });

describe('the recipients of a bounce', () => {
  test.each<
    [string, Partial<MailReportRecipient>, { address: string | null; status: string | null; diagnostic: string | null }]
  >([
    ['plain', {}, { address: 'anna@acme.example', status: '5.1.1', diagnostic: null }],
    [
      'with the address first written to',
      { originalRecipient: 'A.Smith@Acme.example' },
      { address: 'a.smith@acme.example', status: '5.1.1', diagnostic: null },
    ],
    ['without an address', { finalRecipient: null }, { address: null, status: '5.1.1', diagnostic: null }],
    [
      'with a broken address',
      { finalRecipient: 'anna at acme' },
      { address: 'anna at acme', status: '5.1.1', diagnostic: null },
    ],
    [
      'with a remark in the status',
      { status: '5.2.2 (mailbox full)' },
      { address: 'anna@acme.example', status: '5.2.2', diagnostic: null },
    ],
    [
      'with the status in the words only',
      { status: null, diagnosticCode: 'smtp; 550 5.1.1\r\n  no such user' },
      { address: 'anna@acme.example', status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 no such user' },
    ],
    [
      'with a plain reply code',
      { status: null, diagnosticCode: 'smtp; 550 no such user' },
      { address: 'anna@acme.example', status: '5.0.0', diagnostic: 'smtp; 550 no such user' },
    ],
    [
      'with a plain code for later',
      { status: null, diagnosticCode: '451 try later' },
      { address: 'anna@acme.example', status: '4.0.0', diagnostic: '451 try later' },
    ],
    [
      'with an IP address only',
      { status: null, diagnosticCode: 'from 5.1.1.9' },
      { address: 'anna@acme.example', status: null, diagnostic: 'from 5.1.1.9' },
    ],
    [
      'with nothing',
      { status: null, diagnosticCode: ' ' },
      { address: 'anna@acme.example', status: null, diagnostic: null },
    ],
  ])('%s', (_, given, expected) =>
    expect(readBounce(reporting([recipient(given)]), isOurs).recipients).toEqual([expected]),
  );

  test('stand in X-Failed-Recipients where there is no report', () => {
    const headers = [{ name: 'X-Failed-Recipients', value: 'Anna@acme.example, bob@acme.example' }];
    expect(readBounce(buildBounce({ headers, text: 'said: 550 5.1.1 unknown' }), isOurs).recipients).toEqual([
      { address: 'anna@acme.example', status: '5.1.1', diagnostic: null },
      { address: 'bob@acme.example', status: '5.1.1', diagnostic: null },
    ]);
    expect(readBounce(buildBounce({ headers }), isOurs).recipients[0]?.status).toBeNull();
  });

  test('are at most a hundred', () => {
    const many = (count: number) => reporting(Array.from({ length: count }, () => recipient()));
    expect(readBounce(many(MAX_BOUNCED_RECIPIENTS), isOurs).recipients).toHaveLength(100);
    expect(readBounce(many(MAX_BOUNCED_RECIPIENTS + 1), isOurs).recipients).toHaveLength(100);
  });

  test('a diagnosis of 500 characters is kept, a longer one is cut', () => {
    const words = (length: number) =>
      readBounce(reporting([recipient({ diagnosticCode: 'x'.repeat(length) })]), isOurs).recipients[0]?.diagnostic;
    expect(words(500)).toHaveLength(500);
    expect(words(501)).toHaveLength(500);
  });
});

describe('the letter that bounced', () => {
  test.each<[string, Mail, string | null, boolean]>([
    ['in the report', reporting([recipient()], OURS), OURS, true],
    ['a foreign one in the report', reporting([recipient()], 'x@y'), 'x@y', false],
    ['in the returned letter', returning('MESSAGE', `Subject: x\r\nMessage-ID: <${OURS}>\r\n\r\nwords`), OURS, true],
    ['in returned headers', returning('REPORT', `Message-ID: <${OURS}>`), OURS, true],
    ['in a file, which proves nothing', returning('FILE', `Message-ID: <${OURS}>`), null, false],
    ['in In-Reply-To', buildBounce({ inReplyTo: [OURS] }), OURS, true],
    ['in References', buildBounce({ references: ['x@y', OURS, 'z@y'] }), OURS, true],
    ['in the text', buildBounce({ text: `--- copy follows ---\nMessage-Id: <${OURS}>\nSubject: x` }), OURS, true],
    ['with a false seal', buildBounce({ text: `Message-Id: <${OURS.replace('1042', '1043')}>` }), null, false],
    ['nowhere', buildBounce({ text: 'undeliverable' }), null, false],
  ])('is named %s', (_, mail, id, ours) => {
    expect(readBounce(mail, isOurs)).toMatchObject({ originalMessageId: id, isOurs: ours });
  });

  test('a megabyte of false ids is read in a moment, and at most twenty are tried', () => {
    let tried = 0;
    const start = cpuMs();
    readBounce(buildBounce({ text: `${OURS.replace('1042', '1')} `.repeat(20_000) }), () => {
      tried++;
      return false;
    });
    expect(tried).toBe(20);
    expect(cpuMs() - start).toBeLessThan(500);
  });
});

describe('what a bounce does to an address', () => {
  test.each<[string | null, BounceEffect]>([
    ['5.1.1', 'UNDELIVERABLE_NOW'],
    ['5.1.2', 'UNDELIVERABLE_NOW'],
    ['5.1.10', 'UNDELIVERABLE_NOW'],
    ['5.2.1', 'UNDELIVERABLE_NOW'],
    ['5.1.1 (bad destination)', 'UNDELIVERABLE_NOW'],
    ['5.1.3', 'COUNT'],
    ['5.1.11', 'COUNT'],
    ['5.0.0', 'COUNT'],
    ['5.4.4', 'COUNT'],
    ['5.2.2', 'SOFT'],
    ['5.7.1', 'NONE'],
    ['5.7.26', 'NONE'],
    ['5.70.1', 'COUNT'],
    ['4.2.2', 'SOFT'],
    ['4.7.1', 'SOFT'],
    ['4.4.7', 'SOFT'],
    ['2.0.0', 'NONE'],
    ['3.1.1', 'NONE'],
    ['', 'NONE'],
    ['unknown', 'NONE'],
    ['15.1.1', 'NONE'],
    ['5.1.1.1', 'NONE'],
    [null, 'NONE'],
  ])('%j: %s', (status, effect) => expect(bounceEffect(status)).toBe(effect));
});
