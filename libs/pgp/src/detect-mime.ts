/** The shape of a letter as far as OpenPGP needs it; whoever reads MIME fills it. */
export interface MimeShape {
  /** "type/subtype", any case. */
  contentType: string;
  /** Parameters of Content-Type, names in lower case. */
  params?: Record<string, string>;
  /** The file name, from Content-Disposition or Content-Type. */
  fileName?: string;
  /** The body is nothing but white space. Leave it out when unknown; unknown counts as words. */
  isBlank?: boolean;
  parts?: MimeShape[];
}

/** Where a part stands: indexes from the letter down; the letter itself is []. */
export type MimePath = number[];

/** What a letter is by its structure (RFC 3156). */
export type MimePgp =
  /** `payload`: the part to open. `isRepaired`: a mail server had changed the structure, or it was never quite right. */
  | { kind: 'ENCRYPTED'; payload: MimePath; isRepaired: boolean }
  /** `content`: the part whose exact bytes, header lines included, are signed. `signature`: not an attachment to show. */
  | { kind: 'SIGNED'; content: MimePath; signature: MimePath; hash: string | null }
  /** Encrypted or signed parts lie deeper. They are attachments: never opened unasked, never part of this letter's state. */
  | { kind: 'NESTED'; parts: { kind: 'ENCRYPTED' | 'SIGNED'; path: MimePath }[] }
  | { kind: 'NONE' };

const MAX_DEPTH = 20;

/**
 * Tells what a letter is by its MIME structure. Only the letter itself counts as encrypted or signed: a
 * `multipart/encrypted` that hides among other parts is an attack (EFAIL, CVE-2019-14664) and is reported as NESTED.
 * Recognised and repaired: the "mixed-up" letters of Exchange and gateways (multipart/mixed with a blank text, the
 * version part and the payload), a wrapper around nothing but the encrypted part, children in the wrong order.
 */
export function detectMime(shape: MimeShape): MimePgp {
  return asEncrypted(shape) ?? asSigned(shape) ?? asMixedUp(shape) ?? nestedIn(shape);
}

function asEncrypted(shape: MimeShape): MimePgp | null {
  const type = typeOf(shape);
  if (type === 'application/pgp' || (type === 'application/octet-stream' && isPgpName(shape.fileName))) {
    return { kind: 'ENCRYPTED', payload: [], isRepaired: true };
  }
  if (type !== 'multipart/encrypted') return null;
  const protocol = shape.params?.protocol?.toLowerCase();
  if (protocol !== undefined && protocol !== 'application/pgp-encrypted') return null;
  const parts = shape.parts ?? [];
  const payload = parts.findIndex((part) => isPayload(part));
  const version = parts.findIndex((part) => isVersion(part));
  if (payload < 0 || (version < 0 && protocol === undefined)) return null;
  const isOrdered = parts.length === 2 && version === 0 && payload === 1;
  const isExact = isOrdered && protocol !== undefined && typeOf(parts[1]!) === 'application/octet-stream';
  return { kind: 'ENCRYPTED', payload: [payload], isRepaired: !isExact };
}

function asSigned(shape: MimeShape): MimePgp | null {
  const parts = shape.parts ?? [];
  if (typeOf(shape) !== 'multipart/signed' || parts.length < 2) return null;
  const protocol = shape.params?.protocol?.toLowerCase() ?? typeOf(parts[1]!);
  if (protocol !== 'application/pgp-signature' || typeOf(parts[1]!) !== 'application/pgp-signature') return null;
  const hash = /^pgp-([\w-]{1,20})$/i.exec(shape.params?.micalg ?? '')?.[1]?.toLowerCase() ?? null;
  return { kind: 'SIGNED', content: [0], signature: [1], hash };
}

const WRAPPERS = new Set(['multipart/mixed', 'multipart/related', 'multipart/alternative']);

function asMixedUp(shape: MimeShape): MimePgp | null {
  if (!WRAPPERS.has(typeOf(shape))) return null;
  const parts = shape.parts ?? [];
  const filled = parts.map((part, index) => ({ part, index })).filter(({ part }) => !isBlankText(part));
  const only = filled[0];
  if (filled.length === 1 && only) {
    const inner = typeOf(only.part).startsWith('multipart/')
      ? (asEncrypted(only.part) ?? asSigned(only.part) ?? asMixedUp(only.part))
      : null;
    return inner && below(only.index, inner);
  }
  const version = filled.find(({ part }) => isVersion(part));
  const payload = filled.find(({ part }) => isPayload(part) && !isVersion(part));
  if (filled.length !== 2 || !version || !payload) return null;
  return { kind: 'ENCRYPTED', payload: [payload.index], isRepaired: true };
}

function below(index: number, found: MimePgp): MimePgp {
  if (found.kind === 'ENCRYPTED') return { ...found, payload: [index, ...found.payload], isRepaired: true };
  if (found.kind !== 'SIGNED') return found;
  return { ...found, content: [index, ...found.content], signature: [index, ...found.signature] };
}

function nestedIn(shape: MimeShape): MimePgp {
  const parts: { kind: 'ENCRYPTED' | 'SIGNED'; path: MimePath }[] = [];
  const visit = (part: MimeShape, path: MimePath) => {
    const own = path.length > 0 && typeOf(part).startsWith('multipart/') ? (asEncrypted(part) ?? asSigned(part)) : null;
    if (own && own.kind !== 'NESTED' && own.kind !== 'NONE') parts.push({ kind: own.kind, path });
    else if (path.length < MAX_DEPTH)
      for (const [index, child] of (part.parts ?? []).entries()) visit(child, [...path, index]);
  };
  visit(shape, []);
  return parts.length > 0 ? { kind: 'NESTED', parts } : { kind: 'NONE' };
}

function typeOf(shape: MimeShape): string {
  return shape.contentType.trim().toLowerCase();
}

function isVersion(part: MimeShape): boolean {
  return typeOf(part) === 'application/pgp-encrypted' && !isPgpName(part.fileName);
}

function isPayload(part: MimeShape): boolean {
  const type = typeOf(part);
  return type === 'application/octet-stream' || (type === 'application/pgp-encrypted' && isPgpName(part.fileName));
}

function isBlankText(part: MimeShape): boolean {
  return part.isBlank === true && typeOf(part).startsWith('text/') && !part.fileName;
}

/** Whether a file name is one that OpenPGP programs give: .asc, .pgp or .gpg. */
export function isPgpName(name: string | undefined): boolean {
  return name !== undefined && /\.(?:asc|pgp|gpg)$/i.test(name.trim());
}
