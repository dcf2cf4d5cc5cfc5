const ADDRESS = /^[^\s@()<>[\]:;,\\"]+@[^\s@()<>[\]:;,\\"]+\.[^\s@()<>[\]:;,\\".]+$/u;
/** `"Berg, Anna" <anna@acme.example>`, `Anna <anna@acme.example>`, or a bare word between commas, semicolons and blanks. */
const ENTRY = /"[^"]{0,200}"\s{0,9}<([^<>]{0,320})>|[^,;<>\n"]{0,200}<([^<>]{0,320})>|[^\s,;<>]+/gu;

/** Whether mail can be sent there, as far as its form tells. The server has the last word. */
export const isAddress = (text: string): boolean => text.length <= 254 && ADDRESS.test(text);

/** The addresses of a typed or pasted text, of a list in any usual form; what is no address stays as written. */
export function readAddresses(text: string): string[] {
  return [...text.matchAll(ENTRY)]
    .map((entry) => (entry[1] ?? entry[2] ?? entry[0]).trim())
    .filter((address) => address !== '')
    .slice(0, 1000);
}

/** A list with more addresses at its end, each once whatever its case. */
export function withAddresses(list: readonly string[], more: readonly string[]): string[] {
  const seen = new Set(list.map((address) => address.toLowerCase()));
  const added = more.filter((address) => {
    const key = address.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return [...list, ...added];
}
