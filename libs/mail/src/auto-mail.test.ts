import { describe, expect, test } from 'vitest';
import { cpuMs } from '../testing/cpu-time.ts';
import { type AutoMailClass, classifyAutoMail, joinsSilently, mayConfirm, type OwnMarks } from './auto-mail.ts';
import { ABSENCE_SUBJECTS, AUTO_REPLY_PREFIXES, BOUNCE_SUBJECTS } from './languages.ts';
import type { Mail, MailReport } from './mail.ts';

const own: OwnMarks = {
  messageIdIsOurs: (id) => id.startsWith('tt.'),
  messageIdIsAutomatic: (id) => id.startsWith('tt.auto'),
  mailboxAddresses: ['Support@Desk.Example', 'sales@desk.example'],
  xLoopValue: 'desk-4711',
};

/** A letter of a person; give only what the test is about. `headers` as "Name: value". */
function buildMail({
  headers = [],
  from = 'anna@acme.example',
  ...rest
}: Partial<Omit<Mail, 'headers' | 'from'>> & { headers?: string[]; from?: string | null } = {}): Mail {
  return {
    headers: headers.map((line) => ({
      name: line.slice(0, line.indexOf(':')),
      value: line.slice(line.indexOf(':') + 1).trim(),
    })),
    from: from === null ? null : { name: null, address: from },
    fromSource: 'From',
    severalFrom: false,
    replyTo: [],
    to: [],
    cc: [],
    deliveredTo: [],
    subject: 'The printer is broken',
    messageId: 'abc@acme.example',
    inReplyTo: [],
    references: [],
    date: null,
    text: 'It prints nothing at all.',
    html: null,
    attachments: [],
    reports: [],
    language: null,
    returnPath: from,
    structure: { mimeType: 'text/plain', params: {}, children: [] },
    encryption: null,
    faults: [],
    sizeBytes: 1_000,
    ...rest,
  };
}

const classOf = (mail: Mail) => classifyAutoMail(mail, own).class;

describe('a letter of a person stays human', () => {
  test.each<[string, Parameters<typeof buildMail>[0]]>([
    ['without any sign', {}],
    ['without a Return-Path', { returnPath: null }],
    ['from nobody known', { from: null }],
    ['with Auto-Submitted: no', { headers: ['Auto-Submitted: no'] }],
    ['with Auto-Submitted: No; a=b', { headers: ['Auto-Submitted: No; a=b'] }],
    ['with an empty Auto-Submitted', { headers: ['Auto-Submitted:'] }],
    ['with Precedence: normal', { headers: ['Precedence: normal'] }],
    ['with Precedence: first-class', { headers: ['Precedence: first-class'] }],
    ['with receipts suppressed only', { headers: ['X-Auto-Response-Suppress: RN, NRN'] }],
    ['with nothing suppressed', { headers: ['X-Auto-Response-Suppress: None'] }],
    ['with X-Autoreply: no', { headers: ['X-Autoreply: no'] }],
    ['with X-AntiAbuse, which every host writes', { headers: ['X-AntiAbuse: This header was added to track abuse'] }],
    ['asking how to set an absence note', { subject: 'Out of office: how do I set it?' }],
    ['asking it in German', { subject: 'Abwesenheitsnotiz einrichten, aber wie?' }],
    ['asking about a bounce', { subject: 'Undeliverable: what does this mean?' }],
    ['asking about a bounce, in a reply', { subject: 'Re: Mail delivery failed', inReplyTo: ['x@y'] }],
    ['that speaks of a machine', { subject: 'Automatic reply does not work' }],
    ['with another X-Loop', { headers: ['X-Loop: other-desk'] }],
    ['at 25 servers', { headers: Array.from({ length: 25 }, () => 'Received: by x') }],
    ['from noreplay', { from: 'noreplay@acme.example' }],
    ['from an employee of a bounce house', { from: 'bouncecastle@acme.example' }],
    ['with a sub-address of another host', { from: 'support+x@acme.example' }],
    ['answering two automatic letters of ours', { references: ['tt.auto1@d', 'tt.auto2@d'] }],
    ['answering three letters of our agents', { references: ['a@b', 'tt.1@d', 'tt.2@d', 'tt.3@d'] }],
    [
      'answering an agent behind automatic letters',
      { references: ['tt.auto1@d', 'tt.auto2@d', 'tt.auto3@d', 'tt.9@d'] },
    ],
    ['from another TMDA user', { headers: ['X-TMDA-Fingerprint: abc'] }],
    ['from a name like a challenge service', { from: 'a@notboxbe.com' }],
  ])('%s', (_, mail) => {
    expect(classifyAutoMail(buildMail(mail), own)).toEqual({
      class: 'HUMAN',
      reason: 'no sign of a machine',
      hold: false,
    });
  });
});

