import { type ResourceLimits, Worker } from 'node:worker_threads';

/** Why a task did not end well: it broke its budget of time or memory, or its thread died. */
export class WorkerFailure extends Error {
  readonly kind: 'TIME' | 'CRASH' | 'ERROR';
  constructor(kind: 'TIME' | 'CRASH' | 'ERROR', message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Runs tasks in threads that may be killed without harm to the process. */
export interface WorkerPool {
  /** One message in, one message out. @throws WorkerFailure when the budget is broken or the thread dies */
  run<In, Out>(task: In): Promise<Out>;
  close(): Promise<void>;
}

export interface WorkerPoolOptions {
  /** The thread's program, as a URL of the source file; the built file beside it is what runs. */
  readonly program: URL;
  readonly size: number;
  /** After this many milliseconds the thread is ended and the task fails. */
  readonly hardLimitMs: number;
  readonly resourceLimits: ResourceLimits;
}

interface Waiting {
  readonly task: unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  busy: { waiting: Waiting; timer: NodeJS.Timeout } | null;
}

/** A pool whose threads start on first use. A thread that fails is replaced; only its own task is lost. */
export function makeWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const threads = new Set<Thread>();
  const queue: Waiting[] = [];
  let closed = false;

  function next(): void {
    while (queue.length > 0) {
      const idle = [...threads].find((thread) => !thread.busy) ?? (threads.size < options.size ? start() : undefined);
      if (!idle) return;
      give(idle, queue.shift()!);
    }
  }

  function give(thread: Thread, waiting: Waiting): void {
    const timer = setTimeout(() => {
      end(thread, new WorkerFailure('TIME', `took longer than ${options.hardLimitMs / 1000} s`));
      void thread.worker.terminate();
    }, options.hardLimitMs);
    thread.busy = { waiting, timer };
    thread.worker.postMessage(waiting.task);
  }

  function start(): Thread {
    const worker = new Worker(builtFile(options.program), { resourceLimits: options.resourceLimits });
    const thread: Thread = { worker, busy: null };
    worker.on('message', (answer: { result?: unknown; error?: string }) => finish(thread, answer));
    worker.on('error', (error) =>
      end(thread, new WorkerFailure('CRASH', `ran out of its memory or crashed (${error.name})`)),
    );
    worker.on('exit', () => end(thread, new WorkerFailure('CRASH', 'the reading thread ended early')));
    worker.unref();
    threads.add(thread);
    return thread;
  }

  function finish(thread: Thread, answer: { result?: unknown; error?: string }): void {
    const { busy } = thread;
    if (!busy) return;
    clearTimeout(busy.timer);
    thread.busy = null;
    if (answer.error === undefined) busy.waiting.resolve(answer.result);
    else busy.waiting.reject(new WorkerFailure('ERROR', answer.error));
    next();
  }

  function end(thread: Thread, failure: WorkerFailure): void {
    threads.delete(thread);
    const { busy } = thread;
    thread.busy = null;
    if (busy) {
      clearTimeout(busy.timer);
      busy.waiting.reject(failure);
    }
    if (!closed) next();
  }

  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new WorkerFailure('ERROR', 'the product is stopping'));
        queue.push({ task, resolve: resolve as (value: unknown) => void, reject });
        next();
      }),
    async close() {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(new WorkerFailure('ERROR', 'the product is stopping'));
      await Promise.all([...threads].map((thread) => thread.worker.terminate()));
    },
  };
}

/** Threads run built JavaScript; under the test runner the source's twin in dist/ is taken. */
function builtFile(program: URL): URL {
  return new URL(program.href.replace(/\/src\/([^?]*)\.ts$/, '/dist/$1.js'));
}
