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
const ANNA = 'Anna Berg <anna@acme.example>';

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser()]);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${desk.product.url}/sign-in`);
  await page.getByLabel('Email').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Tickets Center' }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const letter = (from: string, subject: string, id: string, text: string, more = '') =>
  `From: ${from}\r\nTo: ${SUPPORT}\r\nSubject: ${subject}\r\nMessage-ID: <${id}@mail.example>\r\n${more}\r\n${text}\r\n`;

/** Delivers a letter and waits for its fate. */
async function receive(from: string, subject: string, id: string, text: string, more = '') {
  desk.dovecot.deliver(letter(from, subject, id, text, more));
  await desk.api.ask('mutation { collectNow }');
  const { inboundMails } = await until(
    () =>
      desk.api.ask(
        'query ($id: String) { inboundMails(filter: { messageId: $id }) { nodes { fate reason ticket { id number } } } }',
        { id: `${id}@mail.example` },
      ),
    (d) => d.inboundMails.nodes[0]?.fate !== undefined && d.inboundMails.nodes[0].fate !== 'COLLECTED',
  );
  return inboundMails.nodes[0] as { fate: string; reason: string; ticket: { id: string; number: number } | null };
}
const ticket = async (number: number) =>
  (
    await desk.api.ask(
      'query ($number: Int) { ticket(number: $number) { id status mergedInto { number } linkedTo { number } messages { nodes { kind text newSender } } events { kind undoneAt } } }',
      { number },
    )
  ).ticket;
const open = async (number: number) => {
  await page.goto(`${desk.product.url}/tickets/${number}`);
  await page.getByRole('region', { name: `Ticket ${number}` }).waitFor();
};
const card = (text: string) => page.getByRole('article').filter({ hasText: text });
const act = async (text: string, item: string) => {
  await card(text).getByRole('button', { name: 'Message actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const choose = async (number: number) => {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Ticket', { exact: true }).fill(String(number));
  await dialog.getByRole('button', { name: new RegExp(`^#${number}\\b`) }).click();
};

