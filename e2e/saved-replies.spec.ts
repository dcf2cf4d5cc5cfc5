import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { axeFindings, startBrowser } from './support/browser.ts';
import { type Desk, SUPPORT, startDesk } from './support/desk.ts';
import { signIn } from './support/sign-in.ts';

const SAVE = 'mutation ($input: SavedReplyInput!) { saveSavedReply(input: $input) { id } }';
const WAY =
  '<p>Dear {{requesterName}},</p><p>your <strong>parcel</strong> of #{{number}} is on its way since ____.</p>';

let desk: Desk;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let matter = 0;
const complaints: string[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser()]);
  await desk.save({ suppressConfirmations: true });
  for (const [name, html] of [
    ['Parcel on its way', WAY],
    ['Parcel lost', '<p>We look for it.</p>'],
    ['Opening hours', '<ul><li>Monday to Friday</li><li>9 to 17</li></ul>'],
  ])
    await desk.api.ask(SAVE, { input: { name, html, reach: 'EVERYBODY' } });
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  await signIn(page, desk);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** Delivers a letter, opens its ticket and a reply. */
async function beginReply(from = 'Anna Berg <anna@acme.example>'): Promise<number> {
  const subject = `Parcel ${++matter}`;
  desk.dovecot.deliver(
    [
      `From: ${from}`,
      `To: ${SUPPORT}`,
      `Subject: ${subject}`,
      `Message-ID: <p${matter}@acme.example>`,
      '',
      'Where is it?',
    ].join('\r\n'),
  );
  await desk.api.ask('mutation { collectNow }');
  const found = await until(
    () =>
      desk.api.ask('query ($search: String!) { tickets(filter: { search: $search }) { nodes { number } } }', {
        search: subject,
      }),
    (d) => d.tickets.nodes.length === 1,
  );
  const [{ number }] = found.tickets.nodes;
  await page.goto(`${desk.product.url}/tickets/${number}`);
  await page.getByRole('button', { name: 'Note', exact: true }).waitFor();
  await page.keyboard.press('r');
  await words().waitFor();
  return number;
}

const words = () => page.getByRole('textbox', { name: 'Message' });
const options = () => page.getByRole('option');
const text = () => words().evaluate((element) => (element as HTMLElement).innerText.trim());
const active = () => words().getAttribute('aria-activedescendant');

test('a slash, some letters and Enter put the words in, filled in for the ticket; a gap that is left stops the mail', async () => {
  const number = await beginReply();
  await words().pressSequentially('/');
  await options().nth(2).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await words().pressSequentially('parcel');
  await until(
    () => options().count(),
    (count) => count === 2,
  );
  await page.keyboard.press('ArrowDown');
  expect(await page.getByRole('option', { selected: true }).innerText()).toContain('Parcel on its way');
  expect(await active()).toBe(await page.getByRole('option', { selected: true }).getAttribute('id'));
  await page.keyboard.press('Enter');
  await until(text, (now) => now === `Dear Anna Berg,\n\nyour parcel of #${number} is on its way since ____.`);
  expect(await active()).toBeNull();

  await page.keyboard.press('Control+z');
  await until(text, (now) => now === '/parcel');
  expect(await options().count()).toBe(0);
  await page.keyboard.press('Control+Shift+z');
  await until(text, (now) => now.startsWith('Dear Anna Berg'));

  await page.keyboard.press('Control+Enter');
  await page.getByText('“____” is still to be filled in.').waitFor();
  await words().evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf('____') ?? -1;
      if (at >= 0) getSelection()?.setBaseAndExtent(node, at, node, at + 4);
    }
  });
  await page.keyboard.type('Monday');
  await page.keyboard.press('Control+Enter');
  const mail = await until(() => desk.sink.mails.find(({ raw }) => raw.includes('since Monday')), Boolean);
  expect(mail!.raw).toContain('<strong>parcel</strong>');
});

test('what is not known of the customer stays as a gap, which is marked to be typed over', async () => {
  await beginReply('nn@acme.example');
  await words().pressSequentially('/on its way');
  await options().first().waitFor();
  await page.keyboard.press('Enter');
  await until(text, (now) => now.startsWith('Dear {{requesterName}},'));
  await page.keyboard.type('customer');
  await until(text, (now) => now.startsWith('Dear customer,'));
});

test('Escape closes the list and leaves the sign; the next one closes the editor. An address opens no list', async () => {
  await beginReply();
  await words().pressSequentially('See https://acme.example/par');
  expect(await options().count()).toBe(0);
  await words().pressSequentially(' /par');
  await options().first().waitFor();
  await page.keyboard.press('Escape');
  await options().first().waitFor({ state: 'detached' });
  await words().pressSequentially('cel');
  expect(await options().count()).toBe(0);
  expect(await text()).toBe('See https://acme.example/par /parcel');
  await page.keyboard.press('Enter');
  await words().pressSequentially('/no such words');
  expect(await options().count()).toBe(0);
  await page.keyboard.press('Escape');
  await words().waitFor({ state: 'detached' });
});

