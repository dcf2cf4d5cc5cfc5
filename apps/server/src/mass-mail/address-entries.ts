const SEPARATORS = ',;\t';
/** More of a name than this is not looked at. */
const MAX_WORDS = 1000;

/** Parts one line of pasted addresses at commas, semicolons and tabs that stand in no quotation marks, in one pass. */
export function* splitEntries(line: string): Generator<string, void, undefined> {
  let start = 0;
  for (let at = 0; at <= line.length; at++) {
    if (line[at] === '"') at = quoteEnd(line, at);
    else if (at === line.length || SEPARATORS.includes(line[at]!)) {
      const entry = line.slice(start, at).trim();
      if (entry !== '') yield entry;
      start = at + 1;
    }
  }
}

/** The words before an address as a name (RFC 5322, section 3.2.5): quotation marks are taken off, and what they escape stands bare. */
export function nameOfWords(written: string): string {
  const words = written.slice(0, MAX_WORDS).trim();
  let name = '';
  let hasQuoted = false;
  for (let at = 0; at < words.length; at++) {
    const end = words[at] === '"' ? quoteEnd(words, at) : at;
    if (end > at) hasQuoted = true;
    name += end > at ? words.slice(at + 1, end).replace(/\\(.)/g, '$1') : words[at];
    at = end;
  }
  return hasQuoted ? name : name.replace(/^[\s"']+|[\s"']+$/g, '');
}

/**
 * Where the quoted string (RFC 5322, section 3.2.4) that begins at `open` ends. It begins and ends where a word does;
 * any other quotation mark is a sign like others, so that one left open swallows nothing: then `open` itself.
 */
function quoteEnd(line: string, open: number): number {
  if (!isEdge(line[open - 1])) return open;
  for (let at = open + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === '"') return isEdge(line[at + 1]) ? at : open;
  }
  return open;
}

function isEdge(sign: string | undefined): boolean {
  return sign === undefined || sign === ' ' || sign === '<' || SEPARATORS.includes(sign);
}
