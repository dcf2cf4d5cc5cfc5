import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { MemoryLog } from '../../test/fakes.ts';
import { makeRankingThread } from './ranking.ts';

test('a program that cannot start makes questions fail soon, says so, and does not hang the stop', async () => {
  const log = new MemoryLog();
  const ranking = makeRankingThread(pathToFileURL('/nowhere/program.js'), log);
  await expect(ranking.size()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(ranking.losses).toBe(1);
  expect(log.lines[0]!.message).toContain('filled again');
  await ranking.close();
  await expect(ranking.size()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