test('what an input method composes is its own affair: its Enter takes no saved reply', async () => {
  await beginReply();
  await words().pressSequentially('/');
  await options().first().waitFor();
  const keyboard = await context.newCDPSession(page);
  await keyboard.send('Input.imeSetComposition', { text: 'lost', selectionStart: 4, selectionEnd: 4 });
  await page.keyboard.press('Enter');
  await keyboard.send('Input.insertText', { text: 'lost' });
  expect(await text()).not.toContain('We look for it.');
  await keyboard.detach();
});

test('the button of the toolbar opens the list with a search and shows the words as they would stand here', async () => {
  const number = await beginReply();
  await words().pressSequentially('Hello. ');
  await page.getByRole('button', { name: 'Saved replies (/)' }).click();
  const search = page.getByRole('combobox', { name: 'Search saved replies' });
  await search.fill('way');
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText(`of #${number} is on its way`).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await search.waitFor({ state: 'detached' });
  expect(await text()).toBe('Hello.');
  await page.getByRole('button', { name: 'Saved replies (/)' }).click();
  await search.fill('lost');
  await page.keyboard.press('Enter');
  await until(text, (now) => now === 'Hello. We look for it.');
  await page.keyboard.type(' Soon.');
  await until(text, (now) => now === 'Hello. We look for it. Soon.');
});

test('what is written is saved as one, is found by the next slash, and changed and deleted on its page', async () => {
  await beginReply();
  await words().fill('We are closed for the holidays.');
  await page.getByRole('button', { name: 'Saved replies (/)' }).click();
  await page.getByRole('button', { name: 'Save what I have written…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New saved reply' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Parcel lost');
  await dialog.getByLabel('Everybody').check();
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByText('There is a saved reply “Parcel lost” for everybody already.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Holidays');
  await dialog.getByLabel('Only me').check();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await words().press('End');
  await words().press('Enter');
  await words().pressSequentially('/holi');
  await page.getByRole('option', { name: /Holidays.*Only me/ }).waitFor();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Saved replies (/)' }).click();
  await page.getByRole('link', { name: 'All saved replies' }).click();
  const mine = page.getByRole('region', { name: 'Only for me' });
  await mine.getByRole('button', { name: /^Holidays/ }).click();
  await mine.getByText('We are closed for the holidays.').waitFor();
  await page.getByRole('button', { name: 'Edit Holidays' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit saved reply' });
  await edit.getByRole('textbox', { name: 'Words' }).fill('We are back on Monday.');
  await edit.getByRole('button', { name: 'Save', exact: true }).click();
  await mine.getByText('We are back on Monday.').waitFor();
  // A message that just comes in is pale for a moment.
  await until(
    () => axeFindings(page),
    (findings) => findings.length === 0,
  );
  await page.getByRole('button', { name: 'Delete Holidays' }).click();
  await mine.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Undo/ }).click();
  await mine.getByRole('button', { name: /^Holidays/ }).waitFor();
});

test('when the words do not come, or are gone, it is said, and what is written stays as it was', async () => {
  await beginReply();
  await desk.api.ask(SAVE, { input: { name: 'Gone soon', html: '<p>x</p>', reach: 'EVERYBODY' } });
  await page.reload();
  await words()
    .or(page.getByRole('button', { name: /^Reply to/ }))
    .first()
    .waitFor();
  await page.keyboard.press('r');
  await words().pressSequentially('Hello /gone');
  await options().first().waitFor();
  await context.setOffline(true);
  await page.keyboard.press('Enter');
  await page.getByText(/Nothing was put in, and your words are as they were/).waitFor();
  expect(await text()).toBe('Hello /gone');
  await context.setOffline(false);
  const { nodes } = (await desk.api.ask('{ savedReplies { nodes { id name } } }')).savedReplies;
  const { id } = nodes.find(({ name }: { name: string }) => name === 'Gone soon');
  await words().press('Control+a');
  await words().pressSequentially('/gone');
  await options().first().waitFor();
  await desk.api.ask('mutation ($id: ID!) { deleteSavedReply(input: { savedReplyId: $id }) { id } }', { id });
  await page.keyboard.press('Enter');
  await page.getByText('“Gone soon” was deleted meanwhile.').waitFor();
  expect(await text()).toBe('/gone');
});

test('a new ticket takes saved replies too; what belongs to a ticket is a gap there', async () => {
  await page.goto(`${desk.product.url}/tickets`);
  await page.getByRole('button', { name: 'New ticket' }).click();
  await words().click();
  await words().pressSequentially('/on its way');
  await options().first().waitFor();
  await page.keyboard.press('Escape');
  await options().first().waitFor({ state: 'detached' });
  await words().press('Control+a');
  await words().pressSequentially('/on its');
  await options().first().waitFor();
  await page.keyboard.press('Enter');
  await until(text, (now) => now.startsWith('Dear {{requesterName}},'));
  await page.keyboard.press('Escape');
  await words().waitFor({ state: 'detached' });
});

test('nothing went wrong in the browser meanwhile', () => {
  expect(complaints).toEqual([]);
});
