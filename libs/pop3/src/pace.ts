import { Pop3Error } from './errors.ts';
import type { Pop3Limits } from './limits.ts';

/** Timers are whole milliseconds and may be early by a part of one. */
const SLACK_MS = 1;

/**
 * Watches how fast one multi-line answer comes in. Only time spent waiting for the server counts; a slow reader on our
 * side is not the server's fault. The average is taken over windows of `rateWindowMs`, one behind the other.
 */
export class Pace {
  private totalMs = 0;
  private windowMs = 0;
  private windowBytes = 0;
  private silentMs = 0;

  constructor(private readonly limits: Pop3Limits) {}

  /** How long the next wait may last before something has to be decided. */
  get nextWaitMs(): number {
    const { chunkMs, retrieveMs, rateWindowMs } = this.limits;
    return Math.max(0, Math.min(chunkMs - this.silentMs, retrieveMs - this.totalMs, rateWindowMs - this.windowMs));
  }

  /** Books one wait and what it brought (0 for nothing). @throws Pop3Error TIMEOUT, TOO_SLOW */
  book(waitedMs: number, bytes: number): void {
    const { chunkMs, retrieveMs, rateWindowMs, minBytesPerSecond } = this.limits;
    this.totalMs += waitedMs;
    this.windowMs += waitedMs;
    this.windowBytes += bytes;
    this.silentMs = bytes > 0 ? 0 : this.silentMs + waitedMs;
    if (this.silentMs >= chunkMs - SLACK_MS) {
      throw new Pop3Error('TIMEOUT', `The server fell silent for ${seconds(chunkMs)} in the middle of an answer.`);
    }
    if (this.totalMs >= retrieveMs - SLACK_MS) {
      throw new Pop3Error('TOO_SLOW', `One answer took the server longer than ${seconds(retrieveMs)}.`);
    }
    if (this.windowMs < rateWindowMs - SLACK_MS) return;
    if (this.windowBytes * 1000 < minBytesPerSecond * rateWindowMs) {
      const message = `The server sent less than ${minBytesPerSecond} bytes a second over ${seconds(rateWindowMs)}. Check the line.`;
      throw new Pop3Error('TOO_SLOW', message);
    }
    this.windowMs = 0;
    this.windowBytes = 0;
  }
}

/** `10 s`, `0.25 s`. */
export function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(2))} s`;
}
