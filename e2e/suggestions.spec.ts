import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { axeFindings, startBrowser } from './support/browser.ts';
import { type Desk, SUPPORT, startDesk } from './support/desk.ts';
import { signIn } from './support/sign-in.ts';

const ARTICLE = 'Replace the fuser when toner comes off the paper';
const RIVAL = 'Humid rooms damage paper';
const QUESTION =
  'Our printer smears: the toner comes off the paper when we touch it. It began after the humid weekend in the basement.';
const NEXT_QUESTION = 'After the humid weekend in the basement everything we print can be wiped away.';
const NEXT_SUBJECT = 'Smears everywhere';
const OTHERS: [string, string][] = [
  [RIVAL, 'Paper takes up water in humid rooms, such as a basement. Keep it in its wrapping over the weekend.'],
  [
    'Connect a laptop to the network',
    'Plug in the cable, choose the name of the office and type the code of the week.',
  ],
  ['Invoices by mail', 'Invoices leave on the first day of the month. Ask accounting for a copy.'],
  ['Reset a forgotten password', 'Press Forgot password and open the link in the mail. It works for one hour.'],
  ['Book a meeting room', 'Open the calendar, choose a room and a time, and invite who should come.'],
  ['Order a new keyboard', 'Keyboards and mice are in the shop of the intranet, under Office.'],
];

let desk: Desk;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let baseId = '';
/** The ticket that the article learns from. */
let taught = 0;
const complaints: string[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser()]);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  await signIn(page, desk);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

async function deliver(from: string, subject: string, text: string): Promise<number> {
  desk.dovecot.deliver(
    `From: ${from}\r\nTo: ${SUPPORT}\r\nSubject: ${subject}\r\nMessage-ID: <${subject.replace(/\W/g, '')}@mail.example>\r\n\r\n${text}\r\n`,
  );
  await desk.api.ask('mutation { collectNow }');
  const found = await until(
    () =>
      desk.api.ask('query ($search: String!) { tickets(filter: { search: $search }) { nodes { number } } }', {
        search: subject,
      }),
    (d) => d.tickets.nodes.length === 1,
  );
  return found.tickets.nodes[0].number;
}
const cards = () => page.getByRole('region', { name: 'Suggested answers' }).getByRole('heading', { level: 3 });
/** Titles that would be suggested for a letter, best first. */
async function titlesFor(text: string, subject: string): Promise<string[]> {
  const { suggestArticles } = await desk.api.ask(
    'query ($id: ID!, $subject: String!, $text: String!) { suggestArticles(knowledgeBaseId: $id, subject: $subject, text: $text, floor: 0) { article { title } } }',
    { id: baseId, subject, text },
  );
  return suggestArticles.map((suggestion: { article: { title: string } }) => suggestion.article.title);
}
const write = (input: Record<string, unknown>) =>
  desk.api.ask('mutation ($input: ArticleInput!) { saveArticle(input: $input) { id slug url } }', { input });

test('the first knowledge base and its first article are written in the browser, and the article saves itself', async () => {
  await page.goto(`${desk.product.url}/knowledge`);
  await page.getByRole('button', { name: 'Make the first one' }).click();
  await page.getByLabel('Name').fill('Help');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('No article yet').waitFor();
  await page.getByRole('button', { name: 'New article' }).click();
  await page.getByRole('textbox', { name: 'Title' }).fill(ARTICLE);
  const body = page.getByRole('textbox', { name: 'Body' });
  await body.click();
  await page.keyboard.type('The fuser melts toner into the paper. ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Switch the printer off');
  await page.keyboard.press('Control+b');
  await page.keyboard.type(' and change the fuser.');

  await page.getByText(/Saved \d/).waitFor();
  await page.reload();
  await page.getByRole('textbox', { name: 'Body' }).getByText('change the fuser').waitFor();
  expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe(ARTICLE);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await page.getByRole('button', { name: 'Publish', exact: true }).waitFor({ state: 'detached' });
  const { knowledgeBases } = await desk.api.ask(
    '{ knowledgeBases { id articles { nodes { title body published slug } } } }',
  );
  baseId = knowledgeBases[0].id;
  expect(knowledgeBases[0].articles.nodes).toEqual([
    {
      title: ARTICLE,
      body: 'The fuser melts toner into the paper. **Switch the printer off** and change the fuser.',
      published: true,
      slug: 'replace-the-fuser-when-toner-comes-off-the-paper',
    },
  ]);
});