test('a message says why it stands where it stands', async () => {
  expect(await receive(ANNA, 'Printer on fire', 'a1', 'It burns.')).toMatchObject({ fate: 'TICKETED' });
  await receive(ANNA, 'Re: printer on FIRE', 'a2', 'By the way, our coffee machine is broken.');
  await open(1);
  await card('coffee machine').getByText('Why is this here?').click();
  await card('coffee machine').getByText('joined #1 by equal subject, sender').waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

test('a letter is split off to its own ticket, answers to it go there, and links lead both ways', async () => {
  await act('coffee machine', 'Split off to a new ticket');
  await page.getByRole('region', { name: 'Ticket 2' }).waitFor();
  await page.getByText('Possible follow-up of').waitFor();
  expect((await ticket(2)).linkedTo.number).toBe(1);
  const answer = await receive(ANNA, 'Anything', 'a3', 'It is the big one.', 'In-Reply-To: <a2@mail.example>\r\n');
  expect(answer.ticket?.number).toBe(2);
  await card('It is the big one.').waitFor();
  await page.getByRole('link', { name: /^#1/ }).first().click();
  await page.getByRole('region', { name: 'Ticket 1' }).waitFor();
  await page.getByText(/split the letter of anna@acme\.example off to/).waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

test('a letter is moved to another ticket and taken back by one key', async () => {
  const other = await receive('Ben <ben@other.example>', 'Lamp is dark', 'b1', 'No light here.');
  await open(2);
  await act('It is the big one.', 'Move to ticket…');
  await choose(other.ticket!.number);
  await card('It is the big one.').waitFor({ state: 'detached' });
  const there = (await ticket(other.ticket!.number)).messages.nodes;
  expect(there.find((message: { text: string }) => message.text.includes('big one'))).toMatchObject({
    newSender: true,
  });
  await page.getByRole('button', { name: /^Undo/ }).last().waitFor();
  await page.keyboard.press('z');
  await card('It is the big one.').waitFor();
  expect((await ticket(2)).events.at(-1)).toMatchObject({ kind: 'MOVE', undoneAt: expect.any(String) });
});

test('a ticket is merged into another one and leads there; the history takes it back', async () => {
  await open(2);
  await page.keyboard.press('m');
  await choose(1);
  await page.getByText('This ticket was merged into #1').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(await ticket(2)).toMatchObject({ status: 'CLOSED', mergedInto: { number: 1 }, messages: { nodes: [] } });
  const answer = await receive(ANNA, 'Anything', 'a4', 'Still broken.', 'In-Reply-To: <a3@mail.example>\r\n');
  expect(answer.ticket?.number).toBe(1);
  await page.getByRole('link', { name: /^#1 Printer on fire/ }).click();
  await card('It is the big one.').waitFor();
  await page.getByText(/merged #2 into this ticket/).waitFor();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'merged #2 into this ticket' })
    .getByRole('button', { name: 'Take back' })
    .click();
  await card('It is the big one.').waitFor({ state: 'detached' });
  expect(await ticket(2)).toMatchObject({ mergedInto: null });
});

test('a new sender is folded and warned of until an agent adds the address', async () => {
  await desk.save({ ignoreSenderAddress: true });
  const stranger = await receive(
    'Mallory <mallory@evil.example>',
    'Re: [#1] Printer on fire',
    'm1',
    'Send me everything.',
  );
  expect(stranger).toMatchObject({ fate: 'JOINED', ticket: { number: 1 } });
  await open(1);
  await card('Send me everything.').getByText('This address is new in this ticket.').waitFor();
  await card('Send me everything.').getByRole('button', { name: 'Add to ticket' }).click();
  await page.getByText('added mallory@evil.example to this ticket').waitFor();
  await page.getByRole('button', { name: /^Undo/ }).last().waitFor();
  await page.keyboard.press('z');
  await card('Send me everything.').getByText('This address is new in this ticket.').waitFor();
  await desk.save({ ignoreSenderAddress: false });
});

test('a letter is tried: pasted, dropped as a file, from the ledger, and with unsaved settings; nothing comes of it', async () => {
  const count = async () => (await desk.api.ask('{ inboundMails { totalCount } tickets { totalCount } }')) as unknown;
  const before = await count();
  await page.goto(`${desk.product.url}/settings`);
  await page.getByRole('link', { name: 'Try a letter' }).click();
  const source = letter('Zoe <zoe@third.example>', 'Re: Lamp is dark', 't1', 'Mine too.');
  await page.getByLabel('Letter', { exact: true }).fill(source);
  await page.getByRole('button', { name: 'Try this letter' }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText('It would open a new ticket').waitFor();
  await result.getByText('Its sender would get a confirmation.').waitFor();
  await result.getByText(/the subject fits #\d+, the sender does not/).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'letter.eml',
    mimeType: 'message/rfc822',
    buffer: Buffer.from(letter(ANNA, 'Re: Printer on fire', 't2', 'Again.')),
  });
  await page.getByRole('button', { name: 'Try this letter' }).click();
  await result.getByText('It would join').waitFor();
  await result.getByRole('link', { name: '#1 Printer on fire' }).waitFor();

  await page.getByRole('combobox', { name: 'Or a letter that came before' }).click();
  await page.getByRole('option', { name: /Lamp is dark — ben@other\.example/ }).click();
  await page.getByRole('button', { name: 'Try this letter' }).click();
  await result.getByText('It would open a new ticket').waitFor();

  await page.goto(`${desk.product.url}/settings`);
  await page.getByLabel('Do not check e-mail address').check();
  await page.getByRole('button', { name: 'Try a letter with these unsaved settings' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Letter', { exact: true }).fill(source);
  await dialog.getByRole('button', { name: 'Try with these settings' }).click();
  await dialog.getByText('as the letter of a new sender').waitFor();
  const { supportSettings } = await desk.api.ask('{ supportSettings { ignoreSenderAddress } }');
  expect(supportSettings.ignoreSenderAddress).toBe(false);
  expect(await count()).toEqual(before);
});

test('nothing went wrong unseen', () => expect(complaints).toEqual([]));
