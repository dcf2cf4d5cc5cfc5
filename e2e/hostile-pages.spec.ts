import { hostilePieces } from '@support-center/mail/testing';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { startBrowser } from './support/browser.ts';
import { type Canary, startCanary } from './support/canary.ts';
import { type Desk, SUPPORT, startDesk } from './support/desk.ts';
import { htmlOf } from './support/mail-parts.ts';
import { signIn } from './support/sign-in.ts';
import { type Watch, watch } from './support/watch.ts';

/** Ends whatever a piece leaves open, so that the next one is read afresh. */
const CLOSE = '\n</script></style></textarea></title></iframe></select></svg></math></table></form></div>\n';
const pieces = hostilePieces();
const groups = Array.from({ length: 8 }, (_, g) => pieces.filter((_, at) => at % 8 === g));
const together = (some: typeof pieces) => some.map(({ html }) => html).join(CLOSE);

/** What Markdown has of its own to run something or to ask for it. */
const MARKDOWN = [
  '[go](javascript:top.hit(9001))',
  '[go](JaVa&#115;cript:top.hit(9002) "x")',
  '[go](java\\\nscript:top.hit(9003))',
  '[go][a]\n\n[a]: javascript:top.hit(9004)',
  '[go](data:text/html,<script>top.hit(9005)</script>)',
  '<javascript:top.hit(9006)>',
  '![x](http://canary.example/9007)',
  '![x](//canary.example/9008 "x\\" onerror=top.hit(9008) \\"")',
  '![x"onerror="top.hit(9009)](x)',
  '[![x](http://canary.example/9010)](javascript:top.hit(9010))',
  '```"><img src=x onerror=top.hit(9011)>\nx\n```',
  '`<img src=x onerror=top.hit(9012)>`',
  '## <img src=x onerror=top.hit(9013)>',
  '| <img src=x onerror=top.hit(9014)> |\n| --- |\n| ![x](http://canary.example/9014) |',
  '[x](http://localhost/"onmouseover="top.hit(9015))',
  '> <iframe src=javascript:top.hit(9016)></iframe>',
  '[go](vbscript:top.hit(9017)) <vbscript:x>',
  '&lt;img src=x onerror=top.hit(9018)&gt;',
  '<!--><img src=x onerror=top.hit(9019)>-->',
  '[[x](http://canary.example)](javascript:top.hit(9020))',
];
const NAME = '<img src=x onerror=top.hit(9100)>';

let desk: Desk;
let canary: Canary;
let browser: Browser;
/** A page of a signed-in administrator, and one of anybody; no policy protects them, so what they show must be harmless by itself. */
let inside: Watch & { page_: Page };
let outside: Watch & { page_: Page };
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  canary = await startCanary();
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser(canary.browserArgs)]);
  await desk.save({ defaultEmailFrom: 'news@desk.example', suppressConfirmations: true });
  inside = await watched();
  outside = await watched();
  await signIn(inside.page_, desk);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([desk.stop(), canary.stop()]);
});
beforeEach(() => {
  canary.asked.length = 0;
});

