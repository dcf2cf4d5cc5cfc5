import { newStemmer, type Stemmer } from 'snowball-stemmers';

/** ISO 639-1 code -> Snowball algorithm. */
const algorithms: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  cs: 'czech',
  da: 'danish',
  de: 'german',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hu: 'hungarian',
  hy: 'armenian',
  it: 'italian',
  nb: 'norwegian',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sl: 'slovene',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
};

const stemmers = new Map<string, Stemmer | null>();

/** The stemmer for an ISO 639-1 code, made once; null when Snowball knows no such language. */
export function stemmerFor(language: string): Stemmer | null {
  let stemmer = stemmers.get(language);
  if (stemmer === undefined) {
    const algorithm = Object.hasOwn(algorithms, language) ? algorithms[language] : undefined;
    stemmer = algorithm ? newStemmer(algorithm) : null;
    stemmers.set(language, stemmer);
  }
  return stemmer;
}

/** "de-AT" and "DE" -> "de"; anything that is no language code -> "". */
export function baseLanguage(tag: string): string {
  const match = /^([a-z]{2,3})(?:[-_]|$)/.exec(tag.slice(0, 16).toLowerCase());
  return match?.[1] ?? '';
}
