import { sanitizeMailHtml } from '@support-center/mail';

/**
 * A wide table scrolls sideways in the body, not in the window: the height of the body has room for the scroll bar, and no
 * column gets narrower than its longest word.
 */
const FRAME_STYLE =
  'html{overflow:auto;background:#fff;color:#171b21;font:14px/1.5 Inter,system-ui,sans-serif;overflow-wrap:break-word}body{margin:0;padding:2px;overflow-x:auto}img{max-width:100%;height:auto}blockquote{margin:0 0 0 8px;padding-left:10px;border-left:2px solid #d3d8e0;color:#59616d}pre{white-space:pre-wrap}img[data-blocked-src]{display:inline-block;min-width:120px;min-height:32px;border:1px dashed #b4bcc8;background:#f6f7f9}a[data-shows-other-host]::after{content:" [goes to " attr(data-shows-other-host) "]";color:#b4141e}';
const HIDDEN_STYLE = '[data-hidden]{display:none!important}';
/** Readable whatever its own style says, and plainly not what the sender showed. */
const SHOWN_HIDDEN_STYLE =
  '[data-hidden],[data-hidden] *{display:revert!important;color:#6b4e00!important;background:#fff7df!important;font-size:13px!important;line-height:1.5!important;text-indent:0!important;width:auto!important;height:auto!important;max-width:none!important;text-decoration:line-through!important}';

/** What the page of a letter may load: its own images, and remote ones only when somebody asked for them. No script, ever. */
export function mailDocumentPolicy(showImages: boolean): string {
  return [
    "default-src 'none'",
    `img-src 'self' data:${showImages ? ' https: http:' : ''}`,
    "style-src 'unsafe-inline'",
    "font-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}

/**
 * The safe HTML of a letter as a page of its own. It passes the sanitiser again, so that an older version's output is never
 * trusted. What its sender hid stays hidden unless it is asked for, and is struck through then.
 */
export function mailDocument(
  html: string,
  { showImages, showHidden }: { showImages: boolean; showHidden: boolean },
): string {
  const safe = sanitizeMailHtml(html, { loadRemoteImages: showImages, cidUrl: () => null }).html;
  const style = `${FRAME_STYLE}${showHidden ? SHOWN_HIDDEN_STYLE : HIDDEN_STYLE}`;
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><base target="_blank"><style>${style}</style></head><body dir="auto">${safe}</body></html>`;
}
