import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { axeFindings, startBrowser } from './support/browser.ts';
import { ADMINISTRATOR, type Desk, SUPPORT, startDesk } from './support/desk.ts';

const RECIPIENTS = 500;
const SUBJECT = 'Autumn news of the desk';

let desk: Desk;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser()]);
  await desk.save({ defaultEmailFrom: 'news@desk.example' });
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${desk.product.url}/sign-in`);
  await page.getByLabel('Email').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Tickets Center' }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** Mails of the mailing that the mail server has taken. */
const taken = () => desk.sink.mails.filter(({ headers }) => headers.get('subject')?.includes(SUBJECT));
const mailTo = (address: string) => taken().find(({ to }) => to.includes(address))!;
const counts = async () => {
  const { campaigns } = await desk.api.ask(
    '{ campaigns { nodes { id state subject counts { recipients sent failed unknown bounced skipped unsubscribed } removed { duplicates optedOut } } } }',
  );
  return campaigns.nodes.find((each: { subject: string }) => each.subject === SUBJECT);
};
/** Takes a picture for whoever wants to see the pages. */
async function picture(name: string): Promise<void> {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
}
async function step(name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name }).click();
}

test('a mailing is written in four steps, tried on oneself and looked at before it goes', async () => {
  await page.goto(`${desk.product.url}/mass-mail`);
  await picture('mass-mail-empty');
  await page.getByRole('button', { name: 'New mailing' }).click();
  await page.getByText('A list', { exact: true }).click();
  const lines = Array.from({ length: RECIPIENTS }, (_, i) => `Person Number${i} <person${i}@acme.example>`);
  await page.getByRole('textbox', { name: 'Addresses' }).fill([...lines, lines[0], 'not an address'].join('\n'));
  await page.getByRole('button', { name: 'Choose these' }).click();
  await page.getByText('500 recipients').waitFor();
  await page.getByText('1 named more than once · 1 no address').waitFor();
  await page.getByText('1 line could not be read').click();
  await page.getByRole('cell', { name: '502' }).waitFor();
  await picture('mass-mail-recipients');
  expect(await axeFindings(page)).toEqual([]);

  await step('Message');
  await page.getByRole('textbox', { name: 'Subject' }).fill(`${SUBJECT}`);
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello {{first_name|there}}, something new is here.');
  await page.getByText('Draft saved').waitFor();
  await picture('mass-mail-message');
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.getByRole('combobox', { name: 'From' }).inputValue()).toBe('news@desk.example');

  await step('Check');
  await page.getByText('Hello Person, something new is here.').waitFor();
  await page.getByRole('button', { name: 'Next recipient' }).click();
  await page.getByText('person1@acme.example').waitFor();
  await page.getByRole('button', { name: 'Send a test to me' }).click();
  await until(taken, (mails) => mails.length === 1);
  expect(taken()[0]!.to).toEqual([ADMINISTRATOR.email]);
  await picture('mass-mail-check');
  expect(await axeFindings(page)).toEqual([]);
  desk.sink.mails.length = 0;
});

test('it goes to 500 only after the number was typed, and is paused and continued across a restart', async () => {
  desk.sink.delayMs = 60;
  await step('Send');
  const send = page.getByRole('button', { name: 'Send to 500' });
  expect(await send.isDisabled()).toBe(true);
  await page.getByLabel('Type 500 to confirm').fill('500');
  await picture('mass-mail-send');
  expect(await axeFindings(page)).toEqual([]);
  await send.click();
  await until(taken, (mails) => mails.length > 30, 60_000);
  await picture('mass-mail-progress');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Continue' }).waitFor();
  // What was being handed over comes to its end; then nothing moves.
  const still = await until(
    async () => {
      const before = taken().length;
      await new Promise((resolve) => setTimeout(resolve, 1200));
      return { before, after: taken().length };
    },
    ({ before, after }) => before === after,
    60_000,
  );
  expect(still.after).toBeLessThan(RECIPIENTS);
  await desk.product.kill();
  await desk.product.start();
  await page.reload();
  await page.getByText('Paused', { exact: true }).waitFor();
  expect(taken().length).toBe(still.after);
  desk.sink.delayMs = 0;
  await page.getByRole('button', { name: 'Continue' }).click();
  await until(counts, (now) => now.state === 'DONE', 90_000);
  await page.getByText('Done', { exact: true }).waitFor();
  await picture('mass-mail-done');
  expect(await axeFindings(page)).toEqual([]);
  const copies = taken().map(({ to }) => to.join());
  expect(new Set(copies).size).toBe(RECIPIENTS);
  expect(copies.length).toBe(RECIPIENTS);
  expect((await counts()).counts).toMatchObject({ recipients: RECIPIENTS, sent: RECIPIENTS, unknown: 0 });
});

test('a recipient unsubscribes by one click and is left out from then on', async () => {
  const mail = mailTo('person7@acme.example');
  expect(mail.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const link = mail.headers.get('list-unsubscribe')!.slice(1, -1);
  expect((await fetch(link)).status).toBe(200);
  expect((await counts()).counts.unsubscribed).toBe(0);
  const answer = await fetch(link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(answer.status).toBe(200);
  expect((await counts()).counts.unsubscribed).toBe(1);

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const other = await plain.newPage();
  await other.goto(mailTo('person8@acme.example').headers.get('list-unsubscribe')!.slice(1, -1));
  await other.getByRole('button', { name: 'Unsubscribe' }).click();
  await other.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
  if (process.env.PICTURES) await other.screenshot({ path: `${process.env.PICTURES}/unsubscribed.png` });
  await plain.close();

  const { saveCampaign: next } = await desk.api.ask('mutation { saveCampaign(input: {}) { id } }');
  const { setCampaignRecipients: chosen } = await desk.api.ask(
    'mutation ($input: CampaignRecipientsInput!) { setCampaignRecipients(input: $input) { counts { recipients } removed { optedOut } } }',
    {
      input: {
        campaignId: next.id,
        kind: 'LIST',
        addresses: 'person7@acme.example, person8@acme.example, person9@acme.example',
      },
    },
  );
  expect(chosen).toMatchObject({ counts: { recipients: 1 }, removed: { optedOut: 2 } });
});

test('a mail that comes back marks its recipient', async () => {
  const id = mailTo('person3@acme.example').headers.get('message-id')!;
  desk.dovecot.deliver(bounceOf(id, 'person3@acme.example'));
  await until(counts, (now) => now.counts.bounced === 1, 60_000);
  await page.reload();
  await page.getByRole('row').filter({ hasText: 'person3@acme.example' }).getByText('Came back').waitFor();
  await picture('mass-mail-bounced');
});

test('the answer of a recipient becomes a ticket of its own that says which mailing it answers', async () => {
  for (const n of [11, 12]) {
    const address = `person${n}@acme.example`;
    const id = mailTo(address).headers.get('message-id')!;
    desk.dovecot.deliver(
      `From: ${address}\r\nTo: ${SUPPORT}\r\nSubject: Re: ${SUBJECT}\r\nMessage-ID: <answer-${n}@acme.example>\r\nIn-Reply-To: ${id}\r\n\r\nTell me more, please. This is person ${n}.\r\n`,
    );
  }
  const { tickets } = await until(
    () => desk.api.ask('{ tickets { nodes { number subject campaignSubject requester { email } } } }'),
    (d) => d.tickets.nodes.length === 2,
    60_000,
  );
  expect(tickets.nodes.map((each: { campaignSubject: string }) => each.campaignSubject)).toEqual([SUBJECT, SUBJECT]);
  await page.goto(`${desk.product.url}/tickets/${tickets.nodes[0].number}`);
  await page.getByText('Answer to a mailing').waitFor();
  await picture('mass-mail-answer');
  expect(complaints).toEqual([]);
});

function bounceOf(messageId: string, address: string): string {
  return [
    'Return-Path: <>',
    'From: Mail Delivery System <mailer-daemon@mx.acme.example>',
    `To: ${SUPPORT}`,
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'It could not be delivered.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.acme.example',
    '',
    `Final-Recipient: rfc822; ${address}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    `To: ${address}`,
    '',
    '--b--',
    '',
  ].join('\r\n');
}
