import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { axeFindings, startBrowser } from './support/browser.ts';
import { ADMINISTRATOR, type Desk, SUPPORT, startDesk } from './support/desk.ts';

let desk: Desk;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk({ setUp: false }), startBrowser()]);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const letter = (from: string, subject: string, text: string, more = '') =>
  `From: ${from}\r\nTo: ${SUPPORT}\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replace(/\W/g, '')}@mail.example>\r\n${more}\r\n${text}\r\n`;
/** The head of a section, in the list or docked below it. */
const section = (name: string) => page.getByRole('heading', { level: 2, name: new RegExp(`^${name}`) });
const row = (subject: string) => page.getByRole('row').filter({ hasText: subject });

test('the set-up link makes the first administrator in the browser', async () => {
  await page.goto(`${desk.product.url}/setup?token=${desk.product.setupToken()}`);
  await page.getByLabel('Your name').fill(ADMINISTRATOR.name);
  await page.getByLabel('Your email').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await until(
    () => desk.api.ask('{ setup { required } }'),
    (d) => d.setup.required === false,
  );
  await desk.api.ask('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', {
    input: { email: ADMINISTRATOR.email, password: ADMINISTRATOR.password },
  });
});

test('without its settings no mail is collected, and a banner says so', async () => {
  desk.dovecot.deliver(letter('Anna Berg <anna@acme.example>', 'Printer on fire', 'It burns.'));
  await page.goto(`${desk.product.url}/tickets`);
  await page.getByText('Without a Support Email no mail is collected.').first().waitFor();
  expect(desk.dovecot.count()).toBe(1);
});

test('the settings are filled in by hand, the mailbox is tested, and mail comes in', async () => {
  await page.goto(`${desk.product.url}/settings`);
  await page.getByLabel('Support Email').fill(SUPPORT);
  await page.getByLabel('POP3 Host').fill('127.0.0.1');
  await page.getByLabel('POP3 User').fill(desk.dovecot.user);
  await page.getByLabel('POP3 Password', { exact: true }).fill(desk.dovecot.password);
  // Ports and security by the API: the rest of the form stays as typed.
  const { supportEmail: _a, pop3Host: _b, pop3User: _c, pop3Password: _d, ...ports } = desk.mailSettings();
  await desk.save({ ...ports, highlightEntries: ['northwind.example'] });
  await page.keyboard.press('Control+s');
  await until(
    () => desk.api.ask('{ supportSettings { supportEmail pop3PasswordIsSet } }'),
    (d) => d.supportSettings.supportEmail === SUPPORT && d.supportSettings.pop3PasswordIsSet,
  );
  await desk.save(ports);
  await until(
    () => desk.api.ask('{ collection { state } tickets { totalCount } }'),
    (d) => d.collection[0].state === 'WORKING' && d.tickets.totalCount === 1,
  );
  expect(desk.dovecot.count()).toBe(0);
  await page.goto(`${desk.product.url}/tickets`);
  await row('Printer on fire').waitFor();
});

test('a letter of a priority customer comes in live as a red row with flag and word', async () => {
  desk.dovecot.deliver(letter('Freya <freya@northwind.example>', 'Site down', 'All shops answer 502.'));
  await desk.api.ask('mutation { collectNow }');
  await until(
    async () => (await page.getByText(/1 new ticket/).count()) + (await row('Site down').count()),
    (seen) => seen > 0,
  );
  if ((await row('Site down').count()) === 0) await page.getByText(/1 new ticket/).click();
  await row('Site down').waitFor();
  expect(await row('Site down').innerText()).toContain('Priority');
  const color = await row('Site down')
    .getByText('Site down')
    .evaluate((node) => getComputedStyle(node).color);
  expect(color).toBe('rgb(180, 20, 30)');
});

