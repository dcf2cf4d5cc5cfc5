import { Parser } from 'htmlparser2';
import { FORWARDED_PHRASES } from './quote-phrases.ts';
import { foldText } from './subject.ts';

/** HTML of a reply in two pieces. */
export interface HtmlReply {
  /** The HTML with the new words. Its elements may be left open: every piece goes through the sanitiser, which closes them. */
  newHtml: string;
  /** The rest, from the first quoting element on, to be folded; null when nothing is folded. */
  quotedHtml: string | null;
}

/** An element that opens quotation: it holds it (`WRAP`), or all behind it is quotation (`REST`). */
interface QuoteSign {
  reach: 'WRAP' | 'REST';
  matches(name: string, attributes: Record<string, string>): boolean;
}

const hasClass =
  (...names: string[]) =>
  (_: string, { class: list = '' }: Record<string, string>) =>
    list
      .slice(0, 1_000)
      .split(/\s+/)
      .some((word) => names.includes(word));
const hasId =
  (...ids: string[]) =>
  (_: string, { id = '' }: Record<string, string>) =>
    ids.includes(id.toLowerCase().replace(/^x_+/, ''));

/** What mail programs put around or above the letter they quote. */
const SIGNS: readonly QuoteSign[] = [
  { reach: 'WRAP', matches: (name, { type }) => name === 'blockquote' && type?.toLowerCase() === 'cite' },
  // Gmail, Yahoo, Proton, Thunderbird, Zoho, front ends of other hosts.
  {
    reach: 'WRAP',
    matches: hasClass('gmail_quote', 'gmail_quote_container', 'gmail_extra', 'yahoo_quoted', 'protonmail_quote'),
  },
  {
    reach: 'WRAP',
    matches: hasClass('moz-cite-prefix', 'moz-email-headers-table', 'zmail_extra', 'tutanota_quote', 'mailbird_quote'),
  },
  // Outlook and its relatives on the web and on telephones; "x_" stands before what Exchange rewrote.
  {
    reach: 'REST',
    matches: hasId('divrplyfwdmsg', 'appendonsend', 'olk_src_body_section', 'mail-editor-reference-message-container'),
  },
  { reach: 'REST', matches: hasClass('OutlookMessageHeader', 'ms-outlook-mobile-reference-message') },
  { reach: 'REST', matches: (name, { style = '' }) => name === 'div' && isOutlookRule(style) },
  // Zimbra.
  {
    reach: 'REST',
    matches: (name, { id, 'data-marker': marker }) => name === 'hr' && (id === 'zwchr' || marker === '__DIVIDER__'),
  },
];

/** `border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm`: the line above Outlook's header block. */
function isOutlookRule(style: string): boolean {
  const plain = style.slice(0, 300).toLowerCase().replace(/\s/g, '');
  return (
    plain.includes('border:none;') &&
    /border-top:(?:solid)?#(?:e1e1e1|b5c4df)/.test(plain) &&
    plain.includes('padding:3')
  );
}

const MAX_HTML_LENGTH = 2 * 1_048_576;
const MAX_KEPT_TEXT = 2_000;
/** The parser's time grows with the depth times the length: HTML with deeper elements is not cut. */
export const MAX_HTML_DEPTH = 1_000;
const CHUNK_LENGTH = 16_384;

/** What was met while reading. */
interface Reading {
  /** Where the first quoting element starts; -1 before it was met. */
  quoteStart: number;
  reach: QuoteSign['reach'];
  /** How deep inside quoting elements we are. */
  depth: number;
  hasWordsBefore: boolean;
  hasWordsBehind: boolean;
  /** The first words of the quotation. */
  quoted: string;
}

/**
 * Cuts the HTML of a reply at the first element by which a mail program marks what it quotes. Nothing is folded when
 * no words or images stand above it, when words stand behind it (the answer is between or below the quotes), when it
 * is a forward, or when the HTML is longer than 2 MiB or its elements stand over 1,000 deep. The HTML comes as the letter has it; both pieces, joined, are
 * that HTML, and neither is safe to show before it went through the sanitiser. Linear.
 */
export function splitReplyHtml(html: string): HtmlReply {
  const whole: HtmlReply = { newHtml: html, quotedHtml: null };
  if (html.length > MAX_HTML_LENGTH) return whole;
  const found = read(html);
  if (
    found === null ||
    found.quoteStart < 0 ||
    !found.hasWordsBefore ||
    found.hasWordsBehind ||
    isForward(found.quoted)
  )
    return whole;
  return { newHtml: html.slice(0, found.quoteStart), quotedHtml: html.slice(found.quoteStart) };
}

/** Null when the elements stand too deep. */
function read(html: string): Reading | null {
  const reading: Reading = {
    quoteStart: -1,
    reach: 'WRAP',
    depth: 0,
    hasWordsBefore: false,
    hasWordsBehind: false,
    quoted: '',
  };
  const open: boolean[] = [];
  let hidden = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      const sign = SIGNS.find(({ matches }) => matches(name, attributes));
      if (sign && reading.quoteStart < 0) Object.assign(reading, { quoteStart: parser.startIndex, reach: sign.reach });
      if (sign) reading.depth++;
      if (HIDDEN.has(name)) hidden++;
      deepest = Math.max(deepest, open.push(sign !== undefined));
      if (name === 'img') meet(reading, 'image', 0);
    },
    ontext: (text) => meet(reading, text, hidden),
    onclosetag(name) {
      if (open.pop()) reading.depth--;
      if (HIDDEN.has(name)) hidden--;
    },
  });
  for (let at = 0; at < html.length && deepest <= MAX_HTML_DEPTH; at += CHUNK_LENGTH)
    parser.write(html.slice(at, at + CHUNK_LENGTH));
  parser.end();
  return deepest > MAX_HTML_DEPTH ? null : reading;
}

const HIDDEN = new Set(['style', 'script', 'title', 'head']);

function meet(reading: Reading, text: string, hidden: number): void {
  if (hidden > 0 || !/[\p{L}\p{N}\p{S}]/u.test(text)) return;
  if (reading.quoteStart < 0) reading.hasWordsBefore = true;
  else if (reading.reach === 'WRAP' && reading.depth === 0) reading.hasWordsBehind = true;
  else if (reading.quoted.length < MAX_KEPT_TEXT) reading.quoted += `${text} `;
}

const forwardeds = FORWARDED_PHRASES.map(foldText);

/** Whether the quotation starts with the announcement of a forwarded letter. */
function isForward(quoted: string): boolean {
  const start = foldText(quoted.slice(0, MAX_KEPT_TEXT))
    .replace(/\s+/g, ' ')
    .replace(/^[-\s]+/, '');
  return forwardeds.some((phrase) => start.startsWith(phrase));
}
