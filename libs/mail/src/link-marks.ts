import { Parser } from 'htmlparser2';

const MAX_WORDS = 300;
const HOST_IN_WORDS = /^(?:https?:\/\/|www\.)?((?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}]{2,24})(?:[@/:?#\\\s…]|$)/iu;
/** Words like "offer.pdf" name a file and no host. */
const FILE_NAME = /^[^.]*\.(?:pdf|docx?|xlsx?|pptx?|txt|csv|png|jpe?g|gif|html?|xml)$/i;

/** The links whose words look like an address of another host than they lead to: number of the link -> real host. */
export function misleadingLinks(safeHtml: string): Map<number, string> {
  const found = new Map<number, string>();
  if (!safeHtml.includes('<a ')) return found;
  let number = -1;
  let open: { href: string; words: string } | null = null;
  const parser = new Parser({
    onopentag(name, { href }) {
      if (name !== 'a') return;
      number += 1;
      open = { href: href ?? '', words: '' };
    },
    ontext(text) {
      if (open !== null && open.words.length < MAX_WORDS) open.words += text;
    },
    onclosetag(name) {
      if (name !== 'a' || open === null) return;
      const host = otherHost(open.href, open.words);
      if (host !== null) found.set(number, host);
      open = null;
    },
  });
  parser.write(safeHtml);
  parser.end();
  return found;
}

/**
 * The host that the link leads to, when its words show another one, or when a name stands before an @ in the address
 * and looks like the host. A domain and its own sub-domains are one.
 */
export function otherHost(href: string, words: string): string | null {
  const real = hostOf(href);
  if (real === null) return null;
  if (/^https?:\/\/[^/?#\\]*@/i.test(href)) return real;
  const shown = shownHost(words);
  if (shown === null) return null;
  const isSame = real === shown || real.endsWith(`.${shown}`) || shown.endsWith(`.${real}`);
  return isSame ? null : real;
}

/** The host that words show at their beginning, as a reader takes it: invisible signs and a name before an @ do not count. */
function shownHost(words: string): string | null {
  const seen = words
    .slice(0, MAX_WORDS)
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .trim();
  const shown = HOST_IN_WORDS.exec(seen)?.[1];
  if (shown === undefined || FILE_NAME.test(shown)) return null;
  return hostOf(`http://${shown}`);
}

function hostOf(address: string): string | null {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return null;
  return new URL(address).hostname.replace(/^www\./, '');
}
