import type { EntityManager } from 'typeorm';
import { type Context, type Services, systemContext } from './context.ts';
import { transact } from './database.ts';
import { JobRow } from './job.entity.ts';
import { Lease } from './lease.entity.ts';

const POLL_MS = 500;
const LEASE_MS = 60_000;
const CONCURRENCY = 4;

/** What a handler may know of its run: the signal aborts when the lease is lost or the process stops. */
export interface JobRun {
  readonly signal: AbortSignal;
  /** Failures before this run. */
  readonly attempts: number;
  readonly key: string;
}

/** A kind of background work. Handlers run at least once; each says in its first comment why twice is harmless. */
export interface JobDefinition<P = unknown> {
  readonly name: string;
  /** Done again this long after each run, whoever asked; such a job has one row from the start. */
  readonly everyMs?: number;
  /** Returning `againInMs` keeps the row and runs it then; returning nothing ends it (or waits for `everyMs`). */
  // biome-ignore lint/suspicious/noConfusingVoidType: handlers that end quietly return nothing
  run(ctx: Context, payload: P, run: JobRun): Promise<{ againInMs: number } | void>;
}

/** Names a kind of work. */
export function defineJob<P>(definition: JobDefinition<P>): JobDefinition<P> {
  return definition;
}

/**
 * Asks for a job in the caller's transaction. A job of that name and key which waits already runs at the earlier time
 * of both; one that runs right now runs once more afterwards.
 */
export async function enqueue<P>(
  ctx: Context,
  job: JobDefinition<P>,
  wish: { key: string; payload: P; delayMs?: number },
): Promise<void> {
  if (!ctx.transaction) throw new Error(`Job ${job.name} was asked for outside a transaction`);
  const now = ctx.database.nowMs;
  const runAt = `${now} + ${Math.max(0, Math.floor(wish.delayMs ?? 0))}`;
  const result = await ctx.db
    .createQueryBuilder()
    .update(JobRow)
    .set({ runAt: () => `CASE WHEN runAt < ${runAt} THEN runAt ELSE ${runAt} END`, generation: () => 'generation + 1' })
    .where('name = :name AND jobKey = :key', { name: job.name, key: wish.key })
    .execute();
  if (result.affected === 0) await insertJob(ctx, job.name, wish.key, wish.payload, runAt);
  ctx.transaction.wakes.add('jobs');
}

async function insertJob(ctx: Context, name: string, key: string, payload: unknown, runAt: string): Promise<void> {
  await ctx.db
    .createQueryBuilder()
    .insert()
    .into(JobRow)
    .values({
      id: ctx.random.id(ctx.clock.now()),
      name,
      jobKey: key,
      payload: JSON.stringify(payload ?? null),
      runAt: () => runAt,
      attempts: 0,
      generation: 0,
      leaseToken: null,
      leaseUntil: null,
      lastError: null,
    })
    .orIgnore()
    .updateEntity(false)
    .execute();
}

/** The loop of one process that takes due jobs and runs them. */
export interface JobRunner {
  wake(): void;
  /** Takes no new jobs, aborts the running ones, and waits for them. */
  stop(): Promise<void>;
}

/** Starts running the jobs of these kinds; recurring ones get their row. */
export async function startJobRunner(
  services: Services,
  definitions: readonly JobDefinition<never>[],
): Promise<JobRunner> {
  const byName = new Map(definitions.map((definition) => [definition.name, definition as JobDefinition]));
  const names = [...byName.keys()];
  const stop = new AbortController();
  const running = new Set<Promise<void>>();
  let woken = false;
  let sleeper: (() => void) | null = null;
  const wake = () => {
    woken = true;
    sleeper?.();
  };

  await transact(systemContext(services), async (ctx) => {
    if (services.database.dialect === 'sqlite') await freeLeases(ctx.db);
    for (const definition of byName.values()) {
      if (definition.everyMs !== undefined)
        await insertJob(ctx, definition.name, 'recurring', null, services.database.nowMs);
    }
  });

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      woken = false;
      try {
        const rows = running.size < CONCURRENCY ? await takeDueJobs(services, names, CONCURRENCY - running.size) : [];
        for (const row of rows) {
          const done = runJob(services, byName.get(row.name)!, row, stop.signal).finally(() => {
            running.delete(done);
            wake();
          });
          running.add(done);
        }
      } catch (err) {
        services.log.error({ err }, 'taking jobs failed; trying again');
      }
      if (!woken && !stop.signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, POLL_MS);
          sleeper = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
    await Promise.allSettled(running);
  }

  const looping = loop();
  return {
    wake,
    async stop() {
      stop.abort();
      sleeper?.();
      await looping;
    },
  };
}

/** The embedded database serves one process: what is leased at its start was left by one that died. */
async function freeLeases(db: EntityManager): Promise<void> {
  await db
    .createQueryBuilder()
    .update(JobRow)
    .set({ leaseToken: () => 'NULL', leaseUntil: () => 'NULL' })
    .where('leaseUntil IS NOT NULL')
    .execute();
  await db.createQueryBuilder().update(Lease).set({ heldUntil: 0 }).where('heldUntil > 0').execute();
}