test('words for a published article stand on every device, are public only when published, and the earlier state comes back', async () => {
  await desk.save({ defaultKnowledgeBaseId: baseId });
  const publicWords = async () =>
    (await fetch(`${desk.product.url}/kb/replace-the-fuser-when-toner-comes-off-the-paper`)).text();
  const body = (on: Page) => on.getByRole('textbox', { name: 'Body' });
  const saved = (on: Page) => on.getByText(/^Draft saved .+ — not published yet$/);
  await body(page).press('Control+End');
  await page.keyboard.type(' Wait.');
  await saved(page).waitFor();
  const mark = page.getByRole('link', { name: /Changes not published yet/ });
  await mark.waitFor();

  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const other = await phone.newPage();
  other.setDefaultTimeout(20_000);
  other.on('pageerror', (error) => complaints.push(error.message));
  await signIn(other, desk);
  await other.goto(page.url());
  await body(other).getByText('Wait.').waitFor();
  await body(other).press('Control+End');
  await other.keyboard.type(' A minute.');
  await saved(other).waitFor();

  // The first device has not seen that: neither state is lost, and one is chosen.
  await page.keyboard.type(' Slowly.');
  await page.getByText(/^You saved other changes of this article elsewhere/).waitFor();
  await page.getByRole('button', { name: 'Show the difference' }).click();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect([colorScheme, await axeFindings(page)]).toEqual([colorScheme, []]);
  }
  await page.getByRole('button', { name: 'Take the other' }).click();
  await body(page).getByText('Wait. A minute.').waitFor();
  expect(await publicWords()).toContain('Switch the printer off');
  expect(await publicWords()).not.toContain('Wait.');
  await page.getByRole('button', { name: 'Publish changes' }).click();
  await until(publicWords, (words) => words.includes('Wait. A minute.'));
  await mark.waitFor({ state: 'detached' });
  await phone.close();

  await page.getByRole('button', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await until(publicWords, (words) => !words.includes('Wait.'));
});

test('a new article without a word leaves nothing behind, and its first word makes it', async () => {
  const titles = async () =>
    (await desk.api.ask('{ knowledgeBases { articles { nodes { title } } } }')).knowledgeBases[0].articles.nodes.map(
      ({ title }: { title: string }) => title,
    );
  const title = page.getByRole('textbox', { name: 'Title' });
  await page.getByRole('button', { name: 'New article' }).click();
  await until(
    () => title.inputValue(),
    (value) => value === 'Untitled article',
  );
  await page.reload();
  await until(
    () => title.inputValue(),
    (value) => value === 'Untitled article',
  );
  await page.getByRole('link', { name: ARTICLE }).click();
  await until(
    () => title.inputValue(),
    (value) => value === ARTICLE,
  );
  expect(await titles()).toEqual([ARTICLE]);

  await page.getByRole('button', { name: 'New article' }).click();
  await until(
    () => title.inputValue(),
    (value) => value === 'Untitled article',
  );
  await page.keyboard.type('Clean the rollers');
  await page.getByRole('link', { name: 'Clean the rollers' }).waitFor();
  // The editor stays as it is while the article comes to the server: what is typed goes on.
  await page.keyboard.type(' twice');
  await until(titles, (now) => now[0] === 'Clean the rollers twice');
  await page.reload();
  await until(
    () => title.inputValue(),
    (value) => value === 'Clean the rollers twice',
  );
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete for ever' }).click();
  await until(titles, (now) => now.length === 1);
});

test('a letter comes in, and the article stands beside it with marked words and their reasons', async () => {
  for (const [title, body] of OTHERS) await write({ knowledgeBaseId: baseId, title, body, published: true });
  await desk.save({ defaultKnowledgeBaseId: baseId, defaultSupportKnowledgeBaseId: baseId, maxSuggestions: 3 });
  await until(
    () => titlesFor(QUESTION, 'Toner comes off'),
    (titles) => titles[0] === ARTICLE && titles.length > 1,
  );
  taught = await deliver('Anna Berg <anna@acme.example>', 'Toner comes off', QUESTION);
  await page.goto(`${desk.product.url}/tickets/${taught}`);
  await cards().first().waitFor();
  expect(await cards().first().innerText()).toBe(ARTICLE);
  expect(await cards().count()).toBeLessThanOrEqual(3);
  const marked = await page.locator('.suggestion').first().locator('mark').allInnerTexts();
  expect(marked.map((word) => word.toLowerCase())).toContain('toner');
  await page.getByRole('button', { name: 'Why?' }).first().click();
  await page.getByRole('rowheader', { name: /toner/i }).waitFor();
});

