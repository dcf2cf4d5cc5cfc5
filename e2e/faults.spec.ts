import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { type Desk, SUPPORT, startDesk } from './support/desk.ts';
import { freePort } from './support/free-port.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ setUp: true });
});
afterAll(() => desk.stop());

const state = () =>
  desk.api
    .ask('{ collection { state reason } }')
    .then((d) => d.collection[0] as { state: string; reason: string | null });
const letter = (n: number, what = 'Matter') =>
  `From: u${n}@acme.example\r\nTo: ${SUPPORT}\r\nSubject: ${what} number ${n}\r\nMessage-ID: <${what}-${n}@acme.example>\r\n\r\nThis is ${what} number ${n}.\r\n`;

test.each<[string, () => Promise<Record<string, unknown>> | Record<string, unknown>, string, RegExp]>([
  ['a wrong password', () => ({ pop3Password: 'wrong' }), 'FAILING', /password/i],
  ['a port where nobody listens', async () => ({ pop3Port: await freePort() }), 'FAILING', /port/i],
  [
    'a host that does not exist',
    () => ({ pop3Host: 'no-such-host.invalid' }),
    'FAILING',
    /no-such-host\.invalid|name/i,
  ],
  ['TLS where the server speaks none', () => ({ pop3Security: 'TLS' }), 'FAILING', /TLS|secure/i],
  ['STARTTLS where the server offers none', () => ({ pop3Security: 'STARTTLS' }), 'FAILING', /STLS|STARTTLS|secure/i],
  ['a missing host', () => ({ pop3Host: null }), 'NOT_CONFIGURED', /POP3 Host/],
  ['a missing user', () => ({ pop3User: null }), 'NOT_CONFIGURED', /POP3 User/],
  ['a missing password', () => ({ pop3Password: null }), 'NOT_CONFIGURED', /POP3 Password/],
  ['a missing Support Email', () => ({ supportEmail: null }), 'NOT_CONFIGURED', /Support Email/],
])(
  '%s: nothing is collected or deleted, the reason is said, and the right settings mend it',
  async (_name, wrong, expected, reason) => {
    await until(state, (now) => now.state === 'WORKING');
    await desk.save(await wrong());
    desk.dovecot.deliver(letter(desk.dovecot.count() + Math.floor(performance.now())));
    const waiting = desk.dovecot.count();
    const found = await until(state, (now) => now.state === expected);
    expect(found.reason).toMatch(reason);
    expect(desk.dovecot.count()).toBe(waiting);
    await desk.save(desk.mailSettings());
    await until(
      () => desk.dovecot.count(),
      (left) => left === 0,
    );
  },
);

test('killed again and again while it collects, it loses no letter and doubles none', async () => {
  const before = (await desk.api.ask('{ inboundMails { totalCount } }')).inboundMails.totalCount;
  const count = 120;
  for (let n = 0; n < count; n++) desk.dovecot.deliver(letter(n, 'Interrupted'));
  for (const wait of [15, 40, 90, 160, 60, 120]) {
    await desk.api.ask('mutation { collectNow }');
    await new Promise((resolve) => setTimeout(resolve, wait));
    await desk.product.kill();
    await desk.product.start();
  }
  const ledger = await until(
    () =>
      desk.api.ask(
        '{ inboundMails { totalCount } waiting: inboundMails(filter: { fate: [COLLECTED] }) { totalCount } held: inboundMails(filter: { fate: [HELD] }) { totalCount } tickets(filter: { search: "Interrupted number" }) { totalCount } }',
      ),
    (d) => d.inboundMails.totalCount === before + count && d.waiting.totalCount === 0,
    60_000,
  );
  // A letter whose reading was killed three times is held, as a letter that kills the process would be; none is lost.
  expect(ledger.tickets.totalCount + ledger.held.totalCount).toBe(count);
  const { inboundMails } = await desk.api.ask('{ inboundMails(filter: { fate: [HELD] }) { nodes { id reason } } }');
  for (const { id, reason } of inboundMails.nodes) {
    expect(reason).toContain('held');
    await desk.api.ask(
      'mutation ($input: InboundMailIdInput!) { releaseInboundMail(input: $input) { fate ticket { number } } }',
      { input: { inboundMailId: id } },
    );
  }
  const after = await desk.api.ask('{ tickets(filter: { search: "Interrupted number" }) { totalCount } }');
  expect(after.tickets.totalCount).toBe(count);
  await until(
    () => desk.dovecot.count(),
    (left) => left === 0,
  );
});