describe('a header gives a machine away', () => {
  test.each<[string, AutoMailClass]>([
    ['Auto-Submitted: auto-replied', 'AUTO_ACK'],
    ['AUTO-SUBMITTED: Auto-Replied', 'AUTO_ACK'],
    ['Auto-Submitted: auto-replied (vacation)', 'AUTO_ACK'],
    ['Auto-Submitted: auto-replied; owner-email="a@b.example"', 'AUTO_ACK'],
    ['Auto-Submitted: auto-generated', 'BULK'],
    ['Auto-Submitted: auto-generated (failure)', 'BULK'],
    ['Auto-Submitted: auto-notified; owner-token=x', 'BULK'],
    ['Auto-Submitted: yes', 'BULK'],
    ['Precedence: bulk', 'BULK'],
    ['Precedence: Bulk ', 'BULK'],
    ['Precedence: junk', 'BULK'],
    ['Precedence: list', 'LIST'],
    ['Precedence: auto_reply', 'AUTO_ACK'],
    ['Precedence: auto-reply', 'AUTO_ACK'],
    ['X-Precedence: bulk', 'BULK'],
    ['X-Precedence: list', 'LIST'],
    ['X-Precedence: auto_reply', 'AUTO_ACK'],
    ['List-Id: Users <users.lists.example>', 'LIST'],
    ['List-Post: <mailto:users@lists.example>', 'LIST'],
    ['Mailing-List: contact users-help@lists.example', 'LIST'],
    ['List-Unsubscribe: <https://lists.example/u>', 'BULK'],
    ['Feedback-ID: 1:2:3:esp', 'BULK'],
    ['X-Auto-Response-Suppress: All', 'BULK'],
    ['X-Auto-Response-Suppress: DR, OOF, AutoReply', 'BULK'],
    ['X-Auto-Response-Suppress: RN,DR', 'BULK'],
    ['X-Auto-Response-Suppress: oof', 'BULK'],
    ['X-MS-Exchange-Inbox-Rules-Loop: anna@acme.example', 'BULK'],
    ['X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent', 'AUTO_ACK'],
    ['X-Autoreply: yes', 'AUTO_ACK'],
    ['X-Autoreply: ', 'AUTO_ACK'],
    ['X-Autorespond: The printer is broken', 'AUTO_ACK'],
    ['X-Autoresponder: x', 'AUTO_ACK'],
    ['X-Autoresponse: x', 'AUTO_ACK'],
    ['X-AutoReply-From: anna@acme.example', 'AUTO_ACK'],
    ['X-Mail-Autoreply: x', 'AUTO_ACK'],
    ['X-Autogenerated: Reply', 'BULK'],
    ['X-FC-MachineGenerated: true', 'BULK'],
    ['X-Amazon-Mail-Relay-Type: notification', 'BULK'],
    ['Delivered-To: Autoresponder', 'AUTO_ACK'],
  ])('%j is %s', (header, expected) => {
    const { class: kind, reason, hold } = classifyAutoMail(buildMail({ headers: ['Subject: x', header] }), own);
    expect([kind, hold]).toEqual([expected, false]);
    expect(reason).toContain(`automatic mail (${header.slice(0, header.indexOf(':'))}`);
  });

  test('the reason shows the header', () => {
    expect(classifyAutoMail(buildMail({ headers: ['Auto-Submitted: auto-replied'] }), own).reason).toBe(
      'automatic mail (Auto-Submitted: auto-replied)',
    );
  });
  test('the reason does not show long or strange values', () => {
    for (const value of ['<script>', 'x'.repeat(41)]) {
      expect(classifyAutoMail(buildMail({ headers: [`X-Autorespond: ${value}`] }), own).reason).toBe(
        'automatic mail (X-Autorespond)',
      );
    }
  });
  test('each of several headers of one name counts', () => {
    expect(classOf(buildMail({ headers: ['Precedence: normal', 'Precedence: bulk'] }))).toBe('BULK');
  });
  test('a null return path is a sign', () => {
    expect(classifyAutoMail(buildMail({ returnPath: '' }), own)).toEqual({
      class: 'AUTO_ACK',
      reason: 'automatic mail (null return path)',
      hold: false,
    });
  });
  test('a generated letter is an answer when it names a letter of ours', () => {
    const headers = ['Auto-Submitted: auto-generated'];
    expect(classOf(buildMail({ headers, inReplyTo: ['tt.1@d'] }))).toBe('AUTO_ACK');
    expect(classOf(buildMail({ headers, references: ['tt.1@d'] }))).toBe('AUTO_ACK');
    expect(classOf(buildMail({ headers, inReplyTo: ['other@d'] }))).toBe('BULK');
    expect(classOf(buildMail({ headers: ['Precedence: bulk'], inReplyTo: ['tt.1@d'] }))).toBe('BULK');
  });
});

