import type { ReactNode } from 'react';
import { formatCount } from '../ui/format.ts';

/** One bar, with a part of it that is told apart. */
export interface Bar {
  id: string;
  name: ReactNode;
  value: number;
  part?: number;
  /** What stands behind the bar. */
  words: ReactNode;
}

/** Bars under each other, the name above each and the figures behind it. */
export function BarList({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <ol className="bars" aria-label={label}>
      {bars.map(({ id, name, value, part, words }) => (
        <li key={id}>
          <span className="bars__name" dir="auto">
            {name}
          </span>
          <span className="bars__line">
            <span className="bars__bar" aria-hidden="true" style={{ width: `${(value / most) * 100}%` }}>
              {part !== undefined && <span style={{ width: `${(part / Math.max(1, value)) * 100}%` }} />}
            </span>
            <strong>{formatCount(value)}</strong>
          </span>
          <span className="second">{words}</span>
        </li>
      ))}
    </ol>
  );
}
