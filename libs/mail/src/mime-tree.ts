import type { FaultList } from './faults.ts';
import { readStructuredHeader, type StructuredHeader } from './header-params.ts';
import type { MailLimits } from './limits.ts';
import { firstRaw, lineEnd, type RawHeader, readHeaderBlock, withoutLineEnd } from './raw-headers.ts';

const LF = 0x0a;
const DASH = 0x2d;
const NEXT_DELIMITER = Buffer.from('\n--');
/** Blanks forgiven after a boundary on its line (RFC 2046, section 5.1.1, sets no number). */
const MAX_DELIMITER_BLANKS = 1000;

/** One part of a letter as offsets into its bytes: headers are `start..bodyStart`, the body is `bodyStart..end`. */
export interface PartNode {
  start: number;
  bodyStart: number;
  end: number;
  headers: RawHeader[];
  /** The declared type in lower case; the default of the place when none or an impossible one is declared. */
  mimeType: string;
  contentType: StructuredHeader;
  disposition: StructuredHeader;
  /** The transfer encoding in lower case; '' when none is named. */
  encoding: string;
  children: PartNode[];
  parent: PartNode | null;
  depth: number;
  messageDepth: number;
  /** True when a limit kept us from looking inside, or when the bytes are a remainder without headers of its own. */
  opaque: boolean;
  /** Ranges of a multipart that belong to no part; null when there are none. */
  preamble: [number, number] | null;
  epilogue: [number, number] | null;
}

interface OpenMultipart {
  node: PartNode;
  boundary: string;
}

interface Delimiter {
  lineStart: number;
  next: number;
  /** Index into the stack of open multiparts. */
  owner: number;
  closing: boolean;
}

/**
 * Splits a letter into its parts (RFC 2046, section 5.1) in one pass over the raw bytes. A delimiter of any open
 * multipart ends all that is open inside it. Limits: depth, parts, messages in messages, boundary and headers.
 */
export function readTree(bytes: Buffer, limits: MailLimits, faults: FaultList): PartNode {
  return new TreeReader(bytes, limits, faults).read();
}

class TreeReader {
  private readonly open: OpenMultipart[] = [];
  private parts = 0;
  private current: PartNode;

  constructor(
    private readonly bytes: Buffer,
    private readonly limits: MailLimits,
    private readonly faults: FaultList,
  ) {
    this.current = this.begin(0, null);
  }

  read(): PartNode {
    const root = topOf(this.current);
    let at = this.current.bodyStart;
    for (let found = this.nextDelimiter(at); found !== null; found = this.nextDelimiter(at)) {
      this.endBefore(found);
      if (found.closing) this.closeOwner(found);
      else if (this.parts >= this.limits.parts) return this.keepRest(found, root);
      else this.current = this.begin(found.next, this.owner(found).node);
      at = found.closing ? found.next : this.current.bodyStart;
    }
    if (this.open.length > 0) this.faults.add('BROKEN_MULTIPART');
    this.endAll(this.bytes.length);
    return root;
  }

  private owner(found: Delimiter): OpenMultipart {
    return this.open[found.owner] as OpenMultipart;
  }

  /** Reads the headers of a part and opens what is inside it; gives the innermost part begun. */
  private begin(start: number, parent: PartNode | null): PartNode {
    const { limits, faults } = this;
    if (parent !== null) this.parts += 1;
    const isDelimiter = (at: number) => this.delimiterAt(at) !== null;
    const { headers, end } = readHeaderBlock(this.bytes, start, isDelimiter, limits, faults);
    const node = describe(headers, start, end, parent);
    parent?.children.push(node);
    if (node.mimeType.startsWith('multipart/')) this.openMultipart(node);
    else if (isReadableMessage(node)) return this.beginMessage(node);
    return node;
  }

  private openMultipart(node: PartNode): void {
    const boundary = (node.contentType.params.get('boundary')?.value ?? '').trimEnd();
    if (boundary === '') {
      this.faults.add('BROKEN_MULTIPART');
      return;
    }
    if (boundary.length > this.limits.boundaryBytes) {
      this.faults.add('BOUNDARY_TOO_LONG');
      return;
    }
    if (node.depth >= this.limits.depth) {
      node.opaque = true;
      this.faults.add('TOO_DEEP');
      return;
    }
    this.open.push({ node, boundary });
  }

  private beginMessage(node: PartNode): PartNode {
    const { limits } = this;
    const fault = this.parts >= limits.parts ? 'TOO_MANY_PARTS' : node.depth >= limits.depth ? 'TOO_DEEP' : null;
    if (fault === null && node.messageDepth < limits.messageDepth) return this.begin(node.bodyStart, node);
    this.faults.add(fault ?? 'MESSAGES_TOO_DEEP');
    node.opaque = true;
    return node;
  }

