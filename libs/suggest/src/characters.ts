/** What a UTF-16 code unit is for the word scanner. Numbers, so that a table of bytes holds them. */
export const CharKind = { other: 0, letter: 1, digit: 2, joiner: 3, unspaced: 4, hangul: 5 } as const;

const letter = /[\p{L}\p{M}]/u;
const digit = /\p{N}/u;
/** Scripts written without blanks between words: Han, Kana, Thai, Lao, Khmer, Burmese. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\u30FC]/u;
const hangul = /\p{sc=Hang}/u;
/** Signs that hold a word or a code together when a letter or digit stands on both sides. */
const joiners = "'’.-_/\u2010\u2011\u02BC";

function kindOf(code: number): number {
  const char = String.fromCharCode(code);
  if (joiners.includes(char)) return CharKind.joiner;
  if (digit.test(char)) return CharKind.digit;
  if (!letter.test(char)) return CharKind.other;
  if (hangul.test(char)) return CharKind.hangul;
  return unspaced.test(char) ? CharKind.unspaced : CharKind.letter;
}

/** The kind of every UTF-16 code unit; surrogates are `other`. */
export const charKinds: Uint8Array = Uint8Array.from({ length: 65536 }, (_, code) => kindOf(code));
