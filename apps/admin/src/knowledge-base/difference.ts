/** A piece of a line; `isChanged`: it stands on this side only. `at` is its place in the line. */
export interface Piece {
  text: string;
  isChanged: boolean;
  at: number;
}

/** One row of two texts side by side; null: this side has no such line. `id` numbers the rows. */
export interface DifferenceRow {
  id: number;
  before: Piece[] | null;
  after: Piece[] | null;
  isChanged: boolean;
}

type Step = 'KEEP' | 'REMOVE' | 'ADD';

/** Over this many comparisons two texts count as wholly different, so that no article can stop the page. */
const MOST_CELLS = 4_000_000;

/** The steps that turn one list into the other, with as much kept as possible. */
function stepsBetween(a: readonly string[], b: readonly string[]): Step[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const [rows, columns] = [a.length - start - end, b.length - start - end];
  const keep = (count: number) => Array<Step>(count).fill('KEEP');
  const replace = () => [...Array<Step>(rows).fill('REMOVE'), ...Array<Step>(columns).fill('ADD')];
  if (rows === 0 || columns === 0 || rows * columns > MOST_CELLS) return [...keep(start), ...replace(), ...keep(end)];
  const width = columns + 1;
  const kept = new Uint32Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      kept[row * width + column] =
        a[start + row] === b[start + column]
          ? kept[(row + 1) * width + column + 1]! + 1
          : Math.max(kept[(row + 1) * width + column]!, kept[row * width + column + 1]!);
  const steps: Step[] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    if (a[start + row] === b[start + column]) {
      steps.push('KEEP');
      row++;
      column++;
    } else if (kept[(row + 1) * width + column]! >= kept[row * width + column + 1]!) {
      steps.push('REMOVE');
      row++;
    } else {
      steps.push('ADD');
      column++;
    }
  }
  while (row++ < rows) steps.push('REMOVE');
  while (column++ < columns) steps.push('ADD');
  return [...keep(start), ...steps, ...keep(end)];
}

const whole = (text: string, isChanged: boolean): Piece[] => [{ text, isChanged, at: 0 }];

function push(pieces: Piece[], text: string, isChanged: boolean): void {
  const last = pieces.at(-1);
  if (last?.isChanged === isChanged) last.text += text;
  else pieces.push({ text, isChanged, at: (last?.at ?? 0) + (last?.text.length ?? 0) });
}

/** Two lines that stand for one another, with the words that differ. */
function comparedLine(before: string, after: string): Pick<DifferenceRow, 'before' | 'after'> {
  const words = (line: string) => line.match(/[\p{L}\p{N}]+|\s+|./gsu) ?? [];
  const [a, b] = [words(before), words(after)];
  const [left, right]: [Piece[], Piece[]] = [[], []];
  let [row, column] = [0, 0];
  for (const step of stepsBetween(a, b)) {
    if (step !== 'ADD') push(left, a[row++]!, step === 'REMOVE');
    if (step !== 'REMOVE') push(right, b[column++]!, step === 'ADD');
  }
  return { before: left, after: right };
}

/** Two texts line by line, side by side: lines that stayed stand beside each other, and in changed lines the changed words
 * are told. */
export function differenceOf(before: string, after: string): DifferenceRow[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const rows: DifferenceRow[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at++) {
      const [left, right] = [removed[at], added[at]];
      const sides =
        left !== undefined && right !== undefined
          ? comparedLine(left, right)
          : {
              before: left === undefined ? null : whole(left, true),
              after: right === undefined ? null : whole(right, true),
            };
      rows.push({ id: rows.length, ...sides, isChanged: true });
    }
    [removed, added] = [[], []];
  };
  let [row, column] = [0, 0];
  for (const step of stepsBetween(a, b)) {
    if (step === 'REMOVE') removed.push(a[row++]!);
    else if (step === 'ADD') added.push(b[column++]!);
    else {
      flush();
      rows.push({
        id: rows.length,
        before: whole(a[row++]!, false),
        after: whole(b[column++]!, false),
        isChanged: false,
      });
    }
  }
  flush();
  return rows;
}