test('an answer is typed and sent, and reaches the requester from the Support Email', async () => {
  await row('Printer on fire').getByText('Printer on fire').click();
  await page.getByRole('heading', { name: 'Printer on fire' }).waitFor();
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Message' }).fill('Use water, then call us.');
  await page.keyboard.press('Control+Enter');
  const mail = await until(() => desk.sink.mails.find((sent) => sent.raw.includes('Use water')), Boolean);
  expect([mail!.from, mail!.to, mail!.headers.get('in-reply-to')]).toEqual([
    SUPPORT,
    ['anna@acme.example'],
    '<Printeronfire@mail.example>',
  ]);
  await until(
    () => desk.api.ask('{ ticket(number: 1) { status messages { nodes { kind delivery } } } }'),
    (d) => d.ticket.status === 'ANSWERED',
  );
});

test('the sections are hidden and shown by the settings', async () => {
  await page.goto(`${desk.product.url}/tickets`);
  await section('On Hold').first().waitFor();
  await desk.save({ showOnHold: false, showAnswered: true });
  await page.reload();
  await section('Answered').first().waitFor();
  expect(await section('On Hold').count()).toBe(0);
  await desk.save({ showOnHold: true, showAnswered: false });
  await page.reload();
  await section('On Hold').first().waitFor();
  expect(await section('Answered').count()).toBe(0);
  await desk.save({ showAnswered: true });
});

test.each<[string, number | null, string, boolean]>([
  ['empty: it closes as the answer is sent', null, 'Closed', false],
  ['-1: it never closes by itself', -1, 'Answered', false],
  ['3: it waits, and says until when', 3, 'Answered', true],
])('Automatically Close Answered Tickets %s', async (name, closeAnsweredAfterDays, badge, hasTime) => {
  await desk.save({ closeAnsweredAfterDays });
  const subject = `Close mode ${name.split(':')[0]}`;
  desk.dovecot.deliver(letter('Kofi <kofi@globex.example>', subject, 'How long does this take?'));
  await desk.api.ask('mutation { collectNow }');
  const find = () =>
    desk.api.ask(
      'query ($search: String!) { tickets(filter: { search: $search }) { nodes { id number status closesAt } } }',
      {
        search: subject,
      },
    );
  const [ticket] = (await until(find, (d) => d.tickets.nodes.length === 1)).tickets.nodes;
  await desk.api.ask('mutation ($input: ReplyToTicketInput!) { replyToTicket(input: $input) { id } }', {
    input: { ticketId: ticket.id, text: 'Three days.' },
  });
  const wanted = badge === 'Closed' ? 'CLOSED' : 'ANSWERED';
  await until(
    () => desk.sink.mails.some((mail) => mail.headers.get('subject') === `Re: [#${ticket.number}] ${subject}`),
    Boolean,
  );
  const [now] = (await until(find, (d) => d.tickets.nodes[0].status === wanted)).tickets.nodes;
  expect(now.closesAt !== null).toBe(hasTime);
  await page.goto(`${desk.product.url}/tickets/${ticket.number}`);
  await page.getByRole('heading', { name: subject }).waitFor();
  await page.getByText(badge, { exact: true }).filter({ visible: true }).first().waitFor();
});

test('hostile HTML shows harmlessly in its own frame', async () => {
  desk.dovecot.deliver(
    letter(
      'Mallory <m@evil.example>',
      '<img src=x onerror=alert(1)>',
      '<p>Hello</p><script>top.hacked=1</script><img src=x onerror="top.hacked=1"><a href="javascript:top.hacked=1">x</a><svg onload="top.hacked=1">',
      'Content-Type: text/html\r\n',
    ),
  );
  await desk.api.ask('mutation { collectNow }');
  await until(
    () => desk.api.ask('{ tickets(filter: { search: "onerror" }) { totalCount } }'),
    (d) => d.tickets.totalCount === 1,
  );
  await page.goto(`${desk.product.url}/tickets`);
  await row('onerror=alert').click();
  await page.frameLocator('iframe').first().getByText('Hello').waitFor();
  expect(await page.evaluate('window.hacked')).toBeUndefined();
});

test.each(['light', 'dark'] as const)('axe finds nothing on the screens (%s)', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  for (const path of ['/tickets', '/settings', '/collection', '/assistants']) {
    await page.goto(`${desk.product.url}${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForTimeout(500);
    expect([path, await axeFindings(page)]).toEqual([path, []]);
  }
});

test('nothing went wrong in the browser meanwhile', () => {
  expect(complaints).toEqual([]);
});
