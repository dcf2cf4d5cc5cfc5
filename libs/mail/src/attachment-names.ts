import { cutText, trimSigns } from './plain-text.ts';

const MAX_SIGNS = 150;
const MAX_BYTES = 255;
const MAX_RAW = 1000;
/** Names that some systems give to devices. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg', 'image/png': 'png', 'image/gif': 'gif', 'image/webp': 'webp', 'application/pdf': 'pdf', 'text/plain': 'txt',
  'text/html': 'html', 'text/calendar': 'ics', 'text/csv': 'csv', 'application/zip': 'zip', 'message/rfc822': 'eml', 'audio/mpeg': 'mp3',
  'application/ms-tnef': 'dat', 'application/pgp-encrypted': 'asc', 'application/pgp-signature': 'asc', 'application/pkcs7-mime': 'p7m', 'application/x-pkcs7-mime': 'p7m',
  'application/pkcs7-signature': 'p7s', 'application/x-pkcs7-signature': 'p7s', 'application/pgp-keys': 'asc', 'text/rfc822-headers': 'txt',
  'message/delivery-status': 'txt', 'message/disposition-notification': 'txt', 'message/feedback-report': 'txt', 'text/vcard': 'vcf', 'text/x-vcard': 'vcf',
  'image/tiff': 'tif', 'image/bmp': 'bmp', 'image/svg+xml': 'svg', 'image/heic': 'heic', 'video/mp4': 'mp4', 'audio/wav': 'wav', 'audio/ogg': 'ogg',
}; // biome-ignore format: a table

/** Gives the attachments of one mail safe names, each once. */
export class AttachmentNames {
  private readonly taken = new Set<string>();

  /** A safe name that no other attachment of the mail has; made from the type where the letter gave none. */
  take(rawName: string | null, mimeType: string): string {
    const wanted = safeName(rawName ?? '') || generatedName(mimeType);
    let name = wanted;
    for (let n = 2; this.taken.has(name.toLowerCase()); n++) name = numbered(wanted, n);
    this.taken.add(name.toLowerCase());
    return name;
  }
}

/** The name as the letter gave it, as metadata only. */
export function rawNameOf(name: string): string {
  return cutText(name, MAX_RAW);
}

/** A name without path, control, invisible and reserved signs, at most 150 signs and 255 bytes; '' when nothing is left. */
export function safeName(raw: string): string {
  const flat = raw
    .normalize('NFC')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/\s+/gu, ' ');
  const trimmed = trimSigns(flat, ' .');
  if (trimmed === '' || /^_+$/.test(trimmed)) return '';
  return shorten(DEVICE.test(trimmed) ? `_${trimmed}` : trimmed);
}

function generatedName(mimeType: string): string {
  const kind = mimeType.split('/')[0];
  const base = kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'attachment';
  const extension = EXTENSIONS[mimeType];
  return extension ? `${base}.${extension}` : base;
}

function numbered(name: string, n: number): string {
  const [stem, ending] = split(name);
  return shorten(stem + ending, ` (${n})${ending}`);
}

/** Cuts the stem, never the tail, which is the ending unless a number stands before it. */
function shorten(name: string, tail = split(name)[1]): string {
  const signs = [...split(name)[0]];
  let kept = signs.slice(0, Math.max(1, MAX_SIGNS - [...tail].length));
  while (kept.length > 1 && Buffer.byteLength(kept.join('') + tail) > MAX_BYTES) kept = kept.slice(0, -1);
  // What was cut may have hidden a dot or a blank, with which no name may end.
  return tail === '' ? trimSigns(kept.join(''), ' .') : kept.join('') + tail;
}

function split(name: string): [string, string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= 12 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}
