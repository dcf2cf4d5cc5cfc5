/** A piece of a text; `at` is its place in it. */
export interface MarkedPiece {
  text: string;
  isHit: boolean;
  at: number;
}

/** Cuts a text at marks (UTF-16 offsets, in order) into pieces that are marked and pieces that are not. Marks that overlap, run
 * backwards or leave the text lose what does not fit, so that the pieces together are always the text. */
export function cutAtMarks(text: string, marks: readonly { start: number; end: number }[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = 0;
  const push = (end: number, isHit: boolean) => {
    if (end <= at) return;
    pieces.push({ text: text.slice(at, end), isHit, at });
    at = end;
  };
  for (const { start, end } of marks) {
    push(Math.min(start, text.length), false);
    push(Math.min(end, text.length), true);
  }
  push(text.length, false);
  return pieces;
}
