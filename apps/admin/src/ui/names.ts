const TONES = 4;

/** One or two capital letters that stand for a name or an address; "?" for an empty one. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s@._-]+/u)
    .filter(Boolean);
  const first = words[0] ?? '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letters = [first, last].map((word) => (word ? [...word][0] : '')).join('');
  return letters.toLocaleUpperCase();
}

/** The same name always gets the same colour, 0 to 3. */
export function toneOf(name: string): number {
  let sum = 0;
  for (const sign of name) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9973;
  return sum % TONES;
}

/** The readable name of a mailbox: "support@example.com" becomes "Support". */
export function mailboxName(address: string): string {
  const local = address.split('@')[0] ?? address;
  return local.charAt(0).toLocaleUpperCase() + local.slice(1);
}
