import { Worker } from 'node:worker_threads';
import type { SuggestDocument, SuggestQuery, SuggestResult } from '@support-center/suggest';
import { AppError } from './errors.ts';
import type { Log } from './log.ts';

/** What a thread of ranked texts is asked. */
export type RankingTask =
  | {
      readonly kind: 'change';
      readonly reset: boolean;
      readonly put: readonly SuggestDocument[];
      readonly remove: readonly string[];
    }
  | { readonly kind: 'suggest'; readonly query: SuggestQuery }
  | { readonly kind: 'size' };

/** Texts that are ranked against a letter. What it holds is lost with its process; whoever fills it knows how to fill it again. */
export interface Ranking {
  /** Everything has been filled in since the last loss. Set by whoever fills it. */
  isReady: boolean;
  /** Grows when everything that was held has been lost. */
  readonly losses: number;
  /** Takes texts in and out; with `reset` everything else is forgotten first. */
  change(change: {
    readonly reset?: boolean;
    readonly put?: readonly SuggestDocument[];
    readonly remove?: readonly string[];
  }): Promise<void>;
  /** @throws AppError UNAVAILABLE when no answer can be had now */
  suggest(query: SuggestQuery): Promise<SuggestResult[]>;
  size(): Promise<number>;
  close(): Promise<void>;
}

/** An answer that takes longer means that the thread hangs. */
const LONGEST_MS = 20_000;
const MEMORY_MB = 4096;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * A ranking in a thread of its own, so that neither filling nor asking holds the event loop. A thread that dies or hangs
 * is replaced by an empty one. `workerData` is handed to the program.
 */
export function makeRankingThread(program: URL, log: Log, workerData: object = {}): Ranking {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let worker: Worker | null = null;
  let closed = false;

  function start(): Worker {
    const started = new Worker(program, { workerData, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    started.on('message', ({ id, result, error }: { id: number; result?: unknown; error?: string }) => {
      const one = waiting.get(id);
      if (!one) return;
      settle(id);
      if (error === undefined) one.resolve(result);
      else one.reject(new Error(error));
    });
    started.on('error', (err) => lose(started, err));
    started.on('exit', () => lose(started, new Error('the thread ended')));
    started.unref();
    return started;
  }

  function settle(id: number): void {
    clearTimeout(waiting.get(id)?.timer);
    waiting.delete(id);
  }

  function lose(which: Worker, err: Error): void {
    if (worker !== which) return;
    worker = null;
    ranking.losses++;
    ranking.isReady = false;
    if (!closed) log.error({ err }, 'the thread that ranks articles was lost; it is filled again');
    for (const [id, one] of [...waiting]) {
      settle(id);
      one.reject(unavailable(err));
    }
  }

  function ask<T>(task: RankingTask): Promise<T> {
    if (closed) return Promise.reject(unavailable(new Error('the product is stopping')));
    worker ??= start();
    const asked = worker;
    const id = ++last;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        lose(asked, new Error(`no answer for ${LONGEST_MS / 1000} s`));
        void asked.terminate();
      }, LONGEST_MS);
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, timer });
      asked.postMessage({ id, task });
    });
  }

  const ranking = {
    isReady: false,
    losses: 0,
    change: ({ reset = false, put = [], remove = [] }: Parameters<Ranking['change']>[0]) =>
      ask<void>({ kind: 'change', reset, put, remove }),
    suggest: (query: SuggestQuery) => ask<SuggestResult[]>({ kind: 'suggest', query }),
    size: () => ask<number>({ kind: 'size' }),
    async close() {
      closed = true;
      await worker?.terminate();
    },
  };
  return ranking;
}

function unavailable(cause: Error): AppError {
  return new AppError('UNAVAILABLE', 'Suggestions cannot be made at the moment. Try again in a minute.', { cause });
}
