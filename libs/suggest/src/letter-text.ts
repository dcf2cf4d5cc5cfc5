/** What of a letter is looked at, in UTF-16 code units; a longer one is cut here. */
export const longestLetter = 20_000;
export const longestSubject = 500;

const quoted = /^\s{0,3}[>|]/;
const signature = /^-- ?$/;
const greeting =
  /^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|liebe[rs]?|sehr geehrte[rs]?|bonjour|madame|monsieur|hola|buenos días|buenas tardes|estimad[oa]s?|buongiorno|gentile|salve|olá|prezad[oa]s?|bom dia|beste|geachte|hej|здравствуйте|добрый день|merhaba|sayın)(?:(?:\s+[\p{L}.'-]{1,30}){0,2}|(?:\s+[\p{L}.'-]{1,30}){0,5}\s*[,!])\s*[,!]?\s*$/iu;
const closing =
  /^\s*(?:(?:best|kind|warm|with kind|with best) (?:regards|wishes)|regards|sincerely|yours (?:sincerely|faithfully|truly)|cheers|many thanks|thanks(?: and regards| in advance)?|thank you(?: in advance| very much)?|mit (?:freundlichen|besten|herzlichen|lieben) grüßen|(?:viele|beste|liebe|freundliche|herzliche) grüße|mfg|vielen dank|danke|cordialement|bien à vous|merci(?: d'avance)?|saludos(?: cordiales)?|atentamente|gracias|cordiali saluti|distinti saluti|grazie|atenciosamente|obrigad[oa]|met vriendelijke groet|vriendelijke groeten|groeten|с уважением|спасибо|saygılarımla|teşekkürler)[\s,.!]*$/iu;

/**
 * The words of a letter that say what it is about: without quoted lines, the greeting line at its start, and all from a
 * closing or a signature sign on. When nothing would be left, the letter as it is.
 */
export function letterWords(letter: string): string {
  const text = letter.slice(0, longestLetter);
  const kept: string[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    if (signature.test(line)) break;
    if (quoted.test(line)) continue;
    const short = line.length <= 80;
    const hasWords = kept.some((other) => other.trim() !== '');
    if (short && !hasWords && greeting.test(line)) continue;
    if (short && hasWords && closing.test(line)) break;
    kept.push(line);
  }
  const words = kept.join('\n');
  return words.trim() === '' ? text : words;
}
