import { createHash, createPublicKey, createVerify } from 'node:crypto';

/** Whether the uppermost DKIM signature of a mail holds by the record that the desk asks to publish (RFC 6376, relaxed/relaxed). */
export function dkimHolds(raw: string, record: { name: string; value: string }): boolean {
  const text = raw.replace(/\r?\n/g, '\r\n');
  const end = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
  const at = fields.findIndex((line) => /^DKIM-Signature:/i.test(line));
  if (at === -1) return false;
  const field = fields[at]!;
  const tag = (name: string) => new RegExp(`[;:\\s]${name}=([^;]*)`).exec(field)?.[1]?.replace(/\s/g, '') ?? '';
  if (`${tag('s')}._domainkey.${tag('d')}` !== record.name) return false;
  const body = `${text
    .slice(end + 4)
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(\r\n)*$/, '')}\r\n`;
  if (createHash('sha256').update(body, 'utf8').digest('base64') !== tag('bh')) return false;
  const relax = (line: string) =>
    line
      .replace(/\r\n(?=[ \t])/g, '')
      .replace(/^([^:]+):\s*/, (_all, name: string) => `${name.toLowerCase()}:`)
      .replace(/[ \t]+/g, ' ')
      .trim();
  const covered = tag('h')
    .split(':')
    .flatMap((name) => fields.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)).map(relax));
  const own = relax(field).replace(/([;\s]b=)[^;]*$/, '$1');
  const key = Buffer.from(/p=([A-Za-z0-9+/=]+)/.exec(record.value)![1]!, 'base64');
  const publicKey = createPublicKey({ key, format: 'der', type: 'spki' });
  return createVerify('sha256')
    .update([...covered, own].join('\r\n'), 'utf8')
    .verify(publicKey, tag('b'), 'base64');
}
