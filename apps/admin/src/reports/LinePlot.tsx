import { formatCount } from '../ui/format.ts';
import { PHONE, useMedia } from '../ui/use-media.ts';

/** One line of a plot. */
export interface Series {
  name: string;
  values: readonly number[];
}

interface LinePlotProps {
  /** Names of the points, oldest first. */
  labels: readonly string[];
  series: readonly Series[];
  /** What the plot says, for those who do not see it. */
  summary: string;
}

const [HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [230, 40, 112, 12, 26];
/** Drawn as wide as it is about shown, so that its words have their size. */
const WIDTHS = { wide: 760, phone: 360 };
const LABEL_HEIGHT = 16;

/** A round number at or above the largest value, so that the lines of the grid have short names. */
function roundTop(most: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most))));
  return [1, 2, 3, 4, 6, 8, 10].map((factor) => factor * step).find((top) => top >= most) ?? most;
}

/** Names beside the ends of their lines, moved apart where they would cover each other, all within the plot. */
function labelPlaces(ends: readonly number[]): number[] {
  const order = ends.map((_, at) => at).sort((a, b) => ends[a]! - ends[b]!);
  const places = [...ends];
  let free = TOP;
  for (const at of order) {
    places[at] = Math.max(free, ends[at]!);
    free = places[at]! + LABEL_HEIGHT;
  }
  let lowest = HEIGHT - 8;
  for (const at of order.reverse()) {
    places[at] = Math.min(places[at]!, lowest);
    lowest = places[at]! - LABEL_HEIGHT;
  }
  return places;
}

/** Lines over time, told apart by colour, by dashes and by their names at the end. */
export function LinePlot({ labels, series, summary }: LinePlotProps) {
  const isPhone = useMedia(PHONE);
  const width = isPhone ? WIDTHS.phone : WIDTHS.wide;
  const top = roundTop(Math.max(1, ...series.flatMap(({ values }) => values)));
  const x = (at: number) => LEFT + (at * (width - LEFT - RIGHT)) / Math.max(1, labels.length - 1);
  const y = (value: number) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM);
  const places = labelPlaces(series.map(({ values }) => y(values.at(-1) ?? 0)));
  const middle = isPhone ? [] : [Math.floor((labels.length - 1) / 2)];
  const shown = [0, ...middle, labels.length - 1].filter((at, index, all) => all.indexOf(at) === index);
  return (
    <svg className="plot" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={summary}>
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <line className="plot__grid" x1={LEFT} x2={width - RIGHT} y1={y(top * share)} y2={y(top * share)} />
          {Number.isInteger(top * share) && (
            <text className="plot__word" x={LEFT - 8} y={y(top * share) + 4} textAnchor="end">
              {formatCount(top * share)}
            </text>
          )}
        </g>
      ))}
      {shown.map((at) => (
        <text
          key={at}
          className="plot__word"
          x={x(at)}
          y={HEIGHT - 6}
          textAnchor={at === 0 ? 'start' : at === labels.length - 1 ? 'end' : 'middle'}
        >
          {labels[at]}
        </text>
      ))}
      {series.map(({ name, values }, at) => (
        <g key={name} className={`plot__series plot__series--${at}`}>
          <polyline points={values.map((value, point) => `${x(point).toFixed(1)},${y(value).toFixed(1)}`).join(' ')} />
          <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r={3} />
          <text x={width - RIGHT + 10} y={places[at]! + 4}>
            {name}
          </text>
        </g>
      ))}
    </svg>
  );
}
