import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { transact } from './database.ts';
import { EventRow } from './event.entity.ts';
import { defineEvent, emit, onEvent, relayEvents } from './events.ts';
import { JobRow } from './job.entity.ts';
import { defineJob, enqueue, runJob, takeDueJobs } from './jobs.ts';
import { holdLease } from './leases.ts';
import { ThrottleRow } from './throttle.entity.ts';
import { hitThrottle } from './throttle.ts';

const happened = defineEvent<{ id: string }>('thing.happened');
const never = new AbortController().signal;

describeEachDatabase('the database door', (world) => {
  test('leaves nothing between the entities and the migrated schema', async () => {
    const drift = await world().services.database.writer.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map((query) => query.query)).toEqual([]);
  });

  test('keeps eight transactions apart that run at once, half of which fail', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) =>
        transact(world().ctx(), async (ctx) => {
          await ctx.db.insert(ThrottleRow, { bucket: `b${i}`, hits: i, resetAt: 1 });
          await Promise.resolve();
          if (i % 2 === 1) throw new Error('undo this one');
        }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(4);
    expect((await world().ctx().db.find(ThrottleRow)).map((row) => row.hits).sort()).toEqual([0, 2, 4, 6]);
  });

  test('refuses a second transaction inside the first', async () => {
    const outer = world().ctx();
    await expect(transact(outer, () => transact(outer, async () => 1))).rejects.toThrow('open already');
  });

  test('tells upper from lower case and accents apart', async () => {
    await transact(world().ctx(), async ({ db }) => {
      for (const bucket of ['cafe', 'café', 'CAFE']) await db.insert(ThrottleRow, { bucket, hits: 1, resetAt: 1 });
    });
    expect(await world().ctx().db.countBy(ThrottleRow, { bucket: 'cafe' })).toBe(1);
  });
});

describeEachDatabase('events', (world) => {
  test('are numbered once and become one job for each durable listener', async () => {
    const job = defineJob<{ id: string }>({ name: 'listen', run: async () => undefined });
    await transact(world().ctx(), async (ctx) => {
      await emit(ctx, happened({ id: 'a' }));
      await emit(ctx, happened({ id: 'b' }));
    });
    const listeners = [onEvent(happened, job)];
    expect(await relayEvents(world().services, listeners)).toBe(2);
    expect(await relayEvents(world().services, listeners)).toBe(0);
    const { db } = world().ctx();
    expect((await db.find(EventRow, { order: { seq: 'ASC' } })).map((row) => [row.seq, row.payload])).toEqual([
      [1, '{"id":"a"}'],
      [2, '{"id":"b"}'],
    ]);
    expect(await db.countBy(JobRow, { name: 'listen' })).toBe(2);
  });

  test('are not written outside a transaction, nor kept when it rolls back', async () => {
    const ctx = world().ctx();
    await expect(emit(ctx, happened({ id: 'x' }))).rejects.toThrow('outside a transaction');
    await transact(ctx, async (ctx) => {
      await emit(ctx, happened({ id: 'x' }));
      throw new Error('no');
    }).catch(() => undefined);
    expect(await ctx.db.count(EventRow)).toBe(0);
  });
});

describeEachDatabase('jobs', (world) => {
  const ask = (job: ReturnType<typeof defineJob<string>>, key = 'k', delayMs = 0) =>
    transact(world().ctx(), (ctx) => enqueue(ctx, job, { key, payload: 'p', delayMs }));

  test('go to one runner only, and are gone when done', async () => {
    const job = defineJob<string>({ name: 'once', run: async () => undefined });
    await ask(job);
    const [first, second] = await Promise.all([
      takeDueJobs(world().services, ['once'], 5),
      takeDueJobs(world().services, ['once'], 5),
    ]);
    expect(first.length + second.length).toBe(1);
    await runJob(world().services, job as never, [...first, ...second][0]!, never);
    expect(await world().ctx().db.count(JobRow)).toBe(0);
  });

  test('wait for their time', async () => {
    const job = defineJob<string>({ name: 'later', run: async () => undefined });
    await ask(job, 'k', 60_000);
    expect(await takeDueJobs(world().services, ['later'], 5)).toEqual([]);
  });

  test('asked for again while they run, run once more', async () => {
    const job = defineJob<string>({ name: 'again', run: async () => void (await ask(job)) });
    await ask(job);
    const [row] = await takeDueJobs(world().services, ['again'], 5);
    await runJob(world().services, job as never, row!, never);
    expect(await takeDueJobs(world().services, ['again'], 5)).toHaveLength(1);
  });

  test('that fail are kept with the reason and tried again later', async () => {
    const job = defineJob<string>({ name: 'bad', run: () => Promise.reject(new Error('disk is full')) });
    await ask(job);
    const [row] = await takeDueJobs(world().services, ['bad'], 5);
    await runJob(world().services, job as never, row!, never);
    const kept = await world().ctx().db.findOneByOrFail(JobRow, { name: 'bad' });
    expect([kept.attempts, kept.lastError, kept.leaseToken]).toEqual([1, 'disk is full', null]);
    expect(await takeDueJobs(world().services, ['bad'], 5)).toEqual([]);
  });
});

describeEachDatabase('leases and throttles', (world) => {
  test('a lease belongs to one owner until it runs out', async () => {
    const { services } = world();
    const take = async (owner: string) =>
      (await holdLease(services, 'x', owner, 60_000)) || holdLease(services, 'x', owner, 60_000);
    expect([await take('a'), await take('b'), await take('a')]).toEqual([true, false, true]);
  });

  test('a throttle refuses the hit after its limit and says how long to wait', async () => {
    const rule = { limit: 2, windowMs: 60_000 };
    const hit = () => hitThrottle(world().ctx(), 'sign-in:1', rule);
    await hit();
    await hit();
    await expect(hit()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 60 });
    world().clock.advance({ minutes: 2 });
    await hit();
  });
});
