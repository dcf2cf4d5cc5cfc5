/** Languages that articles are searched in with their own rules; any other tag is kept as it is. */
const KNOWN = [
  'ar',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fi',
  'fr',
  'hi',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pl',
  'pt',
  'ro',
  'ru',
  'sv',
  'th',
  'tr',
  'uk',
  'zh',
];

const names = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

function nameOf(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Languages to choose from by their names, the present one among them. */
export function languageChoices(present: string): { value: string; label: string }[] {
  return [...new Set([present, ...KNOWN])]
    .map((value) => ({ value, label: nameOf(value) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
