/** The median and the 95th percentile of measured milliseconds. */
export function percentiles(ms: readonly number[]): string {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1]!.toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

/** The same of fifty runs of `work`. */
export async function timed(work: () => Promise<unknown>): Promise<string> {
  const ms: number[] = [];
  for (let i = 0; i < 50; i++) {
    const startedAt = performance.now();
    await work();
    ms.push(performance.now() - startedAt);
  }
  return percentiles(ms);
}
