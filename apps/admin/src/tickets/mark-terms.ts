/** A piece of a text; `at` is its place in it. */
export interface MarkedPiece {
  text: string;
  isHit: boolean;
  at: number;
}

/** Cuts a text into pieces that match one of the terms (whole word starts, any case) and pieces that do not. */
export function markTerms(text: string, terms: readonly string[]): MarkedPiece[] {
  const known = terms.map((term) => term.toLocaleLowerCase()).filter((term) => term.length > 1);
  const pieces: MarkedPiece[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu)) {
    const word = match[0].toLocaleLowerCase();
    const isHit = known.some((term) => word.startsWith(term));
    const before = pieces.at(-1);
    if (before?.isHit === isHit) before.text += match[0];
    else pieces.push({ text: match[0], isHit, at: match.index });
  }
  return pieces;
}
