import type { SuggestResult } from '@support-center/suggest';
import { RankedArticles } from '../src/knowledge-base/ranked-articles.ts';
import type { Clock } from '../src/platform/clock.ts';
import { type DnsDoor, DnsFailure } from '../src/platform/dns.ts';
import type { Log } from '../src/platform/log.ts';
import type { Ranking } from '../src/platform/ranking.ts';
import { type SmtpAccount, type SmtpDoor, SmtpFailure } from '../src/platform/smtp.ts';
import type { WorkerPool } from '../src/platform/worker-pool.ts';

/** A clock that stands still until it is set. */
export class FakeClock implements Clock {
  private at: Date;
  constructor(at: string) {
    this.at = new Date(at);
  }
  now(): Date {
    return new Date(this.at);
  }
  set(at: string): void {
    this.at = new Date(at);
  }
  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number }): void {
    const ms =
      (by.days ?? 0) * 86_400_000 +
      (by.hours ?? 0) * 3_600_000 +
      (by.minutes ?? 0) * 60_000 +
      (by.seconds ?? 0) * 1000 +
      (by.ms ?? 0);
    this.at = new Date(this.at.getTime() + ms);
  }
}

/** A log that keeps its lines, so that tests can say what must and must not stand in it. */
export class MemoryLog implements Log {
  readonly lines: { level: string; fields: object; message: string }[] = [];
  private readonly add = (level: string) => (fields: object, message: string) =>
    void this.lines.push({ level, fields, message });
  debug = this.add('debug');
  info = this.add('info');
  warn = this.add('warn');
  error = this.add('error');
  child(): Log {
    return this;
  }
}

export interface SentMail {
  readonly account: SmtpAccount;
  readonly from: string;
  readonly to: readonly string[];
  readonly content: Buffer;
}

/** A DNS in memory: TXT records by name, or nobody answers. */
export class MemoryDns implements DnsDoor {
  readonly records = new Map<string, readonly string[]>();
  /** Why it does not answer now. */
  failure: string | null = null;

  async txt(name: string): Promise<readonly string[]> {
    if (this.failure) throw new DnsFailure(this.failure);
    return this.records.get(name) ?? [];
  }
}

/** A mail server in memory: takes everything, or fails as told. */
export class MemorySmtp implements SmtpDoor {
  readonly sent: SentMail[] = [];
  /** The next sendings fail so, first to last. */
  readonly failures: { permanent: boolean; bodyBegun: boolean; serverText: string | null }[] = [];

  async send(
    account: SmtpAccount,
    envelope: { from: string; to: readonly string[] },
    content: Buffer,
    hooks: { beforeBody(): Promise<void> },
  ): Promise<{ response: string; refused: []; gapMs: number }> {
    const failure = this.failures.shift();
    if (failure && !failure.bodyBegun) throw new SmtpFailure(failure.serverText ?? 'connection refused', failure);
    await hooks.beforeBody();
    if (failure) throw new SmtpFailure(failure.serverText ?? 'connection lost', failure);
    this.sent.push({ account, from: envelope.from, to: envelope.to, content });
    return { response: '250 taken', refused: [], gapMs: 0 };
  }

  async close(): Promise<void> {}
}

/** Runs tasks where they are asked for, by one function. */
export function inProcessWorkers(handler: (task: never) => Promise<unknown>): WorkerPool {
  return {
    run: <In, Out>(task: In) => handler(task as never) as Promise<Out>,
    close: async () => undefined,
  };
}

/** Ranks articles where it is asked to, without a thread. */
export function inProcessRanking(): Ranking {
  const articles = new RankedArticles();
  return {
    isReady: false,
    losses: 0,
    change: async ({ reset = false, put = [], remove = [] }) =>
      void (await articles.do({ kind: 'change', reset, put, remove })),
    suggest: async (query) => (await articles.do({ kind: 'suggest', query })) as SuggestResult[],
    size: async () => (await articles.do({ kind: 'size' })) as number,
    close: async () => undefined,
  };
}
