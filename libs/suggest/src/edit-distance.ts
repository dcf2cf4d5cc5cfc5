/** Scratch: three rows, as long as any word. */
let rows = rowsOf(80);

/** Edits (insert, delete, replace, swap of neighbours) from one word to the other, or `limit + 1` when there are more. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  if (b.length >= rows[0].length) rows = rowsOf(b.length + 1);
  let [before, last, row] = rows;
  for (let j = 0; j <= b.length; j++) last[j] = Math.min(255, j);
  for (let i = 1; i <= a.length; i++) {
    row[0] = Math.min(255, i);
    let least = i;
    const sign = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (sign === other ? 0 : 1));
      if (i > 1 && j > 1 && sign === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other)
        edits = Math.min(edits, before[j - 2]! + 1);
      row[j] = Math.min(255, edits);
      if (edits < least) least = edits;
    }
    if (least > limit) return limit + 1;
    [before, last, row] = [last, row, before];
  }
  return Math.min(last[b.length]!, limit + 1);
}

function rowsOf(length: number): [Uint8Array, Uint8Array, Uint8Array] {
  return [new Uint8Array(length), new Uint8Array(length), new Uint8Array(length)];
}