/** Elements, events and addresses in a mail of ours that can do something. */
function elementsOf(html: string): string[] {
  const body = html.replace(/^[\s\S]*?<body[^<>]*>/, '');
  const tags = (body.match(/<[a-z][^<>]*>/gi) ?? []).map((tag) => tag.replace(/\stitle="[^"]*"/g, ''));
  return tags.filter(
    (tag) =>
      /^<(?:script|style|iframe|svg|math|form|input|button|object|embed|meta|link|base|video|audio|template)\b/i.test(
        tag,
      ) ||
      /\son\w+=/i.test(tag.replace(/"[^"]*"/g, '""')) ||
      /=["']?\s*(?:java|vb)script:/i.test(tag),
  );
}

async function watched(): Promise<Watch & { page_: Page }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  contexts.push(context);
  const watching = await watch(context, desk.product.url);
  const page_ = await watching.page();
  page_.setDefaultTimeout(20_000);
  return Object.assign(watching, { page_ });
}

/** Nothing ran, asked, opened or moved; what lies in `place` stays there, and the page is no wider than its window. */
async function expectHarmless(watching: Watch & { page_: Page }, where: string, place?: string): Promise<void> {
  await watching.page_.waitForTimeout(150);
  const wrong = await watching.page_.evaluate((selector) => {
    const found: string[] = [];
    for (const root of selector ? document.querySelectorAll(selector) : []) {
      for (const element of root.querySelectorAll('*')) {
        const { position, animationName } = getComputedStyle(element);
        if (/fixed|absolute|sticky/.test(position)) found.push(`${element.localName} is ${position}`);
        if (animationName !== 'none') found.push(`${element.localName} moves`);
        if (/^(?:script|style|iframe|object|embed|form|link|meta|base|template)$/.test(element.localName))
          found.push(`<${element.localName}>`);
        for (const { name } of element.attributes) if (/^(?:on|srcset$|ping$|formaction)/.test(name)) found.push(name);
      }
      for (let x = 4; x < innerWidth; x += 40)
        for (let y = 4; y < innerHeight; y += 40) {
          const top = document.elementFromPoint(x, y);
          const box = root.getBoundingClientRect();
          const isBeside = x < box.left - 1 || x > box.right + 1 || y < box.top - 1 || y > box.bottom + 1;
          if (top && isBeside && root.contains(top)) found.push(`something lies at ${x}, ${y}`);
        }
    }
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page is wider than the window');
    return [...new Set(found)];
  }, place ?? null);
  expect([where, wrong, watching.happened, canary.asked]).toEqual([where, [], [], []]);
}

test('a mailing shows without a script, a request or a cover: its HTML, its subject, and names in its placeholders', async () => {
  const { page_: page } = inside;
  const ids: string[] = [];
  for (const [g, group] of groups.entries()) {
    const { saveCampaign } = await desk.api.ask(
      'mutation ($input: SaveCampaignInput!) { saveCampaign(input: $input) { id } }',
      {
        input: {
          subject: `${NAME} {{name}} ${g}`,
          text: `{{name}} ${NAME}`,
          html: `<p title="{{name}}">Dear {{name|you}} <a href="http://{{name}}">{{first_name}}</a> {{email}} <a href="{{name}}">go</a></p>${together(group)}`,
        },
      },
    );
    ids.push(saveCampaign.id);
    const names = [NAME, '\\"><svg onload=top.hit(9101)>', "'-top.hit(9102)-'", 'javascript:top.hit(9103)'];
    await desk.api.ask('mutation ($input: CampaignRecipientsInput!) { setCampaignRecipients(input: $input) { id } }', {
      input: {
        campaignId: saveCampaign.id,
        kind: 'LIST',
        addresses: names.map((name, at) => `"${name}" <person${at}@acme.example>`).join('\n'),
      },
    });
  }
  for (const id of ids) {
    await page.goto(`${desk.product.url}/mass-mail/${id}?step=check`);
    await page.getByRole('article', { name: 'Preview' }).getByText('Dear', { exact: false }).first().waitFor();
    await expectHarmless(inside, `check of ${id}`, '.mail-preview__body');
  }
  const [id] = ids;
  for (let at = 1; at < 4; at++) {
    await page.goto(`${desk.product.url}/mass-mail/${id}?step=check`);
    for (let step = 0; step < at; step++) await page.getByRole('button', { name: 'Next recipient' }).click();
    await page.getByText(`person${at}@acme.example`).first().waitFor();
    await expectHarmless(inside, `recipient ${at}`, '.mail-preview__body');
  }
  const { campaignPreview } = await desk.api.ask(
    'query ($id: ID!) { campaignPreview(campaignId: $id, position: 3) { html recipient { name } } }',
    { id },
  );
  expect(campaignPreview.recipient.name).toContain('javascript:');
  expect(elementsOf(campaignPreview.html)).toEqual([]);
  await page.getByText('Plain text', { exact: true }).click();
  await expectHarmless(inside, 'plain text');
  for (const step of ['recipients', 'message', 'send']) {
    await page.goto(`${desk.product.url}/mass-mail/${id}?step=${step}`);
    await page.getByRole('navigation', { name: 'Steps' }).waitFor();
    if (step === 'message') await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await expectHarmless(inside, step, '.tiptap');
  }
  await page.goto(`${desk.product.url}/mass-mail`);
  await page.getByText('top.hit(9100)').first().waitFor();
  await expectHarmless(inside, 'all mailings');

  await desk.api.ask('mutation ($input: CampaignIdInput!) { sendCampaignTest(input: $input) }', {
    input: { campaignId: id },
  });
  const [mail] = await until(
    () => desk.sink.mails,
    (mails) => mails.length > 0,
  );
  expect(mail!.headers.get('subject')).not.toMatch(/[\r\n]./);
  const html = htmlOf(mail!.raw)!;
  expect(html).toMatch(/Dear &(?:lt|#60);img src=x onerror=top\.hit\(9100\)/);
  expect(elementsOf(html)).toEqual([]);
});

test('articles show without a script, a request or a cover to anybody: titles, categories, Markdown and HTML in it', async () => {
  const { saveKnowledgeBase } = await desk.api.ask(
    'mutation ($input: KnowledgeBaseInput!) { saveKnowledgeBase(input: $input) { id } }',
    { input: { name: `Help ${NAME}`, description: NAME } },
  );
  const knowledgeBaseId = saveKnowledgeBase.id;
  const articles = [...groups.map(together), MARKDOWN.join('\n\n')].map((body, at) => ({
    title: `${pieces[at * 13]!.html.slice(0, 120)} paragon ${at}`,
    slug: `hostile-${at}`,
    summary: NAME,
    keywords: [NAME],
    categoryPath: [NAME, `"><script>top.hit(9104)</script>`],
    body: `paragon\n\n${body}`.slice(0, 40_000),
    published: true,
  }));
  const { importArticles } = await desk.api.ask(
    'mutation ($input: ImportArticlesInput!) { importArticles(input: $input) { articleIds problems { message } } }',
    { input: { knowledgeBaseId, articles } },
  );
  expect(importArticles.problems).toEqual([]);
  await desk.save({ defaultKnowledgeBaseId: knowledgeBaseId, defaultSupportKnowledgeBaseId: knowledgeBaseId });
  await until(
    () => desk.api.ask('{ suggestionIndex { state articles } }'),
    (d) => d.suggestionIndex.state === 'READY' && d.suggestionIndex.articles === articles.length,
  );
  const { page_: reader } = outside;
  for (const [at] of articles.entries()) {
    await reader.goto(`${desk.product.url}/kb/hostile-${at}`);
    await reader.getByRole('heading', { level: 1 }).first().waitFor();
    expect(await reader.title()).toContain(`paragon ${at}`.slice(0, 7));
    await expectHarmless(outside, `/kb/hostile-${at}`, 'article .body');
  }
  for (const address of [
    '',
    `?q=${encodeURIComponent('paragon')}`,
    `?q=${encodeURIComponent(`"><img src=x onerror=top.hit(9105)>`)}`,
  ]) {
    await reader.goto(`${desk.product.url}/kb${address}`);
    await reader.getByRole('searchbox').waitFor();
    await expectHarmless(outside, `/kb${address}`);
  }
  await reader.goto(`${desk.product.url}/kb`);
  await reader.getByRole('link', { name: NAME, exact: false }).first().click();
  await expectHarmless(outside, 'a category');

  const { page_: page } = inside;
  for (const id of importArticles.articleIds as string[]) {
    await page.goto(`${desk.product.url}/knowledge?base=${knowledgeBaseId}&article=${id}`);
    await page.getByRole('textbox', { name: 'Body' }).waitFor();
    await expectHarmless(inside, `editor of ${id}`, '.tiptap');
  }
  await page.getByRole('button', { name: 'Versions' }).click();
  await expectHarmless(inside, 'versions');
});

test('hostile articles beside a ticket, in the reply and in the mail are harmless', async () => {
  const { page_: page } = inside;
  const number = await letter('paragon', 'A paragon of a paragon: how does the paragon go?', 'plain@acme.example');
  await page.goto(`${desk.product.url}/tickets/${number}`);
  const cards = page.getByRole('region', { name: 'Suggested answers' }).getByRole('heading', { level: 3 });
  await cards.first().waitFor();
  await expectHarmless(inside, 'suggestions');
  await page.getByRole('button', { name: 'Preview' }).first().click();
  await expectHarmless(inside, 'preview');
  await page.keyboard.press('Escape');
  for (let at = 1; at <= (await cards.count()); at++) {
    await page.keyboard.press(`Alt+${at}`);
    await page.waitForTimeout(300);
  }
  await expectHarmless(inside, 'the reply', '.tiptap');
  await page.keyboard.press('Control+Enter');
  const mail = await until(
    () => desk.sink.mails.find(({ to }) => to.includes('plain@acme.example')),
    (found) => found !== undefined,
  );
  expect(htmlOf(mail!.raw)).toContain('paragon');
  expect(elementsOf(htmlOf(mail!.raw)!)).toEqual([]);
});

/** Keys do nothing before the ticket is there, and a ticket with a draft opens its editor by itself. */
async function openEditor(page: Page): Promise<Locator> {
  const editor = page.getByRole('textbox', { name: 'Message' });
  const reply = page.getByRole('button', { name: /^Reply to/ });
  await editor.or(reply).first().waitFor();
  if (!(await editor.isVisible())) await page.keyboard.press('r');
  await editor.waitFor();
  return editor;
}

test('saved replies show without a script, a request or a cover: in their list, on their page, and put into the words', async () => {
  const { page_: page } = inside;
  const number = await letter('Saved', 'Please answer.', `"${NAME}" <named@acme.example>`);
  const SAVE = 'mutation ($input: SavedReplyInput!) { saveSavedReply(input: $input) { id } }';
  for (const [g, group] of groups.entries()) {
    const html = `<p>Dear {{requesterName}}</p>${together(group)}`;
    const input = { name: `${NAME} ${g}`, reach: 'EVERYBODY', html };
    const { id } = (await desk.api.ask(SAVE, { input })).saveSavedReply;
    await page.goto(`${desk.product.url}/saved-replies?open=${id}`);
    await page.locator('.saved-words').waitFor();
    await expectHarmless(inside, `page ${g}`, '.saved-words');
    await page.goto(`${desk.product.url}/tickets/${number}`);
    await openEditor(page);
    await page.getByRole('button', { name: 'Saved replies (/)' }).click();
    await page.getByRole('combobox', { name: 'Search saved replies' }).fill(`onerror=top.hit(9100)> ${g}`);
    await page.locator('.saved-words').getByText('Dear').first().waitFor();
    await expectHarmless(inside, `list ${g}`, '.saved-words');
    await page.keyboard.press('Enter');
    await page.locator('.tiptap').getByText('Dear').last().waitFor();
    await expectHarmless(inside, `words ${g}`, '.tiptap');
  }
});

test('the editor takes nothing harmful from what is pasted, from a draft, or from a letter that is sent on', async () => {
  const { page_: page } = inside;
  const number = await letter('To be sent on', together(groups[3]!), 'forward@acme.example', 'text/html');
  const { ticket } = await desk.api.ask('query ($number: Int!) { ticket(number: $number) { id } }', { number });
  for (const [g, group] of groups.entries()) {
    await desk.api.ask('mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { text } }', {
      input: { ticketId: ticket.id, text: 'Hello', html: `<p>Hello</p>${together(group)}` },
    });
    await page.goto(`${desk.product.url}/tickets/${number}`);
    const editor = await openEditor(page);
    await expectHarmless(inside, `draft ${g}`, '.tiptap');
    await editor.evaluate((element, html) => {
      const data = new DataTransfer();
      data.setData('text/html', html);
      data.setData('text/plain', 'pasted');
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, together(group));
    await expectHarmless(inside, `paste ${g}`, '.tiptap');
  }
  await page.goto(`${desk.product.url}/tickets/${number}`);
  await page.locator('.message').first().waitFor();
  await page.keyboard.press('f');
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  await expectHarmless(inside, 'forwarding', '.tiptap');
});

test('inline images of a letter stand in it as files of this desk, whatever they claim to be', async () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="top.hit(9200)"><script>top.hit(9201)</script><image href="http://canary.example/9202"/></svg>`;
  const body = [
    '--b',
    'Content-Type: text/html',
    '',
    '<p>See</p><img src="cid:one"><img src="cid:two"><img src="cid:&quot; onerror=top.hit(9203) x=&quot;">',
    '--b',
    'Content-Type: image/svg+xml; name="x.png"',
    'Content-ID: <one>',
    'Content-Disposition: inline; filename="x.png"',
    '',
    svg,
    '--b',
    'Content-Type: text/html; name="y.gif"',
    'Content-ID: <two>',
    'Content-Disposition: inline; filename="y.gif"',
    '',
    '<script>top.hit(9204)</script>',
    '--b--',
  ].join('\r\n');
  const number = await letter('Inline', body, 'inline@acme.example', 'multipart/related; boundary=b');
  const { page_: page } = inside;
  await page.goto(`${desk.product.url}/tickets/${number}`);
  await page.locator('iframe').first().waitFor();
  await expectHarmless(inside, 'inline images');
  const { ticket } = await desk.api.ask(
    'query ($number: Int!) { ticket(number: $number) { messages { nodes { attachments { url } } } } }',
    { number },
  );
  const files = ticket.messages.nodes.flatMap((node: { attachments: { url: string }[] }) => node.attachments);
  expect(files.length).toBeGreaterThanOrEqual(2);
  for (const { url } of files) {
    const answer = await page.request.get(`${desk.product.url}${url}`);
    expect([answer.headers()['content-type'], answer.headers()['content-disposition']]).toEqual([
      'application/octet-stream',
      expect.stringMatching(/^attachment/),
    ]);
  }
});

let letters = 0;
/** A letter, and the number of its ticket. */
async function letter(subject: string, body: string, from: string, type = 'text/plain'): Promise<number> {
  const id = `hostile-page-${++letters}@mail.example`;
  desk.dovecot.deliver(
    `From: ${from}\r\nTo: ${SUPPORT}\r\nSubject: ${subject}\r\nMessage-ID: <${id}>\r\nMIME-Version: 1.0\r\nContent-Type: ${type}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}\r\n`,
  );
  await desk.api.ask('mutation { collectNow }');
  const { inboundMails } = await until(
    () =>
      desk.api.ask(
        'query ($id: String!) { inboundMails(filter: { messageId: $id }) { nodes { ticket { number } } } }',
        { id },
      ),
    (d) => Boolean(d.inboundMails.nodes[0]?.ticket),
  );
  return inboundMails.nodes[0].ticket.number;
}
