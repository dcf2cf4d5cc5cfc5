/** The HTML of a mail that we have sent, decoded; null where it has none. Knows only what our own mails are made of. */
export function htmlOf(raw: string): string | null {
  const part = /(?:^|\n)content-type: text\/html[^\n]*\n((?:[^\n]+\n)*)\r?\n([\s\S]*?)(?:\r?\n--|$)/i.exec(raw);
  if (!part) return null;
  const [, head = '', body = ''] = part;
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString();
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