  private nextDelimiter(from: number): Delimiter | null {
    if (this.open.length === 0) return null;
    let at = from;
    if (at === 0 || this.bytes[at - 1] === LF) {
      const here = this.delimiterAt(at);
      if (here !== null) return here;
    }
    for (;;) {
      const found = this.bytes.indexOf(NEXT_DELIMITER, at);
      if (found === -1) return null;
      const delimiter = this.delimiterAt(found + 1);
      if (delimiter !== null) return delimiter;
      at = found + 1;
    }
  }

  /** The delimiter of the innermost open multipart whose boundary stands on the line at `at`. */
  private delimiterAt(at: number): Delimiter | null {
    const { bytes, open } = this;
    if (open.length === 0 || bytes[at] !== DASH || bytes[at + 1] !== DASH) return null;
    const stop = Math.min(bytes.length, at + this.limits.boundaryBytes + MAX_DELIMITER_BLANKS);
    const next = lineEnd(bytes, at);
    if (next > stop + 4) return null;
    const line = bytes.toString('latin1', at + 2, next).trimEnd();
    for (let owner = open.length - 1; owner >= 0; owner -= 1) {
      const { boundary } = open[owner] as OpenMultipart;
      if (!line.startsWith(boundary)) continue;
      const rest = line.slice(boundary.length);
      if (rest === '' || rest === '--') return { lineStart: at, next, owner, closing: rest === '--' };
    }
    return null;
  }

  /** Ends every part that is still open below the owner of the delimiter. */
  private endBefore(found: Delimiter): void {
    const owner = this.owner(found).node;
    if (this.open.length > found.owner + 1) this.faults.add('BROKEN_MULTIPART');
    this.open.length = found.owner + 1;
    for (let node: PartNode | null = this.current; node !== null && node !== owner; node = node.parent) {
      this.endNode(node, withoutLineEnd(this.bytes, node.bodyStart, found.lineStart));
    }
    if (this.current === owner && owner.children.length === 0) owner.preamble = [owner.bodyStart, found.lineStart];
    this.current = owner;
  }

  private endNode(node: PartNode, end: number): void {
    node.end = end;
    if (node.epilogue !== null) node.epilogue = [node.epilogue[0], Math.max(node.epilogue[0], end)];
  }

  private closeOwner(found: Delimiter): void {
    const { node } = this.owner(found);
    this.open.length = found.owner;
    node.epilogue = [found.next, found.next];
    this.current = node;
  }

  private keepRest(found: Delimiter, root: PartNode): PartNode {
    this.faults.add('TOO_MANY_PARTS');
    const owner = this.owner(found).node;
    const rest = describe([], found.lineStart, found.lineStart, owner);
    rest.opaque = true;
    owner.children.push(rest);
    this.current = rest;
    this.endAll(this.bytes.length);
    return root;
  }

  private endAll(end: number): void {
    for (let node: PartNode | null = this.current; node !== null; node = node.parent) this.endNode(node, end);
  }
}

function topOf(node: PartNode): PartNode {
  let top = node;
  while (top.parent !== null) top = top.parent;
  return top;
}

function describe(headers: RawHeader[], start: number, bodyStart: number, parent: PartNode | null): PartNode {
  const contentType = readStructuredHeader(firstRaw(headers, 'content-type') ?? '');
  const disposition = readStructuredHeader(firstRaw(headers, 'content-disposition') ?? '');
  const encoding = readStructuredHeader(firstRaw(headers, 'content-transfer-encoding') ?? '').value;
  const inMessage = parent?.mimeType.startsWith('message/') === true;
  return {
    start,
    bodyStart,
    end: bodyStart,
    headers,
    mimeType:
      validType(contentType.value) ?? (parent?.mimeType === 'multipart/digest' ? 'message/rfc822' : 'text/plain'),
    contentType,
    disposition,
    encoding,
    children: [],
    parent,
    depth: parent === null ? 0 : parent.depth + 1,
    messageDepth: parent === null ? 0 : parent.messageDepth + (inMessage ? 1 : 0),
    opaque: false,
    preamble: null,
    epilogue: null,
  };
}

/** A type that consists of two tokens (RFC 2045, section 5.1), else null. */
export function validType(value: string): string | null {
  return value.length <= 127 && /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(value) ? value : null;
}

function isReadableMessage(node: PartNode): boolean {
  const isMessage = node.mimeType === 'message/rfc822' || node.mimeType === 'message/global';
  return isMessage && ['', '7bit', '8bit', 'binary'].includes(node.encoding);
}
