/** One parameter value. Units are bytes (latin1); `charset` is named by RFC 2231, else null. */
export interface RawParam {
  value: string;
  charset: string | null;
  /** True when RFC 2231 percent signs were decoded, so encoded-words in it are plain text. */
  extended: boolean;
}

/** A header such as Content-Type: its value in lower case without comments, and its parameters by lower-case name. */
export interface StructuredHeader {
  value: string;
  params: Map<string, RawParam>;
}

interface Segment {
  index: number;
  encoded: boolean;
  value: string;
}

const MAX_PARAMS = 200;

/**
 * Reads `value; name=value; ...` (RFC 2045, section 5.1) with the continuations and charsets of RFC 2231. Unquoted
 * values may hold spaces. Of doubled parameters the first wins; an extended one wins over a plain one.
 */
export function readStructuredHeader(raw: string): StructuredHeader {
  const pieces = splitPieces(raw);
  const plain = new Map<string, RawParam>();
  const segments = new Map<string, Segment[]>();
  for (const piece of pieces.slice(1, MAX_PARAMS + 1)) keepParam(piece, plain, segments);
  const params = new Map(plain);
  for (const [name, list] of segments) params.set(name, joinSegments(list));
  const value = (pieces[0]?.text ?? '').trim().toLowerCase();
  return { value, params };
}

interface Piece {
  text: string;
  /** Where the first "=" outside quotation marks stands; -1 when there is none. */
  equals: number;
  /** True while only blanks came after the "=". */
  blank: boolean;
  quoted: boolean;
}

/** Splits at ";" outside quotation marks and comments; takes off the marks and the comments. One pass. */
function splitPieces(raw: string): Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece = { text: '', equals: -1, blank: true, quoted: false };
  let depth = 0;
  let inQuotes = false;
  for (let i = 0; i < raw.length; i += 1) {
    const sign = raw[i] as string;
    if (sign === '\r' || sign === '\n') continue;
    if (inQuotes) {
      const next = raw[i + 1];
      if (sign === '"') inQuotes = false;
      else if (sign === '\\' && (next === '"' || next === '\\')) {
        piece.text += next;
        i += 1;
      } else piece.text += sign;
    } else if (depth > 0) {
      if (sign === '\\') i += 1;
      else if (sign === '(') depth += 1;
      else if (sign === ')') depth -= 1;
    } else if (sign === '"' && piece.blank) {
      inQuotes = true;
      piece.blank = false;
      piece.quoted = piece.equals !== -1;
      if (piece.quoted) piece.text = piece.text.slice(0, piece.equals + 1);
    } else if (sign === '(' && mayBeginComment(piece)) depth = 1;
    else if (sign === ';') {
      pieces.push(piece);
      if (pieces.length > MAX_PARAMS) return pieces;
      piece = { text: '', equals: -1, blank: true, quoted: false };
    } else {
      if (sign === '=' && piece.equals === -1) {
        piece.equals = piece.text.length;
        piece.blank = true;
      } else if (sign !== ' ' && sign !== '\t') piece.blank = false;
      piece.text += sign;
    }
  }
  pieces.push(piece);
  return pieces;
}

/** `name=report (1).pdf` without quotation marks is common; there a parenthesis belongs to the name. */
function mayBeginComment(piece: Piece): boolean {
  if (piece.equals === -1) return true;
  const name = piece.text.slice(0, piece.equals).trim().toLowerCase();
  if (name.startsWith('name') || name.startsWith('filename')) return piece.quoted;
  return true;
}

function keepParam(piece: Piece, plain: Map<string, RawParam>, segments: Map<string, Segment[]>): void {
  if (piece.equals === -1) return;
  const name = piece.text.slice(0, piece.equals).trim().toLowerCase();
  const rest = piece.text.slice(piece.equals + 1);
  const value = piece.quoted ? rest : rest.trim();
  const match = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(name);
  if (match === null) return;
  const [, base = '', index, star] = match;
  if (index === undefined && star === undefined) {
    if (!plain.has(base)) plain.set(base, { value, charset: null, extended: false });
    return;
  }
  const list = segments.get(base) ?? [];
  list.push({ index: Number(index ?? 0), encoded: star !== undefined, value });
  segments.set(base, list);
}

function joinSegments(list: Segment[]): RawParam {
  const ordered = [...list].sort((a, b) => a.index - b.index);
  let charset: string | null = null;
  let extended = false;
  let value = '';
  ordered.forEach((segment, position) => {
    let text = segment.value;
    if (segment.encoded) {
      const head = position === 0 ? /^([^']*)'[^']*'/.exec(text) : null;
      if (head !== null) {
        charset = head[1] || null;
        text = text.slice(head[0].length);
      }
      text = percentDecoded(text);
      extended = true;
    }
    value += text;
  });
  return { value, charset, extended };
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
