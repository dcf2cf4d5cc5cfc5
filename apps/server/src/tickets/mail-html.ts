/**
 * What mail programs need written on each element: Outlook draws with Word's rules and knows no style sheet, Gmail
 * drops what stands in the head of some mails. Sizes and colours are plain so that dark modes can turn them.
 */
const STYLES: Readonly<Record<string, string>> = {
  p: 'margin:0 0 12px',
  ul: 'margin:0 0 12px;padding-left:24px',
  ol: 'margin:0 0 12px;padding-left:24px',
  li: 'margin:0 0 4px',
  h1: 'margin:16px 0 8px;font-size:20px;line-height:1.3',
  h2: 'margin:16px 0 8px;font-size:17px;line-height:1.3',
  h3: 'margin:16px 0 8px;font-size:15px;line-height:1.3',
  blockquote: 'margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid #c8ccd2;color:#59616d',
  pre: 'margin:0 0 12px;padding:8px;background-color:#f3f4f6;font-family:Consolas,Menlo,monospace;font-size:13px;white-space:pre-wrap',
  code: 'font-family:Consolas,Menlo,monospace;font-size:13px',
  table: 'border-collapse:collapse;margin:0 0 12px',
  td: 'border:1px solid #c8ccd2;padding:4px 8px;vertical-align:top',
  th: 'border:1px solid #c8ccd2;padding:4px 8px;vertical-align:top;text-align:left',
  img: 'max-width:100%;height:auto;border:0',
  a: 'color:#0b62c4',
};
const TAG = new RegExp(`<(${Object.keys(STYLES).join('|')})(?=[\\s>/])([^>]*)>`, 'g');
const INLINE = /src="\/a\/inline\/([0-9a-f-]{36})\/([^"/]+)"/g;

/** Sanitised HTML as a whole mail document, its styles written on each element; what an element says of itself wins. Pure. */
export function mailDocumentFor(html: string): string {
  const styled = html.replace(TAG, (_tag, name: string, attributes: string) => {
    const own = /\sstyle="([^"]*)"/.exec(attributes);
    if (!own) return `<${name} style="${STYLES[name]}"${attributes}>`;
    return `<${name}${attributes.replace(own[0], ` style="${STYLES[name]};${own[1]}"`)}>`;
  });
  return (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>' +
    '<body style="margin:0"><div style="font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#1f2328">' +
    `${styled}</div></body></html>`
  );
}

/** The same HTML with its own images named by content id (RFC 2392), and the ids of the files that it shows. Pure. */
export function withContentIds(
  html: string,
  contentIdOf: (place: string, name: string) => string | null,
): { html: string; shown: Set<string> } {
  const shown = new Set<string>();
  const replaced = html.replace(INLINE, (_whole, place: string, name: string) => {
    const contentId = contentIdOf(place, decodeURIComponent(name));
    if (contentId === null) return '';
    shown.add(contentId);
    return `src="cid:${encodeURIComponent(contentId).replaceAll('%40', '@')}"`;
  });
  // A remote image that was not loaded is not loaded by the reader of our mail either.
  return { html: replaced.replace(/\sdata-(?:blocked-src|shows-other-host)="[^"]*"/g, ''), shown };
}
