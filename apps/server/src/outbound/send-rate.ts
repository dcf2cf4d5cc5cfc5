/** Mass mail may use the free slots of so long at once; then it goes in step. */
const BULK_BURST_MS = 1000;
/** What is no mass mail does not wait for it: it may run so far ahead of the rate, and mass mail then stands back. */
const AHEAD_MS = 60_000;

/** Slots that were taken, and when the next one is free. */
export interface RateAnswer {
  readonly granted: number;
  readonly nextFreeMs: number;
}

/**
 * How many of the wanted mails may go now. Each mail moves the next free time on by its share of a minute, so that over
 * a minute no more go out than allowed. Pure; times in milliseconds.
 */
export function takeSlots(
  nextFreeMs: number,
  nowMs: number,
  { perMinute, wanted, isBulk }: { perMinute: number | null; wanted: number; isBulk: boolean },
): RateAnswer {
  if (perMinute === null) return { granted: wanted, nextFreeMs };
  const shareMs = 60_000 / perMinute;
  const from = Math.max(nextFreeMs, nowMs - BULK_BURST_MS);
  const limit = isBulk ? nowMs : nowMs + AHEAD_MS;
  const granted = Math.max(0, Math.min(wanted, Math.floor((limit - from) / shareMs) + 1));
  return { granted, nextFreeMs: granted === 0 ? nextFreeMs : Math.round(from + granted * shareMs) };
}
