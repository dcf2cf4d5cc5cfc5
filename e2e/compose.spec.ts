import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { axeFindings, startBrowser } from './support/browser.ts';
import { type Desk, SUPPORT, startDesk } from './support/desk.ts';
import { partsOf } from './support/mail-parts.ts';
import { signIn } from './support/sign-in.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const FILE = randomBytes(40_000);
const PLAN = Buffer.from('%PDF-1.4 the plan of the pump');

let desk: Desk;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let matter = 0;
let folder: string;
/** A file over the limit. */
let film: string;
const complaints: string[] = [];

async function newPage(): Promise<Page> {
  const made = await context.newPage();
  made.setDefaultTimeout(30_000);
  made.on('pageerror', (error) => complaints.push(error.message));
  return made;
}

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser()]);
  await desk.save({ suppressConfirmations: true });
  folder = mkdtempSync(join(tmpdir(), 'compose-'));
  film = join(folder, 'film.mov');
  writeFileSync(film, Buffer.alloc(26_000_000));
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await newPage();
  await signIn(page, desk);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  desk.sink.refusal = null;
  await waitInOutbox(0);
});

/** For how long replies can be taken back from now on. */
const waitInOutbox = (undoSeconds: number) => desk.save({ undoSeconds });
const UNDO_SECONDS = 12;

/** Words of mails that were taken back before they went, and when the last of them would have gone. */
const takenBack: string[] = [];
let lastWouldHaveGoneAt = 0;
function wasTakenBack(text: string): void {
  expect(sunk(text)).toEqual([]);
  takenBack.push(text);
  lastWouldHaveGoneAt = Date.now() + (UNDO_SECONDS + 1) * 1000;
}

