import { hostilePieces } from '@support-center/mail/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { startBrowser } from './support/browser.ts';
import { type Canary, startCanary } from './support/canary.ts';
import { ADMINISTRATOR, type Desk, startDesk } from './support/desk.ts';
import { hostileLetters } from './support/hostile-letters.ts';

import { htmlOf } from './support/mail-parts.ts';
import { type Watch, watch } from './support/watch.ts';

const TICKETS = 10;
const letters = hostileLetters(TICKETS);
const pieces = hostilePieces();

interface Message {
  kind: string;
  html: string | null;
  htmlUrl: string | null;
}
interface Ticket {
  id: string;
  number: number;
  subject: string;
  messages: { totalCount: number; nodes: Message[] };
}

let desk: Desk;
let canary: Canary;
let browser: Browser;
let tickets: Ticket[] = [];
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  canary = await startCanary();
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser(canary.browserArgs)]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([desk.stop(), canary.stop()]);
});
beforeEach(() => {
  canary.asked.length = 0;
});

/** A browser context that is watched; without its policies only what stands behind them protects it. */
async function watched(options: { bypassCSP?: boolean } = {}): Promise<Watch & { context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  contexts.push(context);
  return Object.assign(await watch(context, desk.product.url), { context });
}

async function signedIn(watching: Watch): Promise<Page> {
  const page = await watching.page();
  page.setDefaultTimeout(15_000);
  await page.goto(`${desk.product.url}/sign-in`);
  await page.getByLabel('Email').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/tickets');
  return page;
}

/** Shows pieces of HTML one by one in frames of a page that nothing protects. */
async function showUnprotected(page: Page, htmls: readonly string[]): Promise<void> {
  for (let at = 0; at < htmls.length; at += 120) {
    await page.evaluate(
      async (some) => {
        document.body.replaceChildren();
        const frames = some.map((html) => Object.assign(document.createElement('iframe'), { srcdoc: html }));
        await Promise.all(
          frames.map(
            (frame) =>
              new Promise((resolve) => {
                frame.onload = resolve;
                setTimeout(resolve, 1000);
                document.body.append(frame);
              }),
          ),
        );
      },
      htmls.slice(at, at + 120),
    );
    await page.waitForTimeout(400);
  }
}

test('the trap works: without protection the pieces run and ask', async () => {
  const watching = await watched();
  await showUnprotected(
    await watching.page(),
    pieces.filter(({ n }) => n % 3 === 0).map(({ html }) => html),
  );
  const ran = new Set(watching.happened.filter((what) => /^script|^dialog/.test(what)));
  const asked = new Set(canary.asked.map((line) => /\/(\d+)/.exec(line)?.[1]).filter(Boolean));
  expect(ran.size).toBeGreaterThan(25);
  expect(asked.size).toBeGreaterThan(10);
});

test('every letter comes to its ticket', async () => {
  const deliver = (some: typeof letters) => some.forEach(({ bytes }) => void desk.dovecot.deliver(bytes));
  const count = async (fate: string) => {
    const { inboundMails } = await desk.api.ask(
      'query ($fate: [InboundFate!]) { inboundMails(first: 1, filter: { fate: $fate }) { totalCount } }',
      { fate: [fate] },
    );
    return inboundMails.totalCount;
  };
  const openers = letters.filter(({ opens }) => opens);
  deliver(openers);
  await desk.api.ask('mutation { collectNow }');
  await until(
    () => count('TICKETED'),
    (n) => n === openers.length,
    60_000,
  );
  deliver(letters.filter(({ opens }) => !opens));
  await desk.api.ask('mutation { collectNow }');
  await until(
    () => count('JOINED'),
    (n) => n === letters.length - openers.length,
    90_000,
  );
  const all = await desk.api.ask(
    '{ tickets(first: 100) { nodes { id number subject messages(first: 100) { totalCount nodes { kind html htmlUrl } } } } }',
  );
  tickets = all.tickets.nodes;
  expect(tickets.map(({ subject }) => subject).toSorted()).toEqual(
    openers.map(({ subject }) => subject.trim()).toSorted(),
  );
});

test('what the server made of them is harmless even where nothing else protects', async () => {
  const watching = await watched();
  const htmls = tickets.flatMap(({ messages }) => messages.nodes.flatMap(({ html }) => html ?? []));
  expect(htmls.length).toBeGreaterThan(40);
  await showUnprotected(await watching.page(), htmls);
  expect([watching.happened, canary.asked]).toEqual([[], []]);
});