describe('nobody reads the address', () => {
  test.each([
    ...[
      'noreply',
      'no-reply',
      'No_Reply',
      'no.reply',
      'donotreply',
      'do-not-reply',
      'noreply+x',
      'noreply-orders',
      'orders-noreply',
      'mail.no-reply',
    ],
    ...[
      'nicht-antworten',
      'ne-pas-repondre',
      'no-responder',
      'nao-responda',
      'niet-beantwoorden',
      'mailer-daemon',
      'MAILER-DAEMON',
      'postmaster',
    ],
    ...['bounce', 'bounces', 'bounces+123=anna', 'bounce-77'],
  ])('%s', (local) => expect(classOf(buildMail({ from: `${local}@shop.example` }))).toBe('NO_REPLY'));
});

describe('an absence note is known by its subject together with another sign', () => {
  const subjects = [...ABSENCE_SUBJECTS, ...AUTO_REPLY_PREFIXES];
  test.each(subjects)('%s', (start) => {
    const subject = `${start.toUpperCase()}: The printer`;
    expect(classOf(buildMail({ subject, headers: ['Auto-Submitted: auto-generated'] }))).toBe('OUT_OF_OFFICE');
    expect(classOf(buildMail({ subject }))).toBe('HUMAN');
  });
  test.each([
    [{ headers: ['Auto-Submitted: auto-replied'] }, 'OUT_OF_OFFICE'],
    [{ headers: ['Precedence: bulk'] }, 'OUT_OF_OFFICE'],
    [{ headers: ['X-Auto-Response-Suppress: All'] }, 'OUT_OF_OFFICE'],
    [{ headers: ['X-Autoreply: yes'] }, 'OUT_OF_OFFICE'],
    [{ returnPath: '' }, 'OUT_OF_OFFICE'],
    [{ from: 'noreply@acme.example' }, 'OUT_OF_OFFICE'],
    [{ headers: ['List-Id: <a.b>'] }, 'LIST'],
    [{ headers: ['List-Unsubscribe: <https://x>'] }, 'BULK'],
  ] as const)('with %j it is %s', (sign, expected) => {
    const subject = 'Out of office: The printer';
    expect(
      classOf(
        buildMail({ ...sign, ...('headers' in sign ? { headers: [...sign.headers] } : {}), subject } as Parameters<
          typeof buildMail
        >[0]),
      ),
    ).toBe(expected);
  });
  test.each([
    '[#1042] Automatic reply: x',
    '[users] Out of Office',
    'AUTOMATIC REPLY: x',
    'Automatic\u00a0reply: x',
    '\u200fAutomatic reply: x',
  ])('in the form %j', (subject) => {
    expect(classOf(buildMail({ subject, returnPath: '' }))).toBe('OUT_OF_OFFICE');
  });
  test.each(['Autoreplying server fails', 'Poissani', 'Re: Out of office'])('not in the form %j', (subject) => {
    expect(classOf(buildMail({ subject, returnPath: '' }))).toBe('AUTO_ACK');
  });
  test.each(['', '  \n', '> quoted\n> words', 'Sent from my iPhone'])(
    'or when it holds no words of its own: %j',
    (text) => {
      expect(classOf(buildMail({ subject: 'Automatic reply: x', text }))).toBe('OUT_OF_OFFICE');
      expect(classOf(buildMail({ subject: 'The printer', text }))).toBe('HUMAN');
    },
  );
});

