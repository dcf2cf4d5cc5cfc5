// Pictures of the built app for looking at: node test-support/screenshots.mjs FOLDER [name...]. Needs the mock server on 4100.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const folder = process.argv[2] ?? '.tmp/pictures';
const only = process.argv.slice(3);
const base = process.env.BASE_URL ?? 'http://127.0.0.1:4100';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
mkdirSync(folder, { recursive: true });

const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const tryLetter = async (page) => {
  await page.getByLabel('Letter', { exact: true }).fill('Subject: Re: [#48209] Site down\n\nIt is up again.');
  await page.getByRole('button', { name: 'Try this letter' }).click();
};
const pictures = {
  'queue-light': { path: '/tickets' },
  'queue-dark': {
    path: '/tickets',
    dark: true,
    act: async (page) => {
      await page.keyboard.press('j');
      for (const at of [3, 5]) await page.locator('.row__check input').nth(at).click();
    },
  },
  'ticket-light': {
    path: '/tickets/48209',
    act: async (page) => {
      await page.keyboard.press('r');
      await page.locator('.tiptap').waitFor();
      await page.keyboard.type('Hello Freya,');
      await page.waitForTimeout(1300);
    },
  },
  'ticket-suggestions': {
    path: '/tickets/48209',
    dark: true,
    act: async (page) => {
      await page.getByRole('button', { name: 'Why?' }).first().click();
      await page.keyboard.press('Alt+1');
      await page.locator('.tiptap').waitFor();
    },
  },
  'ticket-panel-phone': {
    path: '/tickets/48209',
    size: phone,
    act: (page) => page.getByRole('button', { name: 'Suggested answers and customer' }).click(),
  },
  'ticket-dark': { path: '/tickets/48209', dark: true },
  'ticket-phone': { path: '/tickets/48209', size: phone },
  'queue-phone': { path: '/tickets', size: phone },
  'settings-light': { path: '/settings' },
  'settings-dark': { path: '/settings', dark: true },
  'settings-phone': { path: '/settings', size: phone },
  'knowledge-light': { path: '/knowledge?article=k1' },
  'knowledge-dark': { path: '/knowledge?article=k1', dark: true },
  'knowledge-phone': { path: '/knowledge', size: phone },
  'knowledge-phone-article': { path: '/knowledge?article=k1', size: phone },
  'knowledge-versions': {
    path: '/knowledge?article=k1',
    act: (page) => page.getByRole('button', { name: 'Versions' }).click(),
  },
  'knowledge-import': {
    path: '/knowledge',
    act: async (page) => {
      await page.getByRole('button', { name: 'More for Help for customers' }).click();
      await page.getByRole('menuitem', { name: 'Import Markdown…' }).click();
    },
  },
  'knowledge-empty': { path: '/knowledge?base=kb2' },
  'knowledge-preview': {
    path: '/knowledge?article=k1',
    dark: true,
    act: (page) => page.getByRole('button', { name: 'Preview as end user' }).click(),
  },
  'reports-light': { path: '/reports' },
  'reports-dark': { path: '/reports', dark: true },
  'reports-phone': { path: '/reports', size: phone },
  'merged-light': { path: '/tickets/48207' },
  'move-light': {
    path: '/tickets/48209',
    act: async (page) => {
      await page.getByRole('button', { name: 'Message actions' }).first().click();
      await page.getByRole('menuitem', { name: 'Move to ticket…' }).click();
      await page.getByLabel('Ticket', { exact: true }).fill('4820');
    },
  },
  'try-light': { path: '/settings/try-a-letter', act: tryLetter },
  'try-dark': { path: '/settings/try-a-letter', dark: true, act: tryLetter },
  'try-phone': { path: '/settings/try-a-letter', size: phone, act: tryLetter },
  'try-unsaved': {
    path: '/settings',
    act: async (page) => {
      await page.getByLabel('Do not check e-mail address').check();
      await page.getByRole('button', { name: 'Try a letter with these unsaved settings' }).click();
    },
  },
  'collection-light': { path: '/collection' },
  'collection-dark': { path: '/collection', dark: true },
  'assistants-light': { path: '/assistants' },
  'tokens-light': { path: '/api-tokens' },
  palette: { path: '/tickets', act: (page) => page.keyboard.press('Control+k') },
  headers: {
    path: '/tickets/48209',
    act: async (page) => {
      await page.locator('.mail-frame').waitFor();
      await page.keyboard.press('Shift+H');
    },
  },
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
for (const [name, { path, dark = false, size = wide, act }] of Object.entries(pictures)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const context = await browser.newContext({ viewport: size, colorScheme: dark ? 'dark' : 'light', bypassCSP: false });
  const page = await context.newPage();
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) console.log(`${name}: ${line.text().slice(0, 300)}`);
  });
  page.on('pageerror', (error) => console.log(`${name}: ${error.message.slice(0, 400)}`));
  await page.goto(base + path);
  await page.waitForTimeout(1500);
  if (act) await act(page);
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.evaluate(() => 0);
  const session = await context.newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axeSource });
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'], iframes: false }),
  );
  for (const violation of violations)
    console.log(
      `${name}: axe ${violation.id}: ${violation.nodes
        .slice(0, 3)
        .map((node) => `${node.target} ${(node.any[0] ?? node.all[0])?.message ?? ''}`)
        .join(' | ')
        .slice(0, 500)}`,
    );
  await context.close();
}
await browser.close();