test('Alt 1 inserts it with its form and its source; the answer is sent and the ticket closed', async () => {
  expect((await titlesFor(NEXT_QUESTION, NEXT_SUBJECT))[0]).toBe(RIVAL);
  await page.keyboard.press('Alt+1');
  const editor = page.getByRole('textbox', { name: 'Message' });
  await editor.getByRole('strong').getByText('Switch the printer off').waitFor();
  await editor.getByRole('link', { name: ARTICLE }).waitFor();
  await page.keyboard.press('Control+Shift+Enter');
  const mail = await until(() => desk.sink.mails.find((sent) => sent.raw.includes('change the fuser')), Boolean);
  expect(mail!.to).toEqual(['anna@acme.example']);
  expect(mail!.raw.replaceAll('=\r\n', '')).toContain('/kb/replace-the-fuser-when-toner-comes-off-the-paper');
  const report = await until(
    () => desk.api.ask('{ suggestionReport(days: 7) { totals { shown inserted sentUnchanged } } }'),
    (d) => d.suggestionReport.totals.sentUnchanged === 1,
  );
  expect(report.suggestionReport.totals.inserted).toBe(1);
});

test('the next similar letter ranks it higher', async () => {
  await until(
    () => titlesFor(NEXT_QUESTION, NEXT_SUBJECT),
    (titles) => titles[0] === ARTICLE,
  );
  const number = await deliver('Kofi <kofi@globex.example>', NEXT_SUBJECT, NEXT_QUESTION);
  await page.goto(`${desk.product.url}/tickets/${number}`);
  await cards().first().waitFor();
  expect(await cards().first().innerText()).toBe(ARTICLE);
});

test('what is not useful goes, and can be taken back', async () => {
  await page.getByRole('button', { name: `Not useful: ${ARTICLE}` }).click();
  await until(
    () => cards().allInnerTexts(),
    (titles) => !titles.includes(ARTICLE),
  );
  await page.getByRole('button', { name: /^Undo/ }).click();
  await until(
    () => cards().allInnerTexts(),
    (titles) => titles.includes(ARTICLE),
  );
});

test('when no article fits, one is made from the answer', async () => {
  const number = await deliver('Zoe <zoe@umbrella.example>', 'Xylophone tuning', 'Zwölf Boxkämpfer jagen Viktor quer.');
  await page.goto(`${desk.product.url}/tickets/${number}`);
  await page.getByText('No article fits.').waitFor();
  await page.keyboard.press('r');
  await page.getByRole('textbox', { name: 'Message' }).fill('Turn the pegs to the left.');
  await page.getByRole('button', { name: 'Write one from this answer' }).click();
  await page.getByRole('textbox', { name: 'Body' }).getByText('Turn the pegs to the left.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Xylophone tuning');
});

test('deleting a ticket takes its learned text along, and the suggestion falls back', async () => {
  expect((await titlesFor(NEXT_QUESTION, NEXT_SUBJECT))[0]).toBe(ARTICLE);
  await page.goto(`${desk.product.url}/tickets/${taught}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete for ever…' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete #${taught} for ever?` });
  await dialog.getByText(/notes among them/).waitFor();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await axeFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Delete for ever' }).click();
  await page.getByText(`Ticket #${taught} is deleted for ever.`).waitFor();
  await until(
    () => titlesFor(NEXT_QUESTION, NEXT_SUBJECT),
    (titles) => titles[0] === RIVAL,
  );

  await page.goto(`${desk.product.url}/tickets/${taught}`);
  await page.getByRole('heading', { name: `Ticket #${taught} was deleted` }).waitFor();
  await page.getByText(/^By Dana/).waitFor();
  const { inboundMails } = await desk.api.ask(
    '{ inboundMails(filter: { messageId: "Tonercomesoff@mail.example" }) { nodes { id fate reason from subject rawUrl ticket { id } } } }',
  );
  expect(inboundMails.nodes).toMatchObject([
    {
      fate: 'TICKETED',
      reason: expect.stringContaining(`its ticket #${taught} was deleted by`),
      from: null,
      subject: null,
      ticket: null,
    },
  ]);
  const source = await page.request.get(`${desk.product.url}${inboundMails.nodes[0].rawUrl}`);
  expect(source.status()).toBe(404);
});

test('an answer to the deleted ticket becomes a new one that says why', async () => {
  const sent = desk.sink.mails.find(({ raw }) => raw.includes('change the fuser'))!;
  const id = /^Message-ID:\s+(<.+>)/im.exec(sent.raw)![1];
  desk.dovecot.deliver(
    `From: Anna Berg <anna@acme.example>\r\nTo: ${SUPPORT}\r\nSubject: Thank you\r\nMessage-ID: <thanks@mail.example>\r\nIn-Reply-To: ${id}\r\n\r\nIt works.\r\n`,
  );
  await desk.api.ask('mutation { collectNow }');
  const { inboundMails } = await until(
    () =>
      desk.api.ask(
        '{ inboundMails(filter: { messageId: "thanks@mail.example" }) { nodes { fate reason ticket { number } } } }',
      ),
    (d) => d.inboundMails.nodes[0]?.fate === 'TICKETED',
  );
  expect(inboundMails.nodes[0].reason).toContain(`#${taught} was passed over: it was deleted by`);
  expect(inboundMails.nodes[0].ticket.number).toBeGreaterThan(taught);
});

