const VOID = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);
/** What a new element of this name ends when it stands on top (HTML, section 13.1.2.4). */
const ENDS: Record<string, readonly string[]> = {
  p: ['p'],
  li: ['li'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  tr: ['td', 'th', 'tr'],
  dd: ['dd', 'dt'],
  dt: ['dd', 'dt'],
};
const MAX_NAME = 40;

/**
 * Whether elements nest deeper than `limit`; in one pass and with little memory, to be asked before a parser is whose
 * cost grows with the depth. An end tag ends only what is open; tags in comments and scripts are counted too.
 */
export function nestsDeeper(html: string, limit: number): boolean {
  const stack: string[] = [];
  const open = new Map<string, number>();
  const pop = () => {
    const name = stack.pop() as string;
    open.set(name, (open.get(name) ?? 1) - 1);
    return name;
  };
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) {
    const isEnd = html[at + 1] === '/';
    const from = at + (isEnd ? 2 : 1);
    const name = /^[a-z][a-z0-9:-]*/i.exec(html.slice(from, from + MAX_NAME))?.[0].toLowerCase();
    if (name === undefined || VOID.has(name)) continue;
    if (isEnd) {
      while ((open.get(name) ?? 0) > 0 && pop() !== name);
      continue;
    }
    const ended = Object.hasOwn(ENDS, name) ? (ENDS[name] ?? []) : [];
    while (ended.includes(stack.at(-1) ?? '')) pop();
    stack.push(name);
    open.set(name, (open.get(name) ?? 0) + 1);
    if (stack.length > limit) return true;
  }
  return false;
}
