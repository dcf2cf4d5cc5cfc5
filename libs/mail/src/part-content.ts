import { decodeText } from './charset.ts';
import type { FaultList } from './faults.ts';
import { decodeBareBytes, decodeHeaderText, decodeWords, type HeaderDecoding } from './header-text.ts';
import type { MailLimits } from './limits.ts';
import type { PartNode } from './mime-tree.ts';
import { cleanText, cutLines, cutText, unflow } from './plain-text.ts';
import { decodeTransfer } from './transfer.ts';

/** The bytes of a part, freed of the transfer encoding. */
export function partBytes(bytes: Buffer, part: PartNode, faults: FaultList): Buffer {
  const decoded = decodeTransfer(bytes.subarray(part.bodyStart, part.end), part.encoding);
  if (decoded.broken) faults.add('ENCODING_BROKEN');
  return decoded.bytes;
}

/** The text of a text part in its charset, its lines unwrapped where its format says so. */
export function partText(bytes: Buffer, part: PartNode, limits: MailLimits, faults: FaultList): string {
  const label = part.contentType.params.get('charset')?.value ?? null;
  const content = partBytes(bytes, part, faults);
  const charset = part.mimeType === 'text/html' ? (label ?? charsetInHtml(content)) : label;
  const decoded = decodeText(content, charset);
  const isPlainCase = label === null && (decoded.charset === 'utf-8' || decoded.charset === 'us-ascii');
  if (decoded.guessed && !isPlainCase) faults.add('CHARSET_GUESSED');
  if (decoded.broken) faults.add('UNDECODABLE');
  if (part.mimeType === 'text/html') {
    if (decoded.text.length > limits.htmlChars) faults.add('HTML_TOO_LONG');
    return cutText(decoded.text.replace(/\0/g, ''), limits.htmlChars);
  }
  if (decoded.text.length > limits.textChars) faults.add('TEXT_TOO_LONG');
  const text = cleanText(cutText(decoded.text, limits.textChars), faults);
  const flowed = part.contentType.params.get('format')?.value.toLowerCase() === 'flowed';
  const delSp = part.contentType.params.get('delsp')?.value.toLowerCase() === 'yes';
  return cutLines(flowed ? unflow(text, delSp) : text, limits.lineBytes, faults);
}

/** The charset of a part that says none: what the HTML says of itself. */
function charsetInHtml(content: Buffer): string | null {
  const head = content.subarray(0, 4096).toString('latin1').toLowerCase();
  const meta = head.indexOf('<meta');
  return meta === -1 ? null : (/charset\s?=\s?["']?([\w-]{2,40})/.exec(head.slice(meta))?.[1] ?? null);
}

/** The file name that the headers of a part give, decoded; null when they give none. */
export function partFileName(part: PartNode): string | null {
  const param = part.disposition.params.get('filename') ?? part.contentType.params.get('name') ?? null;
  if (param === null || param.value === '') return null;
  const decoding: HeaderDecoding = { bodyCharset: null, guessed: false };
  if (param.extended) return decodeText(Buffer.from(param.value, 'latin1'), param.charset).text;
  return decodeWords(decodeBareBytes(param.value, decoding), decoding);
}

/** The Content-ID of a part without angle brackets. */
export function partContentId(part: PartNode): string | null {
  const raw = part.headers.find((header) => header.name.toLowerCase() === 'content-id')?.value;
  const id =
    raw === undefined ? '' : decodeHeaderText(raw, { bodyCharset: null, guessed: false }).replace(/^<|>$/g, '').trim();
  return id === '' ? null : id.slice(0, 255);
}
