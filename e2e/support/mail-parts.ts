/** One leaf of a mail that we have sent. */
export interface MailPart {
  /** Lower-case, without parameters. */
  readonly type: string;
  readonly name: string | null;
  /** Without its angle brackets. */
  readonly contentId: string | null;
  /** Decoded. */
  readonly bytes: Buffer;
}

/** The leaves of a mail in order, decoded. Knows only what our own mails are made of. */
export function partsOf(raw: string): MailPart[] {
  const gap = /\r?\n\r?\n/.exec(raw);
  const head = (gap ? raw.slice(0, gap.index) : raw).replace(/\r?\n[ \t]+/g, ' ');
  const body = gap ? raw.slice(gap.index + gap[0].length) : '';
  const header = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(head)?.[1] ?? '';
  const kind = header('content-type');
  const boundary = /boundary="?([^";]+)"?/i.exec(kind)?.[1];
  if (boundary) {
    const pieces = body.split(`--${boundary}`).slice(1, -1);
    return pieces.flatMap((piece) => partsOf(piece.replace(/^\r?\n/, '').replace(/\r?\n$/, '')));
  }
  const name = /filename="?([^";]+)"?/i.exec(header('content-disposition')) ?? /name="?([^";]+)"?/i.exec(kind);
  return [
    {
      type: (kind.split(';')[0] || 'text/plain').trim().toLowerCase(),
      name: name?.[1] ?? null,
      contentId: /<([^>]*)>/.exec(header('content-id'))?.[1] ?? null,
      bytes: decode(header('content-transfer-encoding'), body),
    },
  ];
}

/** The HTML of a mail that we have sent, decoded; null where it has none. */
export function htmlOf(raw: string): string | null {
  return (
    partsOf(raw)
      .find(({ type }) => type === 'text/html')
      ?.bytes.toString() ?? null
  );
}

function decode(encoding: string, body: string): Buffer {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64');
  if (!/quoted-printable/i.test(encoding)) return Buffer.from(body);
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}
