import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { axeFindings, startBrowser } from './support/browser.ts';
import { type Desk, startDesk } from './support/desk.ts';

let desk: Desk;
let browser: Browser;
let kb: string;

const IMPORT = 'mutation ($input: ImportArticlesInput!) { importArticles(input: $input) { articleIds } }';
const BASE = 'mutation ($input: KnowledgeBaseInput!) { saveKnowledgeBase(input: $input) { id } }';

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser()]);
  kb = `${desk.product.url}/kb`;
  const open = (await desk.api.ask(BASE, { input: { name: 'Help' } })).saveKnowledgeBase.id;
  const inside = (await desk.api.ask(BASE, { input: { name: 'Secret answers' } })).saveKnowledgeBase.id;
  const reset = {
    title: 'Reset your password',
    slug: 'reset',
    published: true,
    categoryPath: ['Sign in'],
    body: '## By mail\n\nPress **Forgotten**.\n\n## By phone\n\nCall us.\n\n## In person\n\nCome by.',
  };
  const prices = {
    title: 'Prices',
    slug: 'prices',
    published: true,
    body: `## Parcels\n\n| Country | Carrier | Price | Days |\n| --- | --- | --- | --- |\n| Germany | Donaudampfschifffahrtsgesellschaft | 4.90 | 2 |\n\n\`\`\`\n${'a long line '.repeat(20)}\n\`\`\`\n\n---`,
  };
  const arabic = {
    title: 'إعادة تعيين كلمة المرور',
    slug: 'arabic',
    language: 'ar',
    published: true,
    body: '## الخطوات\n\nافتح البوابة.\n\n## ثم\n\nاضغط.\n\n## أخيرا\n\nانتهى.',
  };
  const articles = [reset, prices, arabic, { title: 'A draft', body: 'x' }];
  await desk.api.ask(IMPORT, { input: { knowledgeBaseId: open, articles } });
  await desk.api.ask(IMPORT, {
    input: {
      knowledgeBaseId: inside,
      articles: [{ title: 'Secret password trick', slug: 'trick', body: 'x', published: true }],
    },
  });
  await desk.save({ defaultKnowledgeBaseId: open, defaultSupportKnowledgeBaseId: inside });
  await until(
    () => desk.api.ask('{ suggestionIndex { state articles } }'),
    (d) => d.suggestionIndex.state === 'READY' && d.suggestionIndex.articles === 4,
  );
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

test('a reader without script searches, reads, answers that it helped, and meets nothing of the support base', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(kb);
  await page.getByRole('searchbox').fill('password');
  await page.getByRole('button', { name: 'Search' }).click();
  expect(await page.getByRole('main').innerText()).not.toContain('trick');
  await page.getByRole('link', { name: 'Reset your password' }).click();
  await page.getByRole('heading', { level: 1, name: 'Reset your password' }).waitFor();
  await page.getByRole('link', { name: 'In person' }).click();
  expect(page.url()).toBe(`${kb}/reset#in-person`);
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByText('Thank you.').waitFor();
  const { article } = await desk.api
    .ask('{ knowledgeBases { name articles { nodes { title helpful } } } }')
    .then((d) => ({
      article: d.knowledgeBases[0].articles.nodes.find(({ title }: { title: string }) => title.startsWith('Reset')),
    }));
  expect(article.helpful).toBe(1);
  for (const address of ['trick', 'a-draft']) {
    const answer = await page.goto(`${kb}/${address}`);
    expect([answer!.status(), await page.getByRole('heading', { level: 1 }).innerText()]).toEqual([
      404,
      'Nothing here',
    ]);
  }
  expect(await context.cookies()).toEqual([]);
  await context.close();
});

test('the pages are clean for screen readers, light and dark', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 390, height: 844 } });
    for (const address of ['', '/reset', '/prices', '/arabic', '/c/all', '?q=password', '?q=zzqqxx', '/nothing']) {
      await page.goto(kb + address);
      expect(await axeFindings(page), `${colorScheme} ${address}`).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth'), address).toBeLessThanOrEqual(390);
    }
    await page.close();
  }
});

test('an article is printed in dark ink, without search and question, also from a dark screen', async () => {
  const page = await browser.newPage({ colorScheme: 'dark' });
  await page.goto(`${kb}/reset`);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('searchbox').isVisible()).toBe(false);
  expect(await page.getByText('Was this helpful?').isVisible()).toBe(false);
  expect(await page.getByText('Call us.').evaluate((element) => getComputedStyle(element).color)).toBe(
    'rgb(23, 27, 33)',
  );
  await page.close();
});