/** Leases up to `limit` due jobs of these names: one conditional UPDATE each, by the database's clock. */
export async function takeDueJobs(services: Services, names: readonly string[], limit: number): Promise<JobRow[]> {
  const now = services.database.nowMs;
  const free = `(leaseUntil IS NULL OR leaseUntil < ${now})`;
  const due = await systemContext(services)
    .db.createQueryBuilder(JobRow, 'j')
    .where(`j.name IN (:...names) AND j.runAt <= ${now} AND ${free.replaceAll('leaseUntil', 'j.leaseUntil')}`, {
      names,
    })
    .orderBy('j.runAt')
    .take(limit)
    .getMany();
  if (due.length === 0) return [];
  return transact(systemContext(services), async (ctx) => {
    const taken: JobRow[] = [];
    for (const row of due) {
      const leaseToken = ctx.random.id(ctx.clock.now());
      const result = await ctx.db
        .createQueryBuilder()
        .update(JobRow)
        .set({ leaseToken, leaseUntil: () => `${now} + ${LEASE_MS}` })
        .where(`id = :id AND runAt <= ${now} AND ${free}`, { id: row.id })
        .execute();
      if (result.affected === 1) taken.push((await ctx.db.findOneBy(JobRow, { id: row.id }))!);
    }
    return taken;
  });
}

/** Runs one leased job to its end and writes the end down, if the lease is still ours. */
export async function runJob(
  services: Services,
  definition: JobDefinition,
  row: JobRow,
  stop: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const renewal = setInterval(() => {
    void renewLease(services, row).then(
      (held) => held || lost.abort(),
      () => undefined,
    );
  }, LEASE_MS / 3);
  const startedAt = performance.now();
  try {
    const again = await definition.run(systemContext(services), JSON.parse(row.payload), {
      signal,
      attempts: row.attempts,
      key: row.jobKey,
    });
    const againInMs = again ? again.againInMs : definition.everyMs;
    await transact(systemContext(services), (ctx) => finishJob(ctx.db, services, row, againInMs));
  } catch (err) {
    if (stop.aborted) return; // the lease runs out, and another run takes over
    services.log.error(
      { err, job: row.name, key: row.jobKey, ms: Math.round(performance.now() - startedAt) },
      'job failed; it will be tried again',
    );
    await transact(systemContext(services), (ctx) => failJob(ctx.db, services, row, err)).catch((error: unknown) => {
      services.log.error({ err: error, job: row.name }, 'the failure of a job could not be written down');
    });
  } finally {
    clearInterval(renewal);
  }
}

async function renewLease(services: Services, row: JobRow): Promise<boolean> {
  const result = await transact(systemContext(services), (ctx) =>
    ctx.db
      .createQueryBuilder()
      .update(JobRow)
      .set({ leaseUntil: () => `${services.database.nowMs} + ${LEASE_MS}` })
      .where('id = :id AND leaseToken = :token', { id: row.id, token: row.leaseToken })
      .execute(),
  );
  return result.affected === 1;
}

async function finishJob(
  db: EntityManager,
  services: Services,
  row: JobRow,
  againInMs: number | undefined,
): Promise<void> {
  const mine = { id: row.id, leaseToken: row.leaseToken! };
  if (againInMs === undefined) {
    const ended = await db.delete(JobRow, { ...mine, generation: row.generation });
    if (ended.affected === 1) return;
  }
  // Asked for again while it ran: it keeps the time of that wish. Otherwise the next turn is due after the pause.
  const next = `${services.database.nowMs} + ${Math.floor(againInMs ?? 0)}`;
  await db
    .createQueryBuilder()
    .update(JobRow)
    .set({
      runAt: () => `CASE WHEN generation = ${Number(row.generation)} THEN ${next} ELSE runAt END`,
      attempts: 0,
      leaseToken: null,
      leaseUntil: null,
      lastError: null,
    })
    .where('id = :id AND leaseToken = :leaseToken', mine)
    .execute();
}

/** 1, 2, 4 … minutes up to half an hour, with jitter. */
async function failJob(db: EntityManager, services: Services, row: JobRow, error: unknown): Promise<void> {
  const delayMs = Math.min(2 ** row.attempts, 30) * 60_000 * (0.8 + Math.random() * 0.4);
  await db
    .createQueryBuilder()
    .update(JobRow)
    .set({
      runAt: () => `${services.database.nowMs} + ${Math.floor(delayMs)}`,
      attempts: row.attempts + 1,
      leaseToken: null,
      leaseUntil: null,
      lastError: (error instanceof Error ? error.message : String(error)).slice(0, 500),
    })
    .where('id = :id AND leaseToken = :leaseToken', { id: row.id, leaseToken: row.leaseToken })
    .execute();
}
