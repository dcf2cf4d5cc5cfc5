import chardet from 'chardet';
import iconv from 'iconv-lite';

const SAMPLE_BYTES = 4096;

/** In the order in which they win a tie. */
const CANDIDATES = [
  'windows-1252', 'shift_jis', 'gb18030', 'big5', 'cp949', 'euc-jp', 'windows-1251', 'koi8-r', 'windows-1250',
  'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-874', 'iso-8859-5', 'iso-8859-2', 'iso-8859-7',
] as const; // biome-ignore format: a table

/** The signs that make up about half of any running text in the script; order means nothing. */
const COMMON_HAN =
  '的一是不了在人有我他这中大来上个国和也子时道说出得可你年生自要会那后对就下能过发成事只作当想看文无开手好小知最新问题订单您请谢帮助什么没法用户号退款联系收到发票购买' +
  '這來個國時說們為會後對過發當無開問題訂單請謝幫麼沒號聯繫購買您好電話郵件客服務中心感謝回覆產品使用';
const COMMON_HANGUL =
  '이다는을를의에가하고니습안녕세요주문문의한지기로은도서해사있시어자인아대여리정전일나부제보수드감합그만과오라게니까입무원결배송환불';

const WESTERN = 'äöüßéèêëàáâçñíîïóôúùûåæøÄÖÜÉÀÅØãõ';
const OTHER_LATIN = 'ąćęłńśźżčřšžýěůďťňőűășțŁŻŚŽČŠŘğışĞİŞ';
const COMMON_CYRILLIC = 'оеаинтсрвлкмдпуяыьгзб';

/**
 * The charset in which bytes without a usable label read best: every candidate is decoded without mercy and its
 * text is scored by what people write. Null when none fits better than windows-1252. Looks at 4 KiB at most.
 */
export function guessCharset(bytes: Buffer): string | null {
  const sample = sampleOf(bytes);
  const favourite = chardetFavourite(sample);
  let best: { name: string; score: number } | null = null;
  for (const name of CANDIDATES) {
    const score = plausibility(iconv.decode(sample, name)) + (name === favourite ? 0.1 : 0);
    if (best === null || score > best.score + 0.02) best = { name, score };
  }
  return best === null || best.score <= 0 || best.name === 'windows-1252' ? null : best.name;
}

/** From the first high byte on: that is where the charsets differ. Ends at a line end, not inside a sign. */
function sampleOf(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte > 0x7f);
  const from = Math.max(0, bytes.lastIndexOf(0x0a, Math.max(0, first)) + 1, first - 200);
  const sample = bytes.subarray(from, from + SAMPLE_BYTES);
  const lastLine = sample.lastIndexOf(0x0a);
  return from + SAMPLE_BYTES < bytes.length && lastLine > 0 ? sample.subarray(0, lastLine) : sample;
}

function chardetFavourite(sample: Buffer): string | null {
  const top = chardet.analyse(sample)[0];
  if (top === undefined || top.confidence < 30) return null;
  const name = top.name.toLowerCase();
  const alias: Record<string, string> = {
    'iso-8859-1': 'windows-1252',
    'euc-kr': 'cp949',
    'iso-8859-9': 'windows-1254',
    'iso-8859-8': 'windows-1255',
  };
  return alias[name] ?? name;
}

/** From -1 (cannot be) to about 1 (people write like this): the mean over all signs outside ASCII. */
function plausibility(text: string): number {
  let sum = 0;
  let count = 0;
  let before = '';
  const signs = [...text];
  for (let i = 0; i < signs.length; i += 1) {
    const sign = signs[i] as string;
    const code = sign.codePointAt(0) as number;
    if (code > 0x7f) {
      const score = scoreOf(sign, code, before, signs[i + 1] ?? '');
      if (score === null) return -1;
      sum += score;
      count += 1;
    }
    before = sign;
  }
  return count === 0 ? 0 : sum / count;
}

function scoreOf(sign: string, code: number, before: string, after: string): number | null {
  if (code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff)) return null;
  if (code < 0xa0) return -2;
  if (code >= 0x0e00 && code <= 0x0e7f) return isAsciiLetter(before) ? -1 : 0.65;
  if (isLetter(sign))
    return code < 0x2e80 ? letterScore(sign, code, before, after) : eastAsianScore(sign, code, before);
  if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xff5e)) return 0.6;
  if (sign === '¿' || sign === '¡') return isLetter(after) && !isLetter(before) ? 0.9 : -1;
  return isLetter(before) && isLetter(after) && sign !== '’' && code !== 0xa0 ? -1 : 0.1;
}

function eastAsianScore(sign: string, code: number, before: string): number {
  if (code >= 0xff61 && code <= 0xff9f) return -0.5;
  if (code > 0xffff) return -1;
  const beside = isAsciiLetter(before) ? 0.3 : 0;
  if (code >= 0x3040 && code <= 0x30ff) return 1 - beside;
  if (code >= 0xac00) return (COMMON_HANGUL.includes(sign) ? 1.2 : 0.3) - beside;
  return (COMMON_HAN.includes(sign) ? 1.2 : 0.25) - beside;
}

/** Scripts with few letters: a small letter before a capital, or two scripts in one word, is a sign of a wrong guess. */
function letterScore(sign: string, code: number, before: string, after: string): number {
  if (isUpper(sign) && isLower(before)) return -1;
  const besideAscii = isAsciiLetter(before) || isAsciiLetter(after);
  if (code < 0x0250) return latinScore(sign, besideAscii);
  if (besideAscii) return -1;
  if (code >= 0x0410 && code <= 0x044f) return isUpper(sign) ? 0.5 : COMMON_CYRILLIC.includes(sign) ? 1 : 0.6;
  if (code >= 0x0400 && code <= 0x052f) return 0.2;
  if (code >= 0x0370 && code <= 0x06ff) return isUpper(sign) && isUpper(before) ? 0.3 : 0.85;
  return 0;
}

function latinScore(sign: string, besideAscii: boolean): number {
  if (WESTERN.includes(sign)) return besideAscii ? 1 : 0.1;
  if (OTHER_LATIN.includes(sign)) return besideAscii ? 0.85 : 0.1;
  return besideAscii ? 0.3 : -0.3;
}

function isAsciiLetter(sign: string): boolean {
  return /^[a-z]$/i.test(sign);
}

function isLetter(sign: string): boolean {
  return /\p{L}/u.test(sign);
}

function isUpper(sign: string): boolean {
  return sign !== '' && sign !== sign.toLowerCase();
}

function isLower(sign: string): boolean {
  return sign !== '' && sign !== sign.toUpperCase();
}