test('a ticket that is deleted leaves every open list at once', async () => {
  const other = await context.newPage();
  other.setDefaultTimeout(20_000);
  await other.goto(`${desk.product.url}/tickets`);
  const row = (in_: Page) => in_.getByRole('row', { name: /Xylophone tuning/ });
  await row(other).waitFor();
  await page.goto(`${desk.product.url}/tickets`);
  await row(page).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete for ever…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for ever' }).click();
  await row(page).waitFor({ state: 'detached' });
  await row(other).waitFor({ state: 'detached' });
  await other.close();
});

test('turned off, suggestions say so and show the way back', async () => {
  const number = await deliver('Ola <ola@umbrella.example>', 'Toner off again', QUESTION);
  await desk.save({ maxSuggestions: 0 });
  await page.goto(`${desk.product.url}/tickets/${number}`);
  await page.getByText('Suggestions are turned off.').waitFor();
  expect(await cards().count()).toBe(0);
  const link = page.getByRole('link', { name: 'Change Max Suggestions' });
  expect(await link.getAttribute('href')).toBe('/settings#maxSuggestions');
  await desk.save({ maxSuggestions: 3 });
  await page.reload();
  await page.getByText(/\d of 3 max/).waitFor();
});

test('the report counts it all, and axe finds nothing on these pages', async () => {
  await page.goto(`${desk.product.url}/reports`);
  await page.getByRole('region', { name: /of the suggestions were put into a reply/ }).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const path of ['/reports', '/knowledge']) {
      await page.goto(`${desk.product.url}${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForTimeout(500);
      expect([path, await axeFindings(page)]).toEqual([path, []]);
    }
  }
});

test('end users read the Default KnowledgeBase without script', async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const reader = await plain.newPage();
  reader.setDefaultTimeout(20_000);
  await reader.goto(`${desk.product.url}/kb`);
  await reader.getByRole('searchbox').fill('toner');
  await reader.keyboard.press('Enter');
  await reader.getByRole('link', { name: ARTICLE }).click();
  await reader.getByRole('heading', { level: 1, name: ARTICLE }).waitFor();
  expect(await reader.locator('strong').allInnerTexts()).toContain('Switch the printer off');
  await reader.getByRole('button', { name: 'Yes' }).click();
  await until(
    async () => (await desk.api.ask('{ knowledgeBases { articles { nodes { title helpful } } } }')).knowledgeBases[0],
    (base) => base.articles.nodes.some((each: { title: string; helpful: number }) => each.helpful === 1),
  );
  await plain.close();
});

test('the support base is not reachable for end users', async () => {
  const { saveKnowledgeBase } = await desk.api.ask(
    'mutation ($input: KnowledgeBaseInput!) { saveKnowledgeBase(input: $input) { id } }',
    { input: { name: 'Among ourselves', staffOnly: true } },
  );
  const { saveArticle } = await write({
    knowledgeBaseId: saveKnowledgeBase.id,
    title: 'Quokka workaround',
    body: 'Type the quokka code.',
    published: true,
  });
  expect(saveArticle.url).toBeNull();
  await desk.save({ defaultSupportKnowledgeBaseId: saveKnowledgeBase.id });
  const anonymous = async (path: string) => {
    const answer = await fetch(`${desk.product.url}${path}`, { redirect: 'manual' });
    return { status: answer.status, words: await answer.text() };
  };
  expect((await anonymous(`/kb/${saveArticle.slug}`)).status).toBe(404);
  expect((await anonymous(`/knowledge-export/${saveKnowledgeBase.id}`)).status).toBeGreaterThanOrEqual(400);
  for (const path of ['/kb', '/kb?q=quokka', `/kb/${saveArticle.slug}`, '/sitemap.xml', '/kb/sitemap.xml'])
    expect([
      path,
      (await anonymous(path)).words.replaceAll(`/kb/${saveArticle.slug}`, '').match(/quokka (workaround|code)/i),
    ]).toEqual([path, null]);
  const answer = await fetch(`${desk.product.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apollo-require-preflight': 'true' },
    body: JSON.stringify({ query: '{ knowledgeBases { name articles { nodes { title } } } }' }),
  });
  expect(await answer.text()).not.toContain('Quokka');
});

test('nothing went wrong in the browser meanwhile', () => {
  expect(complaints).toEqual([]);
});