describe('our own mail that comes back is a loop', () => {
  const xLoop = ['X-Loop: desk-4711'];
  test.each<[string, Parameters<typeof buildMail>[0], boolean]>([
    ['From is a mailbox of ours', { from: 'SUPPORT@desk.example' }, false],
    ['From is a reply address of ours', { from: 'support+tt.1.k-x@desk.example' }, false],
    ['our id and our mark', { messageId: 'tt.1@d', headers: xLoop }, false],
    ['our id alone', { messageId: 'tt.1@d' }, true],
    ['our mark alone', { headers: xLoop }, true],
    ['26 servers', { headers: Array.from({ length: 26 }, () => 'Received: by x') }, true],
    [
      'three automatic letters of ours in a row',
      { references: ['tt.auto1@d', 'a@b', 'tt.auto2@d', 'c@d', 'tt.auto3@d'] },
      true,
    ],
    [
      'three automatic letters behind an agent',
      { references: ['tt.1@d', 'tt.auto1@d', 'tt.auto2@d', 'tt.auto3@d'] },
      true,
    ],
    [
      'a loop that looks like a bounce',
      { from: 'support@desk.example', returnPath: '', subject: 'Undeliverable' },
      false,
    ],
  ])('%s', (_, mail, hold) => {
    const found = classifyAutoMail(buildMail(mail), own);
    expect([found.class, found.hold]).toEqual(['LOOP', hold]);
  });
  test('one automatic letter named in both headers counts once', () => {
    const ids = ['tt.auto1@d', 'tt.auto2@d'];
    expect(classOf(buildMail({ references: ids, inReplyTo: ids }))).toBe('HUMAN');
  });
  test('an empty mark of ours matches nothing', () => {
    expect(classifyAutoMail(buildMail({ headers: ['X-Loop:'] }), { ...own, xLoopValue: '' }).class).toBe('HUMAN');
  });
});

const report = (kind: MailReport['kind'], ...actions: (string | null)[]): MailReport => ({
  kind,
  fields: [],
  recipients: actions.map((action) => ({
    finalRecipient: 'anna@acme.example',
    originalRecipient: null,
    action,
    status: null,
    diagnosticCode: null,
  })),
  originalMessageId: null,
  originalHeaders: [],
});
const reportTree = (type: string): Mail['structure'] => ({
  mimeType: 'multipart/report',
  params: { 'report-type': type },
  children: [],
});

