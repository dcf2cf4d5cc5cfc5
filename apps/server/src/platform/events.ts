import { IsNull, LessThan, Not } from 'typeorm';
import type { Context, Services } from './context.ts';
import { systemContext } from './context.ts';
import { transact } from './database.ts';
import { EventRow } from './event.entity.ts';
import { enqueue, type JobDefinition } from './jobs.ts';
import { holdLease } from './leases.ts';

const BATCH = 500;
const POLL_MS = 500;
const LEASE_MS = 10_000;
const KEEP_MS = 7 * 24 * 3600 * 1000;

/** An event as it stands in the outbox, or as a follower hears it. */
export interface Event<P extends object = object> {
  readonly name: string;
  readonly payload: P;
}

/** Makes events of one kind; `kind.eventName` tells which. */
export interface EventKind<P extends object> {
  (payload: P): Event<P>;
  readonly eventName: string;
}

/** Names a kind of event. Payloads hold ids and small facts, never a secret or a body. */
export function defineEvent<P extends object>(eventName: string): EventKind<P> {
  return Object.assign((payload: P) => ({ name: eventName, payload }), { eventName });
}

/** Writes the event into the outbox of the open transaction. @throws outside a transaction: the event could be lost */
export async function emit(ctx: Context, event: Event): Promise<void> {
  if (!ctx.transaction) throw new Error(`Event ${event.name} was emitted outside a transaction`);
  const now = ctx.clock.now();
  await ctx.db.insert(EventRow, {
    id: ctx.random.id(now),
    name: event.name,
    payload: JSON.stringify(event.payload),
    createdAt: now,
    seq: null,
  });
  ctx.transaction.wakes.add('events');
}

/** A durable listener: the job runs at least once for each event of that kind, with the event's payload. */
export interface DurableListener {
  readonly eventName: string;
  readonly job: JobDefinition;
}

/** Ties a job to a kind of event; the job's payload is the event's. */
export function onEvent<P extends object, E extends P>(kind: EventKind<E>, job: JobDefinition<P>): DurableListener {
  return { eventName: kind.eventName, job: job as unknown as JobDefinition };
}

/**
 * Gives new events their numbers and turns them into jobs for the durable listeners, in one transaction, so that a
 * listener misses nothing. Numbers follow the order of making as far as commits allow. Returns how many it took.
 */
export async function relayEvents(services: Services, listeners: readonly DurableListener[]): Promise<number> {
  const ctx = systemContext(services);
  if (!(await ctx.db.findOne(EventRow, { where: { seq: IsNull() }, select: { id: true } }))) return 0;
  return transact(ctx, async (ctx) => {
    const fresh = await ctx.db.find(EventRow, { where: { seq: IsNull() }, order: { id: 'ASC' }, take: BATCH });
    let seq = await lastSeq(ctx);
    for (const row of fresh) {
      await ctx.db.update(EventRow, { id: row.id }, { seq: ++seq });
      for (const listener of listeners) {
        if (listener.eventName !== row.name) continue;
        await enqueue(ctx, listener.job, { key: row.id, payload: JSON.parse(row.payload) });
      }
    }
    return fresh.length;
  });
}

/** Forgets events that every follower has long heard. Returns how many. */
export async function sweepEvents(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - KEEP_MS);
  return transact(ctx, async (ctx) => {
    const result = await ctx.db.delete(EventRow, { createdAt: LessThan(before), seq: Not(IsNull()) });
    return result.affected ?? 0;
  });
}

async function lastSeq(ctx: Context): Promise<number> {
  const row = await ctx.db
    .createQueryBuilder(EventRow, 'e')
    .select('MAX(e.seq)', 'seq')
    .getRawOne<{ seq: number | string | null }>();
  return Number(row?.seq ?? 0);
}

/** The loops of one process: one relays when it holds the lease, one follows the numbered events for live listeners. */
export interface EventLoops {
  wake(): void;
  stop(): Promise<void>;
}

/** Starts relaying and following. `hear` gets each numbered event once per process, in order; it must not throw. */
export async function startEventLoops(
  services: Services,
  listeners: readonly DurableListener[],
  hear: (event: Event) => void,
): Promise<EventLoops> {
  const owner = services.random.id(services.clock.now());
  let heard = await lastSeq(systemContext(services));
  let stopped = false;
  let woken = false;
  let sleeper: (() => void) | null = null;

  async function follow(): Promise<void> {
    for (;;) {
      const rows = await systemContext(services)
        .db.createQueryBuilder(EventRow, 'e')
        .where('e.seq > :heard', { heard })
        .orderBy('e.seq')
        .take(BATCH)
        .getMany();
      for (const row of rows) {
        heard = Number(row.seq);
        hear({ name: row.name, payload: JSON.parse(row.payload) });
      }
      if (rows.length < BATCH) return;
    }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      woken = false;
      try {
        if (await holdLease(services, 'relay', owner, LEASE_MS)) {
          while ((await relayEvents(services, listeners)) === BATCH && !stopped);
        }
        await follow();
      } catch (err) {
        services.log.error({ err }, 'relaying events failed; trying again');
      }
      if (!woken && !stopped)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, POLL_MS);
          sleeper = () => {
            clearTimeout(timer);
            resolve();
          };
        });
    }
  }

  const running = loop();
  return {
    wake() {
      woken = true;
      sleeper?.();
    },
    async stop() {
      stopped = true;
      sleeper?.();
      await running;
    },
  };
}
