import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, startDesk } from './support/desk.ts';
import { type MailExchange, type OnTheWay, startMailExchange, withoutHeaders } from './support/mail-exchange.ts';

/** Nothing more comes when nothing waited anywhere for so long, both desks collecting all the while. */
const SILENCE_MS = 2000;
const MARKS = ['auto-submitted', 'x-auto-response-suppress', 'x-loop', 'precedence', 'return-path'];
const IDS = ['message-id', 'in-reply-to', 'references'];

let exchange: MailExchange;
let desks: readonly [Desk, Desk];
beforeAll(async () => {
  [exchange, ...desks] = await Promise.all([
    startMailExchange(),
    startDesk({ setUp: true }),
    startDesk({ setUp: true }),
  ]);
});
afterAll(() => Promise.all([...desks.map((desk) => desk.stop()), exchange.stop()]));

/** Gives both desks fresh addresses, so that what they wrote before does not count against their limits. */
async function asNewDesks(name: string): Promise<readonly [string, string]> {
  const addresses = [`support@left-${name}.example`, `support@right-${name}.example`] as const;
  for (const [n, desk] of desks.entries()) {
    exchange.route(addresses[n]!, (letter) => desk.dovecot.deliver(letter));
    await desk.save({ ...desk.mailSettings(), supportEmail: addresses[n]!, smtpPort: exchange.port });
  }
  exchange.taken.length = 0;
  return addresses;
}

/** How many letters wait at a desk: to be collected, to be read, or to be sent. */
async function waitingAt({ api, dovecot }: Desk): Promise<number> {
  const { inboundMails, sending } = await api.ask(
    '{ inboundMails(filter: { fate: [COLLECTED] }) { totalCount } sending { queued sending } }',
  );
  return dovecot.count() + inboundMails.totalCount + sending.queued + sending.sending;
}

/** Waits until both have nothing more to say, and tells how many letters each wrote. */
async function lettersUntilSilence(addresses: readonly [string, string]): Promise<number[]> {
  let heard = exchange.taken.length;
  for (let silentSince = Date.now(); Date.now() - silentSince < SILENCE_MS; ) {
    await Promise.all(desks.map((desk) => desk.api.ask('mutation { collectNow }')));
    await new Promise((resolve) => setTimeout(resolve, 250));
    const waiting = await Promise.all(desks.map(waitingAt));
    if (exchange.taken.length !== heard || waiting.some((count) => count > 0)) silentSince = Date.now();
    heard = exchange.taken.length;
    expect(heard, 'an endless exchange').toBeLessThan(30);
  }
  for (const desk of desks) expect(desk.dovecot.count()).toBe(0);
  return addresses.map((_, n) => exchange.taken.filter(({ to }) => to === addresses[1 - n]).length);
}

let changed = 0;
const ways: [string, string, OnTheWay][] = [
  ['as they are', 'whole', (letter) => letter],
  ['without a mark of automatic mail', 'unmarked', (letter) => withoutHeaders(letter, (name) => MARKS.includes(name))],
  [
    'without marks and without any id',
    'nameless',
    (letter) => withoutHeaders(letter, (name) => [...MARKS, ...IDS].includes(name)),
  ],
  [
    'without marks and ids, under another subject each time',
    'renamed',
    (letter) =>
      withoutHeaders(letter, (name) => [...MARKS, ...IDS].includes(name)).replace(
        /^Subject: .*(?:\r\n[ \t].*)*/m,
        () =>
          `Subject: Quite another matter, the ${['first', 'second', 'third', 'fourth'][changed % 4]} of ${++changed}`,
      ),
  ],
];

test.each(ways)('two desks whose letters arrive %s end after at most 4 letters each', async (_way, name, onTheWay) => {
  const addresses = await asNewDesks(name);
  exchange.alter(onTheWay);
  // A letter in the name of one desk is enough to set both at each other.
  desks[0].dovecot.deliver(
    [
      `From: Support <${addresses[1]}>`,
      `To: ${addresses[0]}`,
      `Subject: The beginning of ${name} trouble`,
      `Message-ID: <begin-${name}@elsewhere.example>`,
      '',
      'Please tell me more about this.',
      '',
    ].join('\r\n'),
  );
  const written = await lettersUntilSilence(addresses);
  expect(written[0]).toBeGreaterThanOrEqual(1);
  for (const count of written) expect(count).toBeLessThanOrEqual(4);
});

test('an agent who writes to another desk starts no exchange either', async () => {
  const addresses = await asNewDesks('agent');
  exchange.alter((letter) => withoutHeaders(letter, (name) => MARKS.includes(name)));
  await desks[0].api.ask('mutation ($input: OpenTicketInput!) { openTicket(input: $input) { id } }', {
    input: { requesterEmail: addresses[1], subject: 'A question from us', text: 'Do you open on Sundays?' },
  });
  const written = await lettersUntilSilence(addresses);
  expect(written[1]).toBeGreaterThanOrEqual(1);
  for (const count of written) expect(count).toBeLessThanOrEqual(4);
});
