import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { BlobChunk, BlobRow } from './blob.entity.ts';
import { CHUNK_BYTES, keepBytes, keepManyBytes, readSmallBlobs, readWholeBlob } from './blobs.ts';
import { transact } from './database.ts';
import { JobRow } from './job.entity.ts';
import { deleteRows, insertRows, updateRows } from './plain-rows.ts';

describeEachDatabase('plain rows', (world) => {
  const job = (n: number, over: Partial<JobRow> = {}): JobRow =>
    Object.assign(new JobRow(), {
      id: `id${n}`,
      name: 'work',
      jobKey: `k${n}`,
      payload: `{"it's": "\\\\ \\" ? ${n} ✉"}`,
      runAt: 1_772_442_000_123 + n,
      attempts: n,
      generation: 0,
      leaseToken: null,
      leaseUntil: null,
      lastError: null,
      ...over,
    });
  const all = () =>
    world()
      .ctx()
      .db.find(JobRow, { order: { attempts: 'ASC' } });

  test('are stored as the entity manager stores them, however many they are', async () => {
    const rows = Array.from({ length: 900 }, (_, n) => job(n, n % 2 === 0 ? { lastError: '' } : {}));
    await transact(world().ctx(), (ctx) => insertRows(ctx, JobRow, rows));
    expect(await all()).toEqual(rows);
    const blob = { id: 'b1', sha256: 'x', sizeBytes: 3, createdAt: world().clock.now(), completedAt: null };
    await transact(world().ctx(), (ctx) => insertRows(ctx, BlobRow, [blob]));
    expect(await world().ctx().db.findOneBy(BlobRow, { id: 'b1' })).toEqual(blob);
  });

  test('change where all that is asked for holds, and say how many did', async () => {
    await transact(world().ctx(), (ctx) => insertRows(ctx, JobRow, [job(0), job(1), job(2)]));
    const changed = await transact(world().ctx(), (ctx) =>
      updateRows(ctx, JobRow, { id: ['id0', 'id1'], attempts: 1 }, { lastError: null, leaseToken: "it's", runAt: 5 }),
    );
    expect(changed).toBe(1);
    expect(await all()).toEqual([job(0), job(1, { leaseToken: "it's", runAt: 5 }), job(2)]);
  });

  test('are deleted where all that is asked for holds, and nothing is where nothing is meant', async () => {
    await transact(world().ctx(), (ctx) => insertRows(ctx, JobRow, [job(0), job(1), job(2)]));
    const remove = (where: Parameters<typeof deleteRows<JobRow>>[2]) =>
      transact(world().ctx(), (ctx) => deleteRows(ctx, JobRow, where));
    expect(await remove({ id: [] })).toBe(0);
    expect(await remove({ id: ['id0', 'id1'], attempts: 1 })).toBe(1);
    expect(await all()).toEqual([job(0), job(2)]);
  });

  test('are gone when their transaction is', async () => {
    const failing = transact(world().ctx(), async (ctx) => {
      await insertRows(ctx, JobRow, [job(0)]);
      throw new Error('undo this');
    });
    await expect(failing).rejects.toThrow('undo this');
    expect(await all()).toEqual([]);
  });
});

describeEachDatabase('many contents at once', (world) => {
  const keep = (contents: Buffer[]) => transact(world().ctx(), (ctx) => keepManyBytes(ctx, contents));

  test('are each kept once and come back as they were, small, empty and large', async () => {
    const first = await transact(world().ctx(), (ctx) => keepBytes(ctx, Buffer.from('known')));
    const contents = [
      Buffer.from('known'),
      Buffer.from('new'),
      Buffer.alloc(0),
      Buffer.from('new'),
      Buffer.alloc(CHUNK_BYTES + 7, 'large'),
      Buffer.from([0, 255, 39, 92, 10]),
    ];
    const ids = await keep(contents);
    expect(ids[0]).toBe(first);
    expect(ids[3]).toBe(ids[1]);
    for (const [n, content] of contents.entries())
      expect((await readWholeBlob(world().ctx(), ids[n]!)).equals(content)).toBe(true);
    expect(await keep(contents)).toEqual(ids);
    expect(await world().ctx().db.count(BlobRow)).toBe(5);
  });

  test('that are small are read together', async () => {
    const ids = await keep([Buffer.from('one'), Buffer.from('two'), Buffer.alloc(CHUNK_BYTES + 1, 'x')]);
    const read = await readSmallBlobs(world().ctx(), ids);
    expect([...read].map(([id, bytes]) => [id, bytes.toString()]).sort()).toEqual(
      [
        [ids[0], 'one'],
        [ids[1], 'two'],
      ].sort(),
    );
  });

  test('go into several statements when they are many megabytes together', async () => {
    const contents = Array.from({ length: 30 }, (_, n) => Buffer.alloc(200_000, String.fromCharCode(65 + n)));
    const ids = await keep(contents);
    expect(new Set(ids).size).toBe(30);
    expect(await world().ctx().db.count(BlobChunk)).toBe(30);
    expect((await readWholeBlob(world().ctx(), ids[29]!)).equals(contents[29]!)).toBe(true);
  });
});
