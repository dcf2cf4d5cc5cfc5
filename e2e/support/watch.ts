import type { BrowserContext, Page } from 'playwright-core';

/** Everything that a hostile letter could make a browser do. */
export interface Watch {
  /** In words, in the order in which it happened. */
  readonly happened: string[];
  page(): Promise<Page>;
}

/** Watches a browser context from outside its pages: what runs, asks, opens, downloads, moves away or breaks there. */
export async function watch(context: BrowserContext, home: string): Promise<Watch> {
  const happened: string[] = [];
  await context.exposeFunction('hit', (n: unknown) => void happened.push(`script ${String(n)} ran`));
  context.on('page', (page) => {
    page.on('pageerror', (error) => happened.push(`page error: ${error.message}`));
    page.on('crash', () => happened.push('the page crashed'));
    page.on('download', (download) => happened.push(`download of ${download.suggestedFilename()}`));
    page.on('popup', (popup) => happened.push(`window ${popup.url()}`));
    page.on('dialog', (dialog) => {
      happened.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('framenavigated', (frame) => {
      if (!/^(?:about:(?:blank|srcdoc)$)/.test(frame.url()) && !frame.url().startsWith(home))
        happened.push(`a frame went to ${frame.url()}`);
    });
    page.on('request', (request) => {
      if (!/^(?:data|blob|about):/.test(request.url()) && !request.url().startsWith(home))
        happened.push(`request of ${request.url()}`);
    });
    page.on('console', (message) => {
      if (/Content Security Policy|TrustedHTML|Blocked script execution/i.test(message.text()))
        happened.push(`refused in the page: ${message.text().slice(0, 300)}`);
    });
  });
  return { happened, page: () => context.newPage() };
}
