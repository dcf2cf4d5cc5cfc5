interface SparklineProps {
  values: readonly number[];
  label: string;
  width?: number;
  height?: number;
}

/** A small line with a soft area under it, from left (oldest) to right. Its meaning is told by `label`. */
export function Sparkline({ values, label, width = 66, height = 20 }: SparklineProps) {
  const top = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map(
    (value, at) => `${(at * step).toFixed(1)},${(height - 2 - (value / top) * (height - 4)).toFixed(1)}`,
  );
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <polygon className="sparkline__area" points={`0,${height} ${points.join(' ')} ${width},${height}`} />
      <polyline className="sparkline__line" points={points.join(' ')} />
    </svg>
  );
}
