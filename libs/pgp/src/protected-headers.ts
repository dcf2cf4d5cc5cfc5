/** The headers that a letter carried inside its encryption. */
export interface ProtectedHeaders {
  /** How they were marked. `hp` values are RFC 9788; the others are the older drafts. */
  scheme: 'v1' | 'v2' | 'hp-cipher' | 'hp-clear';
  /** Unfolded, values as latin1 text of the raw bytes (encoded-words are not decoded). In the order they stand. */
  headers: { name: string; value: string }[];
  /** The value of the inner Subject in the same form; null if there is none. */
  subject: string | null;
}

/** The headers that may be taken from inside; all others say how the part is built and stay there. */
const TAKEN = new Set([
  'subject',
  'from',
  'to',
  'cc',
  'reply-to',
  'sender',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'followup-to',
]);

/** How much of the opened bytes is read in search of headers. */
export const MAX_HEADER_BYTES = 256 * 1024;
const MAX_SIGNED_DEPTH = 4;

/**
 * Reads the protected headers of opened MIME bytes (RFC 9788; "protected headers" and "memory hole" drafts): those of
 * the first part that is not a signature's wrapper, if its Content-Type carries exactly `protected-headers="v1"` or
 * `"v2"`, or `hp="cipher"` or `"clear"`. Look-alike parameters and headers without a mark are ignored: null.
 * Call it only for bytes that came out of {@link openEncrypted}, never for a letter's outer part.
 */
export function readProtectedHeaders(mime: Uint8Array): ProtectedHeaders | null {
  let source = Buffer.from(mime.buffer, mime.byteOffset, Math.min(mime.length, MAX_HEADER_BYTES)).toString('latin1');
  for (let depth = 0; depth < MAX_SIGNED_DEPTH; depth++) {
    const block = headerBlock(source);
    if (!block) return null;
    const contentType = headerValue(block.headers, 'content-type');
    const scheme = contentType === null ? null : schemeOf(contentType);
    if (scheme) return taken(scheme, block.headers);
    if (contentType === null || !/^multipart\/signed\s*;/i.test(contentType)) return null;
    const inner = firstPart(source.slice(block.end), parameter(contentType, 'boundary'));
    if (inner === null) return null;
    source = inner;
  }
  return null;
}

type Header = { name: string; value: string };

function taken(scheme: ProtectedHeaders['scheme'], all: Header[]): ProtectedHeaders {
  const headers = all.filter(({ name }) => TAKEN.has(name.toLowerCase()));
  return { scheme, headers, subject: headerValue(headers, 'subject') };
}

function schemeOf(contentType: string): ProtectedHeaders['scheme'] | null {
  const hp = parameter(contentType, 'hp')?.toLowerCase();
  if (hp === 'cipher' || hp === 'clear') return `hp-${hp}`;
  const old = parameter(contentType, 'protected-headers')?.toLowerCase();
  return old === 'v1' || old === 'v2' ? old : null;
}

/** Null when the bytes do not begin with a header block. */
function headerBlock(source: string): { headers: Header[]; end: number } | null {
  const gap = /\r\n\r\n|\n\n|\r\r/.exec(source);
  const text = gap ? source.slice(0, gap.index) : source;
  const lines = text
    .replace(/\r\n?|\n/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n');
  const headers: Header[] = [];
  for (const line of lines) {
    const found = /^([!-9;-~]{1,100})[ \t]*:(.*)$/.exec(line);
    if (!found) return null;
    headers.push({ name: found[1]!, value: found[2]!.trim() });
  }
  return { headers, end: gap ? gap.index + gap[0].length : source.length };
}

function headerValue(headers: Header[], name: string): string | null {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}

/** One parameter of a Content-Type; names are compared whole, quoted strings are skipped over and unquoted. */
function parameter(contentType: string, wanted: string): string | null {
  const pattern = /;\s*([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g;
  for (const [, name, quoted, bare] of contentType.matchAll(pattern)) {
    if (name!.toLowerCase() === wanted) return quoted !== undefined ? quoted.replace(/\\(.)/g, '$1') : bare!;
  }
  return null;
}

function firstPart(body: string, boundary: string | null): string | null {
  if (!boundary) return null;
  const delimiter = `--${boundary}`;
  const at = body.startsWith(delimiter) ? 0 : body.indexOf(`\n${delimiter}`);
  if (at < 0) return null;
  const lineEnd = body.indexOf('\n', at + delimiter.length);
  return lineEnd < 0 ? null : body.slice(lineEnd + 1);
}
