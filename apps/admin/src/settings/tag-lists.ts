const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** True for a name with at least two labels, such as acme.com or münchen.example. */
export function isDomain(text: string): boolean {
  const labels = text.split('.');
  return text.length <= 253 && labels.length >= 2 && labels.every((label) => LABEL.test(label));
}

/** "Name <address>" is an address with a name before it. */
const split = (entry: string) => entry.replace(/[^,;\n<]*<([^>]*)>/gu, ' $1 ').split(/[\s,;]+/u);
const clean = (entry: string) =>
  entry
    .trim()
    .replace(/^["'<]+|["'>.,;]+$/gu, '')
    .toLowerCase();

/** Entries for Highlight E-mails: lower-case domains without doubles. Of an address the domain is taken. */
export function toDomains(entries: readonly string[]): string[] {
  const domains = entries.flatMap(split).map((entry) => clean(entry).replace(/^.*@/u, ''));
  return [...new Set(domains.filter(Boolean))];
}

/** Entries for Spam E-mails: lower-case domains or addresses without doubles. */
export function toDomainsOrAddresses(entries: readonly string[]): string[] {
  const all = entries.flatMap(split).map((entry) => clean(entry).replace(/^@/u, ''));
  return [...new Set(all.filter(Boolean))];
}