/** Delivers a letter with a file and opens its ticket. */
async function openTicket({ cc = '' } = {}): Promise<{ number: number; id: string }> {
  const subject = `Pump ${++matter} leaks`;
  desk.dovecot.deliver(
    [
      'From: Anna Berg <anna@acme.example>',
      `To: ${SUPPORT}`,
      ...(cc ? [`Cc: ${cc}`] : []),
      `Subject: ${subject}`,
      `Message-ID: <pump${matter}@acme.example>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'It drips on the floor.',
      '--b',
      'Content-Type: application/pdf; name=plan.pdf',
      'Content-Disposition: attachment; filename=plan.pdf',
      'Content-Transfer-Encoding: base64',
      '',
      PLAN.toString('base64'),
      '--b--',
      '',
    ].join('\r\n'),
  );
  await desk.api.ask('mutation { collectNow }');
  const found = await until(
    () =>
      desk.api.ask('query ($search: String!) { tickets(filter: { search: $search }) { nodes { id number } } }', {
        search: subject,
      }),
    (d) => d.tickets.nodes.length === 1,
  );
  const [ticket] = found.tickets.nodes;
  await show(ticket.number);
  return ticket;
}

async function show(number: number, on = page): Promise<void> {
  await on.goto(`${desk.product.url}/tickets/${number}`);
  await on.getByRole('button', { name: 'Note', exact: true }).or(words(on)).first().waitFor();
}

const words = (on = page) => on.getByRole('textbox', { name: 'Message' });
const sendingBar = (on = page) => on.locator('.sending-bar');
const sunk = (text: string) => desk.sink.mails.filter(({ raw }) => raw.includes(text));
const arrived = (text: string) => until(() => sunk(text)[0], Boolean).then((mail) => mail!);
const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });

/** As the system's clipboard gives a picture or file: no words beside it. */
function paste(name: string, type: string, bytes: Buffer): Promise<void> {
  return words().evaluate(
    (element, given) => {
      const raw = Uint8Array.from(atob(given.base64), (sign) => sign.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([raw], given.name, { type: given.type }));
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    { name, type, base64: bytes.toString('base64') },
  );
}

function drop(selector: string, name: string, type: string, bytes: Buffer): Promise<void> {
  return page.locator(selector).evaluate(
    (element, given) => {
      const raw = Uint8Array.from(atob(given.base64), (sign) => sign.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([raw], given.name, { type: given.type }));
      const { left, top } = element.getBoundingClientRect();
      const at = { dataTransfer, bubbles: true, cancelable: true, clientX: left + 30, clientY: top + 14 };
      element.dispatchEvent(new DragEvent('dragover', at));
      element.dispatchEvent(new DragEvent('drop', at));
    },
    { name, type, base64: bytes.toString('base64') },
  );
}

const attach = async (...files: ReturnType<typeof file>[]) => {
  await page.getByLabel('Files to attach').setInputFiles(files);
};
const tile = (name: string) => page.locator('.draft-file').filter({ hasText: name });
/** On its way a file shows how much of its size is up; its size alone stands there once it is. */
const isUp = (file: Locator, size: string) => file.getByText(size, { exact: true }).waitFor();

test('a reply to all with Cc and Bcc arrives with its files byte for byte, and no header names Bcc', async () => {
  await openTicket({ cc: 'Boss <boss@acme.example>' });
  await page.keyboard.press('Shift+R');
  await words().waitFor();
  await page.locator('.address', { hasText: 'boss@acme.example' }).waitFor();
  await page.getByRole('button', { name: 'Bcc', exact: true }).click();
  await page.getByLabel('Bcc', { exact: true }).fill('log@desk.example;');
  await page.getByLabel('Cc', { exact: true }).fill('half');
  await words().fill('We send a plumber. The offer is attached.');
  await attach(file('offer.bin', 'application/octet-stream', FILE));
  await isUp(tile('offer.bin'), '40 kB');
  await paste('screen.png', 'image/png', PIXEL);
  await page.locator('.reply__text img[src^="/uploads/"]').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('“half” is no address that can be written to.').waitFor();
  await page.getByRole('button', { name: 'Take out half' }).click();
  await words().focus();
  await page.keyboard.press('Control+Enter');
  const mail = await arrived('We send a plumber');
  expect(mail.to).toEqual(['anna@acme.example', 'boss@acme.example', 'log@desk.example']);
  expect(mail.headers.get('cc')).toBe('boss@acme.example');
  expect(mail.raw).not.toMatch(/log@desk\.example|^bcc:/im);
  const parts = partsOf(mail.raw);
  expect(parts.find(({ name }) => name === 'offer.bin')?.bytes.equals(FILE)).toBe(true);
  const picture = parts.find(({ name }) => name === 'screen.png')!;
  expect(picture.bytes.equals(PIXEL)).toBe(true);
  const html = parts.find(({ type }) => type === 'text/html')!.bytes.toString();
  expect(html).toContain(`src="cid:${picture.contentId}"`);
  const frame = page.frameLocator('.message--reply iframe');
  await frame.getByText('We send a plumber.').waitFor();
  await until(() => frame.locator('img').evaluate((shown) => (shown as HTMLImageElement).naturalWidth), Boolean);
});

test('a dropped picture stands in the words, a dropped file beside them', async () => {
  await openTicket();
  await page.keyboard.press('r');
  await words().fill('Look:');
  await drop('.reply__text .tiptap', 'shot.png', 'image/png', PIXEL);
  await page.locator('.reply__text img[src^="/uploads/"]').waitFor();
  await drop('.reply__foot', 'log.txt', 'text/plain', Buffer.from('a log'));
  await isUp(tile('log.txt'), '5 B');
  expect(await tile('shot.png').count()).toBe(0);
  await page.keyboard.press('Control+Enter');
  const parts = partsOf((await arrived('log.txt')).raw);
  expect(
    parts
      .filter(({ name }) => name)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['log.txt', 'shot.png']);
});

test('“attached” without a file stops the mail until the writer has looked', async () => {
  await openTicket();
  await page.keyboard.press('r');
  await words().fill('The invoice is attached, {{name}}.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('You wrote “attached”, and no file is attached.').waitFor();
  await page.getByText('“{{name}}” is still to be filled in.').waitFor();
  expect([await sendingBar().count(), sunk('The invoice is attached').length]).toEqual([0, 0]);
  await page.getByRole('button', { name: 'Send anyway' }).click();
  await arrived('The invoice is attached');
});

test('Z takes a reply back: words, recipients and files are in the editor again, and nothing is sent', async () => {
  await waitInOutbox(UNDO_SECONDS);
  const { number } = await openTicket();
  await page.keyboard.press('r');
  await page.getByRole('button', { name: 'Cc', exact: true }).click();
  await page.getByLabel('Cc', { exact: true }).fill('boss@acme.example,');
  await words().fill('Too hasty by far.');
  await attach(file('offer.bin', 'application/octet-stream', FILE));
  await isUp(tile('offer.bin'), '40 kB');
  await paste('screen.png', 'image/png', PIXEL);
  await page.locator('.reply__text img[src^="/uploads/"]').waitFor();
  await page.keyboard.press('Control+Enter');
  await sendingBar().waitFor();
  await page.locator('.message .badge', { hasText: /^Sending in \d+ s$/ }).waitFor();
  await page.keyboard.press('z');
  await words().getByText('Too hasty by far.').waitFor();
  await page.locator('.address', { hasText: 'boss@acme.example' }).waitFor();
  await tile('offer.bin').waitFor();
  await page.locator('.reply__text img[src^="/uploads/"]').waitFor();
  wasTakenBack('Too hasty by far.');
  await waitInOutbox(0);
  const { ticket } = await desk.api.ask(
    'query ($n: Int!) { ticket(number: $n) { status messages { nodes { kind } } } }',
    { n: number },
  );
  expect([ticket.status, ticket.messages.nodes.length]).toEqual(['OPEN', 1]);
  await page.reload();
  await words().getByText('Too hasty by far.').waitFor();
  await tile('offer.bin').waitFor();
  await words().focus();
  await page.keyboard.press('Control+Enter');
  const parts = partsOf((await arrived('Too hasty by far')).raw);
  expect(parts.find(({ name }) => name === 'offer.bin')?.bytes.equals(FILE)).toBe(true);
});

test('a reload during the countdown shows the rest of it in every window, and the mail goes', async () => {
  await waitInOutbox(UNDO_SECONDS);
  const { number } = await openTicket();
  await page.keyboard.press('r');
  await words().fill('It goes by itself.');
  const other = await newPage();
  await show(number, other);
  await page.keyboard.press('Control+Enter');
  await sendingBar().waitFor();
  await sendingBar(other).waitFor();
  await other.close();
  await page.reload();
  await sendingBar().waitFor();
  await arrived('It goes by itself');
  await sendingBar().waitFor({ state: 'detached' });
  await page.locator('.message .badge', { hasText: /^Sent$/ }).waitFor();
});

test('a closed window sends', async () => {
  await waitInOutbox(UNDO_SECONDS / 2);
  const { number } = await openTicket();
  const other = await newPage();
  await show(number, other);
  await other.keyboard.press('r');
  await words(other).fill('Sent by nobody’s window.');
  await other.keyboard.press('Control+Enter');
  await sendingBar(other).waitFor();
  await other.close();
  await arrived('Sent by nobody');
});

test('a message is forwarded with its head and file, and the ticket stays open', async () => {
  const { number } = await openTicket();
  await page.keyboard.press('f');
  await page.getByLabel('To', { exact: true }).fill('maker@pumps.example ');
  await tile('plan.pdf').getByText('from the message').waitFor();
  await words().fill('Is this yours?');
  await page.keyboard.press('Control+Enter');
  const mail = await arrived('Is this yours?');
  expect(mail.to).toEqual(['maker@pumps.example']);
  expect(mail.headers.get('subject')).toContain(`Fwd: [#${number}] Pump ${matter} leaks`);
  expect(mail.raw).toContain('It drips on the floor.');
  expect(
    partsOf(mail.raw)
      .find(({ name }) => name === 'plan.pdf')
      ?.bytes.equals(PLAN),
  ).toBe(true);
  const { ticket } = await desk.api.ask('query ($n: Int!) { ticket(number: $n) { status } }', { n: number });
  expect(ticket.status).toBe('OPEN');
});

test('a forwarded message is taken back, its file taken out, and goes without it', async () => {
  await waitInOutbox(UNDO_SECONDS);
  await openTicket();
  await page.keyboard.press('f');
  await page.getByLabel('To', { exact: true }).fill('maker@pumps.example ');
  await page.locator('.send-group button').click();
  await sendingBar().waitFor();
  await page.keyboard.press('z');
  await page.locator('.address', { hasText: 'maker@pumps.example' }).waitFor();
  await waitInOutbox(0);
  await page.getByRole('button', { name: 'Remove plan.pdf' }).click();
  await words().fill('Without the plan.');
  await page.keyboard.press('Control+Enter');
  const mail = await arrived('Without the plan.');
  expect(partsOf(mail.raw).some(({ name }) => name === 'plan.pdf')).toBe(false);
});

test('a file over the limit is refused in a sentence, and nothing else is lost', async () => {
  await openTicket();
  await page.keyboard.press('r');
  await words().fill('Here it comes');
  await attach(file('offer.bin', 'application/octet-stream', FILE));
  await page.getByLabel('Files to attach').setInputFiles(film);
  await tile('film.mov').getByText('It has 26 MB; a file has at most 25 MB. It was not attached.').waitFor();
  await isUp(tile('offer.bin'), '40 kB');
  await page.keyboard.press('Control+Enter');
  await page.getByText('film.mov did not come up and would not go along.').waitFor();
  await page.getByRole('button', { name: 'Remove film.mov' }).click();
  await words().focus();
  await page.keyboard.press('Control+Enter');
  const names = partsOf((await arrived('Here it comes')).raw).flatMap(({ name }) => name ?? []);
  expect(names).toEqual(['offer.bin']);
});

test('an upload that breaks off can be tried again', async () => {
  await openTicket();
  await page.keyboard.press('r');
  await words().waitFor();
  await page.route('**/attachments?*', (route) => route.abort());
  await attach(file('offer.bin', 'application/octet-stream', FILE));
  await tile('offer.bin').getByText('The connection broke off.').waitFor();
  await page.unroute('**/attachments?*');
  await page.getByRole('button', { name: 'Try offer.bin again' }).click();
  await isUp(tile('offer.bin'), '40 kB');
  await page.getByRole('button', { name: 'Remove offer.bin' }).click();
});

test('a letter that comes meanwhile stops the reply, which is kept', async () => {
  const { number } = await openTicket();
  await page.keyboard.press('r');
  await words().fill('Is it fixed?');
  desk.dovecot.deliver(
    `From: anna@acme.example\r\nTo: ${SUPPORT}\r\nSubject: Re: [#${number}] more\r\nIn-Reply-To: <pump${matter}@acme.example>\r\nMessage-ID: <more${matter}@acme.example>\r\n\r\nIt floods now.\r\n`,
  );
  await desk.api.ask('mutation { collectNow }');
  await page.getByText('It floods now.').first().waitFor();
  await page.getByText('A new message came while you were writing.').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('The customer wrote again while you were answering.').waitFor();
  expect(await sendingBar().count()).toBe(0);
  await page.getByRole('button', { name: 'Send anyway' }).click();
  await arrived('Is it fixed?');
});

test('a refusal shows the words of the mail server; tried again, the same mail goes once', async () => {
  await openTicket();
  await page.keyboard.press('r');
  await words().fill('Can you read this?');
  desk.sink.refusal = { code: 550, text: 'relaying denied for you' };
  await page.keyboard.press('Control+Enter');
  await page.locator('.message .badge', { hasText: 'Not sent' }).waitFor();
  await page.getByText('relaying denied for you').first().waitFor();
  expect(sunk('Can you read this?').length).toBe(0);
  desk.sink.refusal = null;
  await page.getByRole('button', { name: 'Try again' }).click();
  await arrived('Can you read this?');
  await page.locator('.message .badge', { hasText: /^Sent$/ }).waitFor();
  expect(sunk('Can you read this?').length).toBe(1);
});

test('a refused reply can be edited and sent anew', async () => {
  await openTicket();
  await page.keyboard.press('r');
  await words().fill('Words that nobody takes');
  await attach(file('offer.bin', 'application/octet-stream', FILE));
  await isUp(tile('offer.bin'), '40 kB');
  desk.sink.refusal = { code: 554, text: 'content rejected' };
  await page.keyboard.press('Control+Enter');
  await page.locator('.message .badge', { hasText: 'Not sent' }).waitFor();
  desk.sink.refusal = null;
  await page.getByRole('button', { name: 'Edit and send anew' }).click();
  await words().getByText('Words that nobody takes').waitFor();
  await tile('offer.bin').waitFor();
  await words().fill('Words that everybody takes');
  await page.keyboard.press('Control+Enter');
  const parts = partsOf((await arrived('Words that everybody takes')).raw);
  expect(parts.find(({ name }) => name === 'offer.bin')?.bytes.equals(FILE)).toBe(true);
});

test('a mail of unknown fate says so; marked as sent, it is not sent again', async () => {
  await openTicket();
  await page.keyboard.press('r');
  await words().fill('Did this arrive?');
  desk.sink.hangsUp = true;
  await page.keyboard.press('Control+Enter');
  await page.locator('.message .badge', { hasText: 'Sent or not: unknown' }).waitFor();
  desk.sink.hangsUp = false;
  await page.getByRole('button', { name: 'Send again' }).waitFor();
  await page.getByRole('button', { name: 'Mark as sent' }).click();
  await page.locator('.message .badge', { hasText: /^Sent$/ }).waitFor();
  expect(sunk('Did this arrive?').length).toBe(0);
});

test('a new ticket is written with a file, counts down, and taken back is in its form again, with no ticket left', async () => {
  await waitInOutbox(UNDO_SECONDS);
  await page.goto(`${desk.product.url}/tickets`);
  await page.getByRole('button', { name: 'New ticket' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('To', { exact: true }).fill('kofi@globex.example');
  await dialog.getByLabel('Subject').fill('Your order');
  await dialog.getByRole('textbox', { name: 'Message' }).fill('It is on its way.');
  await dialog.getByLabel('Files to attach').setInputFiles([file('bill.bin', 'application/octet-stream', FILE)]);
  await isUp(dialog.locator('.draft-file'), '40 kB');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Your order' }).waitFor();
  await sendingBar().waitFor();
  await page.keyboard.press('z');
  await dialog.getByRole('textbox', { name: 'Message' }).getByText('It is on its way.').waitFor();
  await dialog.locator('.draft-file').getByText('bill.bin').waitFor();
  expect(await dialog.getByLabel('To', { exact: true }).inputValue()).toBe('kofi@globex.example');
  expect(await dialog.getByLabel('Subject').inputValue()).toBe('Your order');
  expect(await page.getByRole('row', { name: /Your order/ }).count()).toBe(0);
  wasTakenBack('It is on its way.');
  await waitInOutbox(0);
  await dialog.getByRole('textbox', { name: 'Message' }).focus();
  await page.keyboard.press('Control+Enter');
  const mail = await arrived('It is on its way');
  expect([mail.to, partsOf(mail.raw).some(({ bytes }) => bytes.equals(FILE))]).toEqual([['kofi@globex.example'], true]);
});

test('short messages never cover the countdown or the reply bar', async () => {
  await waitInOutbox(UNDO_SECONDS);
  await openTicket();
  await page.keyboard.press('r');
  await words().fill('Covered by nothing.');
  await page.keyboard.press('Control+Enter');
  await sendingBar().waitFor();
  await page.keyboard.press('h');
  const toast = page.locator('.mantine-Notification-root').last();
  await toast.waitFor();
  await page.waitForTimeout(400);
  const [low, high] = [await toast.boundingBox(), await sendingBar().boundingBox()];
  expect(low!.y + low!.height).toBeLessThanOrEqual(high!.y);
  await sendingBar().getByRole('button', { name: /^Undo/ }).click();
  await sendingBar().waitFor({ state: 'detached' });
  wasTakenBack('Covered by nothing.');
});

test('on a small laptop the tools, the state of the draft and Send are seen whole inside the editor', async () => {
  await openTicket();
  await page.setViewportSize({ width: 1280, height: 800 });
  try {
    await page.keyboard.press('r');
    await words().fill('Seen whole.');
    await page.getByText(/^Draft saved/).waitFor();
    const editor = (await page.locator('.reply').boundingBox())!;
    for (const part of ['.reply__tools', '.draft-line', '.send-group']) {
      const place = page.locator(`.reply__foot ${part}`);
      const { x, width } = (await place.boundingBox())!;
      expect(x, part).toBeGreaterThanOrEqual(editor.x);
      expect(x + width, part).toBeLessThanOrEqual(editor.x + editor.width);
      expect(await place.evaluate((element) => element.scrollWidth - element.clientWidth), part).toBeLessThanOrEqual(0);
    }
  } finally {
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});

test.each(['light', 'dark'] as const)('axe finds nothing on the open editor (%s)', async (colorScheme) => {
  await waitInOutbox(UNDO_SECONDS);
  await page.emulateMedia({ colorScheme });
  await openTicket({ cc: 'boss@acme.example' });
  await page.keyboard.press('Shift+R');
  await words().fill('See attached [your name]');
  await page.getByLabel('Files to attach').setInputFiles(film);
  await tile('film.mov').getByText('It was not attached.').waitFor();
  await attach(file('offer.bin', 'application/octet-stream', FILE));
  await isUp(tile('offer.bin'), '40 kB');
  await words().focus();
  await page.keyboard.press('Control+Enter');
  await page.getByText('is still to be filled in').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Forward', exact: true }).click();
  await page.getByLabel('To', { exact: true }).fill('no address,');
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Reply', exact: true }).click();
  await words().fill('Now it goes.');
  await page.getByRole('button', { name: 'Remove film.mov' }).click();
  await words().focus();
  await page.keyboard.press('Control+Enter');
  await sendingBar().waitFor();
  expect(await axeFindings(page)).toEqual([]);
});

describe('the detached editor', () => {
  const window = () => page.getByRole('dialog', { name: /^Reply to #/ });
  const frameOf = async () => (await window().boundingBox())!;
  beforeEach(() =>
    page.evaluate(() => {
      for (const choice of ['editor-detached', 'editor-frame']) localStorage.removeItem(choice);
    }),
  );
  afterAll(() => page.evaluate(() => localStorage.removeItem('editor-detached')));

  test('leaves the whole letter in view, and keeps words, steps to undo and draft on its way there and back', async () => {
    const { id } = await openTicket();
    await page.keyboard.press('r');
    await words().pressSequentially('First.');
    await page.waitForTimeout(600);
    await words().pressSequentially(' Second.');
    await words().evaluate((element) => element.setAttribute('data-same', 'yes'));
    await page.keyboard.press('Alt+Enter');
    await window().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const letter = (await page.locator('.message').first().boundingBox())!;
    const frame = await frameOf();
    expect(frame.x + frame.width).toBeLessThanOrEqual(letter.x);
    await page.keyboard.type(' Third.');
    expect(await words().innerText()).toBe('First. Second. Third.');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await until(
      () => words().innerText(),
      (text) => text.trim() === 'First.',
    );
    await page.getByRole('button', { name: 'Put the editor back (Alt Enter)' }).click();
    await window().waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    await until(
      () => words().innerText(),
      (text) => text.startsWith('First. Second.'),
    );
    expect(await words().getAttribute('data-same')).toBe('yes');
    await until(
      () => desk.api.ask('query ($id: ID!) { ticket(id: $id) { draft { text } } }', { id }),
      (d) => d.ticket.draft?.text.startsWith('First. Second.'),
    );
  });

  test('is dragged by its head, sized by its corner, put at a place, and found there again the next time', async () => {
    const { number } = await openTicket();
    await page.keyboard.press('r');
    await words().pressSequentially('Some words.');
    await page.keyboard.press('Alt+Enter');
    const before = await frameOf();
    await page.mouse.move(before.x + before.width - 140, before.y + 8);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width - 40, before.y - 92, { steps: 4 });
    await page.mouse.up();
    expect(await frameOf()).toEqual({ ...before, x: before.x + 100, y: before.y - 100 });
    await page.mouse.move(before.x + before.width + 96, before.y + before.height - 104);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width + 146, before.y + before.height - 204, { steps: 4 });
    await page.mouse.up();
    const left = await frameOf();
    expect([left.width, left.height]).toEqual([before.width + 50, before.height - 100]);
    await page.keyboard.type(' And more.');
    await page.getByText(/^Draft saved/).waitFor();
    await show(number);
    await window().waitFor();
    expect(await frameOf()).toEqual(left);
    expect(await words().innerText()).toBe('Some words. And more.');

    await page.getByRole('button', { name: 'Where the window stands' }).click();
    await page.getByRole('menuitem', { name: 'Lower right' }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await until(frameOf, ({ x, width }) => x + width === 1430);
    // What the window hides can be scrolled out from under it.
    const last = page.locator('.message').last();
    await page.locator('.messages').evaluate((list) => list.scrollTo(0, list.scrollHeight));
    const end = (await last.boundingBox())!;
    expect(end.y + end.height).toBeLessThanOrEqual((await frameOf()).y);
    expect(await axeFindings(page)).toEqual([]);

    await page.setViewportSize({ width: 800, height: 600 });
    await until(frameOf, ({ x, y, width, height }) => x >= 10 && y >= 10 && x + width <= 790 && y + height <= 590);
    await page.setViewportSize({ width: 390, height: 844 });
    await window().waitFor({ state: 'detached' });
    expect(await page.locator('.reply').boundingBox()).toMatchObject({ x: 0, width: 390 });
    expect(await words().innerText()).toBe('Some words. And more.');
    await page.setViewportSize({ width: 1440, height: 900 });
    await window().waitFor();
  });

  test('is closed by Escape with its draft kept, written on by R, and sends like any other', async () => {
    await openTicket();
    await page.keyboard.press('r');
    await words().press('Alt+Enter');
    await window().waitFor();
    await words().pressSequentially('It goes from the window.');
    await page.locator('.message').first().click();
    await page.keyboard.press('r');
    await until(() => words().evaluate((element) => element === document.activeElement), Boolean);
    for (const menu of ['Where the window stands', 'More ways to send']) {
      await page.getByRole('button', { name: menu }).click();
      await page.getByRole('menuitem').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
      expect(await words().count()).toBe(1);
    }
    await words().focus();
    await page.keyboard.press('Escape');
    await window().waitFor({ state: 'detached' });
    await page.keyboard.press('r');
    expect(await words().innerText()).toBe('It goes from the window.');
    await page.keyboard.press('Control+Enter');
    await arrived('It goes from the window.');
    await window().waitFor({ state: 'detached' });
  });

  test('stands with its key on the sheet of keys, and the slash too', async () => {
    await openTicket();
    await page.keyboard.press('r');
    await words().waitFor();
    await page.locator('.message').first().click();
    await page.keyboard.press('?');
    const sheet = page.getByRole('region', { name: 'Editor' });
    for (const line of ['Detach the editor Alt Enter', 'Saved replies /'])
      await until(
        () => sheet.innerText(),
        (text) => text.replace(/\s+/g, ' ').includes(line),
      );
    await page.keyboard.press('Escape');
  });
});

test('what was taken back did not go out when its time was over', async () => {
  await page.waitForTimeout(Math.max(0, lastWouldHaveGoneAt - Date.now()));
  expect(takenBack.map((text) => [text, sunk(text).length])).toEqual([
    ['Too hasty by far.', 1],
    ['It is on its way.', 1],
    ['Covered by nothing.', 0],
  ]);
});

test('nothing went wrong in the browser meanwhile', () => {
  expect(complaints).toEqual([]);
});
