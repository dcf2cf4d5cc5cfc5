import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { axeFindings, startBrowser } from './support/browser.ts';
import { ADMINISTRATOR, type Desk, SUPPORT, startDesk } from './support/desk.ts';
import { dkimHolds } from './support/dkim.ts';
import { signIn } from './support/sign-in.ts';
import { type SmtpSink, type SunkMail, startSmtpSink } from './support/smtp-sink.ts';

let desk: Desk;
let sink: SmtpSink;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser()]);
  sink = desk.sink;
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML/i.test(message.text())) complaints.push(message.text());
  });
  await signIn(page, desk);
});
afterAll(async () => {
  await browser.close();
  await sink.stop();
  await desk.stop();
});

/** Takes pictures for whoever wants to see the pages: light, dark, and on a phone. */
async function pictures(name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (!folder) return;
  await page.screenshot({ path: `${folder}/${name}-light.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: `${folder}/${name}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${folder}/${name}-phone.png` });
  await page.evaluate('document.querySelector(".page")?.scrollTo(0, 700)');
  await page.screenshot({ path: `${folder}/${name}-phone-below.png` });
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** Nothing for axe to find, light and dark. */
async function isAccessible(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const mailTo = (address: string, since = 0) =>
  until(() => sink.mails.slice(since).find(({ to }) => to.includes(address)), Boolean, 30_000) as Promise<SunkMail>;
const open = (path: string) => page.goto(`${desk.product.url}${path}`);
const card = () => page.getByRole('region', { name: 'State of sending' });
const row = (address: string) => page.getByRole('row').filter({ hasText: address });
const ask = (query: string, variables: Record<string, unknown> = {}) => desk.api.ask(query, variables);
const saved = () => page.getByText('Settings saved.').last().waitFor();

let letters = 0;
/** A letter comes in and becomes a ticket. */
async function receive(from: string, subject: string): Promise<{ id: string; number: number }> {
  letters += 1;
  desk.dovecot.deliver(
    `From: ${from}\r\nTo: ${SUPPORT}\r\nSubject: ${subject}\r\nMessage-ID: <s${letters}@mail.example>\r\n\r\nHello.\r\n`,
  );
  await ask('mutation { collectNow }');
  const find = async (): Promise<{ id: string; number: number }> =>
    (await ask('{ tickets { nodes { id number subject } } }')).tickets.nodes.find(
      (ticket: { subject: string }) => ticket.subject === subject,
    );
  return until(find, Boolean, 30_000);
}
const reply = (ticketId: string, text: string) =>
  ask('mutation ($input: ReplyToTicketInput!) { replyToTicket(input: $input) { id } }', { input: { ticketId, text } });

test('the page is there before anything was sent, by the rail and by keys', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.getByRole('heading', { level: 1, name: 'Sending' }).waitFor();
  await card().getByText('Working').waitFor();
  await page.getByText('No mail has been written yet').waitFor();
  expect(await page.getByRole('link', { name: /^Sending/ }).getAttribute('aria-current')).toBe('page');
  await pictures('sending-empty');
  await isAccessible();
});

test('a test mail says what the mail server answered, with values that are not saved', async () => {
  await open('/settings#sending');
  const part = page.getByRole('region', { name: 'Sending mail' });
  await part.getByLabel('Port', { exact: true }).fill('1');
  await part.getByRole('button', { name: 'Send a test mail to me' }).click();
  await part.getByText('could not be reached').waitFor();
  await page.getByRole('button', { name: 'Discard' }).click();
  sink.refusal = { code: 554, text: 'relay denied' };
  await part.getByRole('button', { name: 'Send a test mail to me' }).click();
  await part.getByText('relay denied').waitFor();
  sink.refusal = null;
  await part.getByRole('button', { name: 'Send a test mail to me' }).click();
  await part.getByText('took it').waitFor();
  expect((await mailTo(ADMINISTRATOR.email)).headers.get('subject')).toBe('Test of sending');
});

test('rate, undo and connections are set with words for what does not fit', async () => {
  await page.getByLabel('Seconds to take a reply back').fill('61');
  await page.getByLabel('Mails per minute').fill('600');
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'Enter a number of seconds from 0 to 60.' }).waitFor();
  await page.getByLabel('Seconds to take a reply back').fill('3');
  await page.keyboard.press('Control+s');
  await saved();
  expect((await ask('{ supportSettings { undoSeconds mailsPerMinute smtpConnections } }')).supportSettings).toEqual({
    undoSeconds: 3,
    mailsPerMinute: 600,
    smtpConnections: 4,
  });
  await open('/sending');
  await card()
    .getByText('0 of 600')
    .waitFor({ state: 'attached' })
    .catch(() => undefined);
  await card()
    .getByText(/of 600/)
    .waitFor();
});

test('a key for DKIM is made, and its record is there to be copied', async () => {
  await open('/settings#dkimDomain');
  const part = page.getByRole('region', { name: 'Sending mail' });
  expect(await part.getByRole('button', { name: 'Make a key' }).isDisabled()).toBe(true);
  await part.getByLabel('DKIM domain').fill('desk.example');
  await part.getByLabel('DKIM selector').fill('desk1');
  await page.keyboard.press('Control+s');
  await saved();
  await part.getByRole('button', { name: 'Make a key' }).click();
  const record = page.getByRole('region', { name: 'Record for the DNS' });
  await record.getByText('desk1._domainkey.desk.example').waitFor();
  await record.scrollIntoViewIfNeeded();
  await pictures('settings-sending');
  await isAccessible();
  expect(await page.content()).not.toContain('PRIVATE KEY-----\n');
});

test('the words of the confirmation are changed beside a preview that names a wrong placeholder', async () => {
  await open('/settings');
  await page.getByRole('link', { name: 'Preview the confirmation' }).click();
  await page.getByRole('heading', { level: 1, name: 'Templates' }).waitFor();
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText('It has arrived and has the number #1042.').waitFor();
  const field = page.getByLabel('Confirmation', { exact: true });
  await field.fill('Got it: {{number}} {{ticketId}}');
  await page.getByText('There is no placeholder {{ticketId}} here.').waitFor();
  expect(await page.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
  await pictures('template-mistake');
  await isAccessible();
  await field.fill('Got it, as number ');
  await page.getByRole('button', { name: /Insert \{\{number\}\}/ }).click();
  expect(await field.inputValue()).toBe('Got it, as number {{number}}');
  await preview.getByText('Got it, as number 1042').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Confirmation saved.').waitFor();
  await pictures('template-confirmation');
  await isAccessible();
});

test('a new ticket is confirmed with these words, under a signature that holds', async () => {
  const ticket = await receive('Anna Berg <anna@acme.example>', 'Printer on fire');
  const mail = await mailTo('anna@acme.example');
  expect(mail.raw).toContain(`Got it, as number ${ticket.number}`);
  const { dkimRecord } = (await ask('{ supportSettings { dkimRecord { name value } } }')).supportSettings;
  expect(dkimHolds(mail.raw, dkimRecord)).toBe(true);
  expect(dkimHolds(mail.raw.replace('Got it', 'Sold it'), dkimRecord)).toBe(false);
});

test('the built-in words come back, and that can be taken back', async () => {
  await page.getByRole('button', { name: 'Back to the built-in words' }).click();
  await page.getByText('The built-in words hold.', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('region', { name: 'Preview' }).getByText('Got it, as number 1042').waitFor();
  for (const [name, words] of [
    ['Reply frame', 'Please switch it off at the wall first.'],
    ['Close notice', 'your request #1042 is closed.'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Templates' }).getByRole('link', { name }).click();
    await page.getByRole('region', { name: 'Preview' }).getByText(words).waitFor();
    await isAccessible();
  }
});

test('an agent’s name and signature are seen in a mail before they are saved, and stand in the next reply', async () => {
  await page.getByRole('button', { name: /Dana Whitfield/ }).click();
  await page.getByRole('menuitem', { name: 'Profile' }).click();
  await page.getByRole('heading', { level: 1, name: 'Profile' }).waitFor();
  await page.getByLabel('Name in mails').fill('{{agentName}} of Desk');
  await page.getByLabel('Signature').fill('Kind regards\n{{agentName}}');
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText(`Dana Whitfield of Desk <${SUPPORT}>`).waitFor();
  await preview.getByText('Kind regards').waitFor();
  await pictures('profile');
  await isAccessible();
  await page.keyboard.press('Control+s');
  await page.getByText('Saved. Your next reply is signed so.').waitFor();
  const before = sink.mails.length;
  const ticket = await receive('Bea <bea@acme.example>', 'Where is my invoice');
  await mailTo('bea@acme.example', before);
  const startedAt = Date.now();
  const sunk = sink.mails.length;
  await reply(ticket.id, 'It is on its way.');
  const mail = await mailTo('bea@acme.example', sunk);
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(2900);
  expect(mail.headers.get('from')).toContain('Dana Whitfield of Desk');
  expect(mail.raw).toMatch(/It is on its way\.[\s\S]*Kind regards\r?\nDana Whitfield/);
  await desk.save({ undoSeconds: 0 });
});

test('a mail server that is gone is said on every page, and mail waits for it; back again, all goes out', async () => {
  const ticket = await receive('Cleo <cleo@acme.example>', 'No mail server');
  await mailTo('cleo@acme.example');
  const { port } = sink;
  await sink.stop();
  await reply(ticket.id, 'This waits.');
  await open('/tickets');
  await page.getByText(/^Mail has not gone out since/).waitFor();
  await pictures('banner');
  await page.getByRole('link', { name: 'Look at it' }).click();
  await card()
    .getByText(/^Waiting since/)
    .waitFor();
  await card().getByText('could not be reached').waitFor();
  await row('cleo@acme.example').getByText('Waiting', { exact: true }).waitFor();
  await pictures('sending-down');
  await isAccessible();
  sink = await startSmtpSink(port);
  await card().getByRole('button', { name: 'Try now' }).click();
  expect((await mailTo('cleo@acme.example')).raw).toContain('This waits.');
  await card().getByText('Working', { exact: true }).waitFor();
  await page.getByText(/^Mail has not gone out/).waitFor({ state: 'detached' });
});

test('refused mails show the server’s words; one is tried again, then all of one cause', async () => {
  const tickets: { id: string; name: string }[] = [];
  for (const name of ['dora', 'emil', 'fred']) {
    const before = sink.mails.length;
    const { id } = await receive(`${name} <${name}@acme.example>`, `Question of ${name}`);
    await mailTo(`${name}@acme.example`, before);
    tickets.push({ id, name });
  }
  sink.refusal = { code: 550, text: '5.1.1 no such user here' };
  for (const { id, name } of tickets) await reply(id, `Answer for ${name}.`);
  await open('/sending?state=failed');
  for (const name of ['dora', 'emil', 'fred'])
    await row(`${name}@acme.example`).getByText('no such user here').waitFor();
  const causes = page.getByRole('region', { name: 'Why mails failed' });
  await causes.getByText('3 mails').waitFor();
  await pictures('sending-failed');
  await isAccessible();
  sink.refusal = null;
  const before = sink.mails.length;
  await page.getByRole('button', { name: 'Try again: dora@acme.example' }).click();
  expect((await mailTo('dora@acme.example', before)).raw).toContain('Answer for dora.');
  await causes.getByText('2 mails').waitFor();
  await causes.getByRole('button', { name: /^Try all 2 again/ }).click();
  await mailTo('emil@acme.example', before);
  await mailTo('fred@acme.example', before);
  await page.mouse.move(0, 0);
  await page.getByText('No mail matches').waitFor();
  await page.getByText('No mail has failed.').waitFor();
  const copies = sink.mails.slice(before).filter(({ raw }) => raw.includes('Answer for'));
  expect(copies.length).toBe(3);
});

test('a mail of unknown fate is sent again as the same mail after a question, marked as sent, or a waiting one given up', async () => {
  const unknown: { id: string; number: number }[] = [];
  for (const name of ['gina', 'hugo']) {
    const before = sink.mails.length;
    const ticket = await receive(`${name} <${name}@acme.example>`, `Matter of ${name}`);
    await mailTo(`${name}@acme.example`, before);
    unknown.push(ticket);
  }
  sink.hangsUp = true;
  for (const ticket of unknown) await reply(ticket.id, `Words for ${ticket.number}.`);
  await open('/sending?state=unknown');
  await row('gina@acme.example').getByText('It is not sent again by itself.').waitFor();
  await row('hugo@acme.example').waitFor();
  sink.hangsUp = false;
  await pictures('sending-unknown');
  await isAccessible();
  await page.getByRole('button', { name: 'Send again: gina@acme.example' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send this mail again?' });
  await dialog.getByText('it may arrive twice').waitFor();
  await pictures('sending-question');
  await isAccessible();
  const before = sink.mails.length;
  await dialog.getByRole('button', { name: 'Send again' }).click();
  expect((await mailTo('gina@acme.example', before)).headers.get('message-id')).toBeTruthy();
  await page.getByRole('button', { name: 'Mark as sent: hugo@acme.example' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as sent' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  sink.refusal = { code: 451, text: 'try later' };
  const ticket = await receive('Ines <ines@acme.example>', 'Matter of ines');
  await reply(ticket.id, 'Never to be sent.');
  await open('/sending?state=waiting&kind=replies');
  await row('ines@acme.example').getByText('try later').waitFor();
  await page.getByRole('button', { name: 'Discard: ines@acme.example' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  sink.refusal = null;
  await open('/sending?state=discarded');
  await row('ines@acme.example').getByText('Given up', { exact: true }).waitFor();
});

test('the list is narrowed by kind and recipient, leads to the ticket, and its address can be shared', async () => {
  await open('/sending?kind=confirmations');
  await page.getByRole('searchbox', { name: 'Find a recipient' }).fill('anna@');
  await until(
    () => page.getByRole('row').count(),
    (rows) => rows === 2,
  );
  expect(page.url()).toContain('q=anna');
  await pictures('sending-filled');
  await row('anna@acme.example').getByRole('link').click();
  await page.getByRole('heading', { name: 'Printer on fire' }).waitFor();
  await page.goBack();
  await until(
    () => page.getByRole('row').count(),
    (rows) => rows === 2,
  );
  await open('/sending');
  await row('anna@acme.example').first().waitFor();
  await pictures('sending-all');
  await isAccessible();
  expect(complaints).toEqual([]);
});
