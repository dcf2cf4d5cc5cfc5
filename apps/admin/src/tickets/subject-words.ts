/** What mail programs write outside where the true subject is within the encryption. */
const STAND_IN =
  /^(?:\[?\.{3}\]?|…|p≡p|pep|encrypted (?:message|e?mail)|verschlüsselte nachricht|message chiffré|mensaje cifrado)?$/i;

interface Subject {
  subject: string;
  encrypted: boolean;
  /** The first words of the letter, as far as they could be read. */
  snippet: string;
}

/** The subject as a person reads it. A letter that was not opened has none but three dots. */
export function subjectWords({ subject, encrypted, snippet }: Subject): string {
  const own = subject.replace(/\[#\d+\]|^(?:\s*(?:re|aw|fwd?|wg)\s*:)+/gi, '').trim();
  if (encrypted && STAND_IN.test(own)) return snippet ? 'Encrypted letter' : 'Encrypted letter, not opened';
  return subject || 'No subject';
}
