/** Accents of Latin, Greek and Cyrillic, vowel signs of Arabic and Hebrew. Marks of Indic and Thai letters stay. */
const foldableMarks = /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640]/g;
const special: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ى: 'ي',
  ة: 'ه',
};
const specials = /[ßæœøłđðþıىة]/g;
const onlyAscii = /^[\x20-\x7E]*$/;

/** Lower-case letters without their accents: "größe" -> "grosse". Gives ASCII back untouched. */
export function foldDiacritics(text: string): string {
  if (onlyAscii.test(text)) return text;
  return text
    .normalize('NFD')
    .replace(foldableMarks, '')
    .normalize('NFC')
    .replace(specials, (char) => special[char] ?? char);
}

/** Lower case after NFKC; Turkish has its own rule for the letter i. */
export function lowerCase(text: string, language: string): string {
  const compatible = text.normalize('NFKC');
  return language === 'tr' ? compatible.toLocaleLowerCase('tr') : compatible.toLowerCase();
}