/** What is wrong with the page as it stands: something acts in a mail's frame, or a mail reaches out of its card. */
function wrongOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong: string[] = [];
    const frames = [...document.querySelectorAll('iframe')];
    for (const frame of frames) {
      const body = frame.contentDocument?.body;
      if (!body) wrong.push('a frame without a page');
      for (const element of body?.querySelectorAll('*') ?? []) {
        const name = element.localName;
        if (
          /^(script|style|svg|math|iframe|object|embed|form|input|button|textarea|select|link|meta|base|template)$/.test(
            name,
          )
        )
          wrong.push(`<${name}> in a mail`);
        for (const attribute of element.attributes)
          if (/^(on|id$|class$|name$|srcset$|ping$|action|formaction)/.test(attribute.name))
            wrong.push(`${name} ${attribute.name}`);
        if (getComputedStyle(element).position !== 'static') wrong.push(`${name} leaves its place`);
        if (name === 'a' && element.hasAttribute('href') && element.getAttribute('target') !== '_blank')
          wrong.push('a link stays in the frame');
      }
      const [inner, outer] = [frame.getBoundingClientRect(), frame.closest('.message')?.getBoundingClientRect()];
      if (!outer || inner.left < outer.left || inner.right > outer.right + 1) wrong.push('a frame wider than its card');
      if (!frame.sandbox.contains('allow-same-origin') || frame.sandbox.contains('allow-scripts'))
        wrong.push('an open frame');
    }
    for (let x = 4; x < innerWidth; x += 40)
      for (let y = 4; y < innerHeight; y += 40) {
        const element = document.elementFromPoint(x, y);
        if (element?.localName === 'iframe' && !element.closest('.messages')) wrong.push(`a mail lies at ${x}, ${y}`);
      }
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page is wider than the window');
    return [...new Set(wrong)];
  });
}

/** Opens a ticket and waits until all its mails stand in their frames. */
async function openTicket(page: Page, number: number): Promise<void> {
  await page.goto(`${desk.product.url}/tickets/${number}`);
  await page.locator('.message').first().waitFor();
  const fold = page.locator('.messages__fold');
  if (await fold.count()) await fold.first().click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('iframe')].every((frame) => frame.style.visibility === 'visible'),
  );
}

test('every ticket shows without a script, a request or anything out of its place, even without the policies', async () => {
  const watching = await watched({ bypassCSP: true });
  const page = await signedIn(watching);
  let frames = 0;
  for (const { number } of tickets) {
    await openTicket(page, number);
    frames += await page.locator('iframe').count();
    expect([number, await wrongOn(page)]).toEqual([number, []]);
  }
  expect(frames).toBeGreaterThan(40);
  expect([watching.happened, canary.asked]).toEqual([[], []]);
});

test('even mail that the server had not cleaned cannot run, and is cleaned in the browser', async () => {
  const watching = await watched({ bypassCSP: true });
  const page = await signedIn(watching);
  const ticket = tickets.find(({ messages }) => messages.nodes.filter(({ html }) => html !== null).length >= 3)!;
  // Without those that lead the frame itself away: the policy and the server keep them out.
  const raw = pieces.filter(({ kind, html }) => kind !== 'load' && !/<(?:meta|base|frame|plaintext)/i.test(html));
  let served = 0;
  await page.route('**/m/*', (route) => {
    const some = raw.filter((_, at) => at % 3 === served % 3).map(({ html }) => html);
    served++;
    return route.fulfill({ contentType: 'text/html', body: some.join('</script></style></svg></iframe>') });
  });
  await openTicket(page, ticket.number);
  expect(served).toBeGreaterThanOrEqual(3);
  const left = await page.evaluate(() =>
    [...document.querySelectorAll('iframe')].flatMap((frame) =>
      [...(frame.contentDocument?.body.querySelectorAll('*') ?? [])].flatMap((element) => [
        ...(/^(?:script|style|svg|math|iframe|object|embed|form|input|button|link|meta|template)$/.test(
          element.localName,
        )
          ? [element.localName]
          : []),
        ...[...element.attributes]
          .map(({ name }) => name)
          .filter((name) => /^(?:on|id$|name$|class$|srcset$)/.test(name)),
      ]),
    ),
  );
  expect(left).toEqual([]);
  expect(watching.happened.filter((what) => /^(?:script|dialog|window|download|page)/.test(what))).toEqual([]);
});

