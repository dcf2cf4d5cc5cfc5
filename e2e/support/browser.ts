import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Debian's Chromium without a window and without a word to the outside. */
export function startBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/** What axe finds on a page, one line per rule with the first place. */
export async function axeFindings(page: Page): Promise<string[]> {
  // The page's policy allows no foreign script, so axe comes in through the debugger and not as a script element.
  const result = await page.evaluate(
    `${AXE}; axe.run(document, { iframes: false }).then((found) => found.violations.map((v) => v.id + ': ' + v.nodes[0].target.join(' ')))`,
  );
  return result as string[];
}
