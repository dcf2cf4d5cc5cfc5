const segmenters = new Map<string, Intl.Segmenter>();

function segmenterFor(language: string): Intl.Segmenter {
  const locale = ['zh', 'ja', 'th', 'lo', 'km', 'my'].includes(language) ? language : 'zh';
  let segmenter = segmenters.get(locale);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(locale, { granularity: 'word' });
    segmenters.set(locale, segmenter);
  }
  return segmenter;
}

/**
 * Words and pairs of neighbouring characters of a run without blanks. A word of two characters is given
 * as a word and as a pair: it counts for more than a pair that is none. `visit` gets offsets within `run`, and whether
 * they are those of a pair.
 */
export function visitUnspaced(
  run: string,
  language: string,
  visit: (start: number, end: number, isPair: boolean) => void,
): void {
  for (let at = 0; at + 2 <= run.length; at++) {
    visit(at, at + 2, true);
  }
  for (const { index, segment } of segmenterFor(language).segment(run)) {
    visit(index, index + segment.length, false);
  }
}
