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
 * Words and pairs of neighbouring characters of a run without blanks. A word of two characters is its own pair and is
 * given once. `visit` gets offsets within `run`.
 */
export function visitUnspaced(run: string, language: string, visit: (start: number, end: number) => void): void {
  const pairs = new Set<number>();
  for (let at = 0; at + 2 <= run.length; at++) {
    visit(at, at + 2);
    pairs.add(at);
  }
  for (const { index, segment } of segmenterFor(language).segment(run)) {
    if (segment.length === 2 && pairs.has(index)) continue;
    visit(index, index + segment.length);
  }
}