test('subjects, names and file names are words in the list, the ledger, the palette, notices and on paper', async () => {
  const watching = await watched();
  const page = await signedIn(watching);
  for (const path of ['/tickets', '/collection', '/tickets?search=img']) {
    await page.goto(`${desk.product.url}${path}`);
    await page.getByText('top.hit(').first().waitFor();
    expect([path, await wrongOn(page)]).toEqual([path, []]);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or jump to' }).fill('<img src=x onerror=top.hit(1)>');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  const [first] = tickets;
  await openTicket(page, first!.number);
  expect(await page.title()).toContain(first!.subject.slice(0, 20));
  await page.emulateMedia({ media: 'print' });
  expect(await wrongOn(page)).toEqual([]);
  expect((await page.pdf()).length).toBeGreaterThan(1000);
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Shift+H');
  await page.getByRole('button', { name: 'Raw source' }).click();
  await page.locator('.raw-source').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await page.locator('.mantine-Notification-root').first().waitFor();
  expect([watching.happened, canary.asked]).toEqual([[], []]);
});

test('a reply below a hostile letter leaves as harmless HTML, and so does every confirmation', async () => {
  const watching = await watched({ bypassCSP: true });
  const page = await signedIn(watching);
  const { number, id } = tickets[1]!;
  const html = pieces
    .filter(({ kind }) => kind !== 'load' && kind !== 'cover')
    .map((piece) => piece.html)
    .join('\n');
  await desk.api.ask('mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { text } }', {
    input: { ticketId: id, text: 'Hello', html: pieces.map((piece) => piece.html).join('\n') },
  });
  await openTicket(page, number);
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Message' }).fill('This is our answer.');
  await page.keyboard.press('Control+Enter');
  for (const ticket of tickets.slice(2, 6))
    await desk.api.ask('mutation ($input: ReplyToTicketInput!) { replyToTicket(input: $input) { id } }', {
      input: { ticketId: ticket.id, text: 'This is our answer.', html: `<p>This is our answer.</p>${html}` },
    });
  const isReply = (raw: string) => raw.includes('our answer');
  await until(
    () => desk.sink.mails,
    (mails) => mails.filter(({ raw }) => isReply(raw)).length === 5 && mails.length >= 5 + 3,
  );
  const sent = desk.sink.mails.map(({ raw }) => raw);
  expect(sent.filter(isReply).every((raw) => htmlOf(raw) !== null)).toBe(true);
  await showUnprotected(
    await watching.page(),
    sent.flatMap((raw) => htmlOf(raw) ?? []),
  );
  expect([watching.happened, canary.asked]).toEqual([[], []]);
});

test('remote images load only when they are asked for, and then by the browser of who asked', async () => {
  const watching = await watched();
  const page = await signedIn(watching);
  const withImages = tickets.find(({ messages }) =>
    messages.nodes.some(({ html }) => html?.includes('data-blocked-src')),
  )!;
  await openTicket(page, withImages.number);
  expect(canary.asked).toEqual([]);
  await page.getByRole('button', { name: 'Show once' }).first().click();
  await until(
    () => canary.asked,
    (asked) => asked.some((line) => /^GET \/\d+ .*canary/.test(line)),
  );
  expect(watching.happened.filter((what) => !what.startsWith('request of http'))).toEqual([]);
  await page.getByRole('button', { name: 'Block again' }).click();
  await page.getByRole('button', { name: 'Always for this sender' }).first().click();
  await page.getByRole('button', { name: 'Stop for this sender' }).first().waitFor();
  canary.asked.length = 0;
  await openTicket(page, withImages.number);
  await until(
    () => canary.asked,
    (asked) => asked.some((line) => /^GET \/\d+ .*canary/.test(line)),
  );
  await page.getByRole('button', { name: 'Stop for this sender' }).first().click();
  await page.getByRole('button', { name: 'Always for this sender' }).first().waitFor();
  await page.waitForTimeout(300);
  canary.asked.length = 0;
  await openTicket(page, withImages.number);
  expect(canary.asked).toEqual([]);
});
