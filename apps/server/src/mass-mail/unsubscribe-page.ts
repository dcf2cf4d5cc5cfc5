import { createHash } from 'node:crypto';
import { escapeHtml } from '../outbound/escape-html.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.25rem;color:#171b21;background:#f6f7f9}' +
  'main{background:#fff;border:1px solid #e4e7ec;border-radius:12px;padding:1.75rem}h1{font-size:1.25rem;margin:0 0 .75rem}' +
  'p{margin:0 0 1.25rem}button{font:inherit;font-weight:600;color:#fff;background:#2451c4;border:0;border-radius:8px;padding:.6rem 1.1rem;min-height:44px}' +
  'button:focus-visible{outline:2px solid #171b21;outline-offset:2px}' +
  '@media(prefers-color-scheme:dark){body{color:#e4e8ee;background:#0d1014}main{background:#14181d;border-color:#262c35}button:focus-visible{outline-color:#e4e8ee}}';

/** The policy of these pages: their own style by its hash, their own form, nothing else. */
export const UNSUBSCRIBE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** Asks; opening it does nothing, since programs open every link of a mail. */
export function askPage(address: string): string {
  return page(
    'Get no more of these mails?',
    `<p>We will send no more mass mail to <strong>${escapeHtml(address)}</strong>. Answers to your own requests still reach you.</p><form method="post"><button type="submit">Unsubscribe</button></form>`,
  );
}

/** Says that it is done. */
export function donePage(address: string): string {
  return page(
    'You are unsubscribed',
    `<p>No more mass mail goes to <strong>${escapeHtml(address)}</strong>. Answers to your own requests still reach you.</p>`,
  );
}

/** Says that the link is not one of ours. */
export function unknownLinkPage(): string {
  return page(
    'This link does not work',
    '<p>It was cut or changed on its way. Open it again from the mail, or answer the mail and ask us to send no more.</p>',
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}
