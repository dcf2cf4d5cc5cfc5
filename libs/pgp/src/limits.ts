import { PgpError } from './errors.ts';

/** Bounds on everything that a stranger controls. Sizes in bytes, times in milliseconds. */
export interface PgpLimits {
  /** The letter's payload or signed part as handed in, armored or binary. */
  inputBytes: number;
  /** The plaintext after decompression. */
  decompressedBytes: number;
  /** Packets at the outer level of one message. */
  packets: number;
  /** Session key packets (recipients and passwords) of one message. */
  recipients: number;
  /** Our keys that are tried for one hidden recipient. */
  hiddenKeys: number;
  /** Attempts, over all recipients and keys, to open a session key. */
  trials: number;
  /** Signatures looked at in one message. */
  signatures: number;
  /** How many encrypted layers may lie in each other; see `depth` of {@link openEncrypted}. */
  depth: number;
  /** A key file. */
  keyBytes: number;
  /** Keys in one key file. */
  keysInFile: number;
  /** Packets in one key file. */
  keyPackets: number;
  /** Argon2 memory of a private key: 2^n KiB (RFC 9580, 3.7.1.4). 18 is 256 MiB. */
  argon2MemoryExponent: number;
  /** Argon2 passes times lanes of a private key. */
  argon2Work: number;
  /** One call of {@link openEncrypted}, {@link verifyDetached} or {@link verifyClearSigned}. */
  timeMs: number;
}

const MiB = 1024 * 1024;

/** The bounds that hold when the caller names none. */
export const DEFAULT_LIMITS: Readonly<PgpLimits> = Object.freeze({
  inputBytes: 36 * MiB,
  decompressedBytes: 50 * MiB,
  packets: 1000,
  recipients: 256,
  hiddenKeys: 8,
  trials: 32,
  signatures: 16,
  depth: 3,
  keyBytes: MiB,
  keysInFile: 32,
  keyPackets: 2000,
  argon2MemoryExponent: 18,
  argon2Work: 32,
  timeMs: 15_000,
});

/** The default bounds with some replaced. */
export function limitsWith(some: Partial<PgpLimits> | undefined): PgpLimits {
  return { ...DEFAULT_LIMITS, ...some };
}

/** What a time budget needs: a length and, if the caller may stop early, a signal. */
export interface BudgetOptions {
  timeMs: number;
  signal?: AbortSignal | undefined;
}

/**
 * Runs `work` under a time budget. `check` throws when the time is over or the signal was given; work calls it between
 * its steps, and a step that waits is left alone (its own size limits end it) while the caller is answered at once.
 * @throws PgpError TIMED_OUT
 */
export async function withBudget<T>(options: BudgetOptions, work: (check: () => void) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stopped = () => new PgpError('TIMED_OUT', 'Stopped: opening this letter took too long.');
  const timer = setTimeout(() => controller.abort(), options.timeMs);
  const startedAt = performance.now();
  const abort = () => controller.abort();
  options.signal?.addEventListener('abort', abort, { once: true });
  const check = () => {
    const isOver =
      controller.signal.aborted || options.signal?.aborted || performance.now() - startedAt > options.timeMs;
    if (isOver) throw stopped();
  };
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(stopped()), { once: true });
  });
  ended.catch(() => {});
  try {
    check();
    return await Promise.race([work(check), ended]);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
  }
}