describe('a report is known', () => {
  test.each<[string, Parameters<typeof buildMail>[0], AutoMailClass]>([
    ['failed', { reports: [report('DELIVERY_STATUS', 'failed')] }, 'BOUNCE'],
    ['Failed, among others', { reports: [report('DELIVERY_STATUS', 'delivered', 'Failed')] }, 'BOUNCE'],
    ['delayed', { reports: [report('DELIVERY_STATUS', 'delayed')] }, 'BOUNCE_DELAY'],
    ['delayed and delivered', { reports: [report('DELIVERY_STATUS', 'delivered', 'delayed')] }, 'BOUNCE_DELAY'],
    ['delivered', { reports: [report('DELIVERY_STATUS', 'delivered')] }, 'DELIVERY_OK'],
    ['relayed', { reports: [report('DELIVERY_STATUS', 'relayed')] }, 'DELIVERY_OK'],
    ['without an action', { reports: [report('DELIVERY_STATUS', null)] }, 'BOUNCE'],
    ['without a recipient', { reports: [report('DELIVERY_STATUS')] }, 'BOUNCE'],
    ['a broken delivery report', { structure: reportTree('delivery-status') }, 'BOUNCE'],
    [
      'a broken delivery report about a delay',
      { structure: reportTree('Delivery-Status'), subject: 'Warning: could not send message for past 4 hours' },
      'BOUNCE_DELAY',
    ],
    ['a read receipt', { reports: [report('DISPOSITION')] }, 'DISPOSITION'],
    ['a broken read receipt', { structure: reportTree('disposition-notification') }, 'DISPOSITION'],
    ['an abuse report', { reports: [report('FEEDBACK')] }, 'FEEDBACK'],
    ['a broken abuse report', { structure: reportTree('feedback-report') }, 'FEEDBACK'],
    [
      'a report marked as automatic',
      { reports: [report('DELIVERY_STATUS', 'failed')], headers: ['Auto-Submitted: auto-replied'] },
      'BOUNCE',
    ],
    ['X-Failed-Recipients', { headers: ['X-Failed-Recipients: anna@acme.example'] }, 'BOUNCE'],
    ['null path from a mail server', { returnPath: '', from: 'MAILER-DAEMON@mx.example', subject: 'hm' }, 'BOUNCE'],
    ['null path from a postmaster', { returnPath: '', from: 'postmaster@mx.example', subject: 'hm' }, 'BOUNCE'],
    [
      'a delay from a mail server',
      { returnPath: '', from: 'mailer-daemon@mx.example', subject: 'Delayed: still trying' },
      'BOUNCE_DELAY',
    ],
    [
      'subject of a bounce from a mail server without a path',
      { returnPath: null, from: 'mailer-daemon@mx.example', subject: 'failure notice' },
      'BOUNCE',
    ],
    ['subject of a bounce with the path of a person', { subject: 'failure notice' }, 'HUMAN'],
    [
      'subject of a bounce in a newsletter',
      { subject: 'Delivery delayed: your parcel', headers: ['List-Unsubscribe: <https://x>'] },
      'BULK',
    ],
    ['another report', { structure: reportTree('something-else') }, 'HUMAN'],
  ])('%s', (_, mail, expected) => {
    const found = classifyAutoMail(buildMail(mail), own);
    expect([found.class, found.hold]).toEqual([expected, false]);
    expect(found.bounce !== undefined).toBe(['BOUNCE', 'BOUNCE_DELAY', 'DELIVERY_OK'].includes(expected));
  });
  test.each(BOUNCE_SUBJECTS)('null path and the subject %s', (start) => {
    const kind = classOf(buildMail({ returnPath: '', subject: `${start}: The printer` }));
    expect(['BOUNCE', 'BOUNCE_DELAY']).toContain(kind);
  });
});

describe('a question whether we are a person is known', () => {
  test.each<[string, Parameters<typeof buildMail>[0]]>([
    ['by a header', { headers: ['X-Boxbe-Challenge: x'] }],
    ['by its service', { from: 'confirm@boxbe.com' }],
    ['by a host of its service', { from: 'confirm@mail.spamarrest.com' }],
    ['by the address of TMDA', { from: 'bob-confirm-123@acme.example', headers: ['X-Delivery-Agent: TMDA/1.1'] }],
    ['also when marked as automatic', { from: 'confirm@boxbe.com', headers: ['Auto-Submitted: auto-replied'] }],
  ])('%s', (_, mail) => expect(classOf(buildMail(mail))).toBe('CHALLENGE'));
});

describe('what a class causes', () => {
  const all: [AutoMailClass, boolean, boolean][] = [
    ['HUMAN', true, false],
    ['OUT_OF_OFFICE', false, true],
    ['AUTO_ACK', false, true],
    ['BULK', false, false],
    ['LIST', false, false],
    ['NO_REPLY', false, false],
    ['BOUNCE', false, true],
    ['BOUNCE_DELAY', false, true],
    ['DELIVERY_OK', false, true],
    ['DISPOSITION', false, true],
    ['FEEDBACK', false, false],
    ['CHALLENGE', false, false],
    ['LOOP', false, false],
  ];
  test.each(all)('%s: confirmation %s, silent %s', (kind, confirms, silent) => {
    expect([mayConfirm(kind), joinsSilently(kind)]).toEqual([confirms, silent]);
  });
});

test('huge hostile values are classified in a moment', () => {
  const long = ' <(['.repeat(16_000);
  const mail = buildMail({
    headers: [
      'Auto-Submitted',
      'Precedence',
      'X-Auto-Response-Suppress',
      'X-Loop',
      'X-Failed-Recipient',
      'X-TMDA-Fingerprint',
    ].map((name) => `${name}: ${long}`),
    from: `${'no-'.repeat(20_000)}@x.example`,
    subject: 'out of office '.repeat(5_000),
    text: long.repeat(20),
  });
  const start = cpuMs();
  classifyAutoMail(mail, own);
  expect(cpuMs() - start).toBeLessThan(500);
});
