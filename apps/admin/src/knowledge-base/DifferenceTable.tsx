import { useMemo, useState } from 'react';
import { plural } from '../ui/format.ts';
import { type DifferenceRow, differenceOf, type Piece } from './difference.ts';

const AROUND = 2;
const LEAST_FOLDED = 4;

function Side({ pieces, kind }: { pieces: Piece[] | null; kind: 'removed' | 'added' | 'same' }) {
  if (!pieces) return <td className="difference__none" />;
  const Mark = kind === 'removed' ? 'del' : 'ins';
  return (
    <td className={`difference__${kind}`} dir="auto">
      {pieces.map(({ text, isChanged, at }) =>
        isChanged ? <Mark key={at}>{text}</Mark> : <span key={at}>{text}</span>,
      )}
    </td>
  );
}

interface Fold {
  id: number;
  folded: DifferenceRow[];
}

/** Rows with what stands around the changes; longer runs of equal lines between them are folded. */
function visibleRows(rows: readonly DifferenceRow[]): (DifferenceRow | Fold)[] {
  const shown: (DifferenceRow | Fold)[] = [];
  for (const [at, row] of rows.entries()) {
    const isNear = rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ isChanged }) => isChanged);
    const last = shown.at(-1);
    if (isNear) shown.push(row);
    else if (last && 'folded' in last) last.folded.push(row);
    else shown.push({ id: row.id, folded: [row] });
  }
  return shown.flatMap((part) => ('folded' in part && part.folded.length < LEAST_FOLDED ? part.folded : [part]));
}

interface DifferenceTableProps {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
}

/** Two texts side by side: what was taken away at the left, what was added at the right, told by colour and by lines. */
export function DifferenceTable({ before, after, beforeLabel, afterLabel }: DifferenceTableProps) {
  const [isWhole, setWhole] = useState(false);
  const rows = useMemo(() => differenceOf(before, after), [before, after]);
  if (!rows.some(({ isChanged }) => isChanged)) return <p className="second">Both say the same.</p>;
  const shown = isWhole ? rows : visibleRows(rows);
  return (
    <div className="difference">
      <table>
        <thead>
          <tr>
            <th scope="col">{beforeLabel}</th>
            <th scope="col">{afterLabel}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) =>
            'folded' in row ? (
              <tr key={row.id}>
                <td colSpan={2} className="difference__fold">
                  <button type="button" className="text-button" onClick={() => setWhole(true)}>
                    {plural(row.folded.length, 'equal line')}
                  </button>
                </td>
              </tr>
            ) : (
              <tr key={row.id}>
                <Side pieces={row.before} kind={row.isChanged ? 'removed' : 'same'} />
                <Side pieces={row.after} kind={row.isChanged ? 'added' : 'same'} />
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}
