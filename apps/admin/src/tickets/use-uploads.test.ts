import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DraftFile, UploadedFile } from './reply-draft.ts';
import { readAnswer, UploadError } from './send-up.ts';
import { refusalOf, useUploads } from './use-uploads.ts';

const LIMITS = { fileBytes: 25_000_000, totalBytes: 25_000_000, files: 3 };
const fileOf = (name: string, size: number) => ({ name, size }) as File;

interface Going {
  file: File;
  onProgress: (share: number) => void;
  signal: AbortSignal;
  resolve: (file: UploadedFile) => void;
  reject: (error: Error) => void;
}
const going: Going[] = [];
vi.mock('./send-up.ts', async (original) => ({
  ...(await original<typeof import('./send-up.ts')>()),
  sendUp: (file: File, options: Pick<Going, 'onProgress' | 'signal'>) =>
    new Promise((resolve, reject) => going.push({ file, ...options, resolve, reject })),
}));
beforeEach(() => void going.splice(0));
afterEach(() => void vi.restoreAllMocks());

function start(attached: { sizeBytes: number }[] = []) {
  const done: DraftFile[] = [];
  const onDone = (file: DraftFile) => void done.push(file);
  const hook = renderHook(() => useUploads({ limits: LIMITS, attached, onDone }));
  return { ...hook, done };
}
const kept = (name: string): UploadedFile => ({ id: name, name, mimeType: 'text/plain', sizeBytes: 1 });

test('a file shows how far it is, and is a file of the mail once it is up', async () => {
  const { result, done } = start();
  act(() => result.current.add([fileOf('a.txt', 1000)]));
  act(() => going[0]!.onProgress(0.4));
  expect(result.current.goingUp).toMatchObject([{ name: 'a.txt', progress: 0.4, problem: null }]);
  expect(result.current.isBusy).toBe(true);
  await act(async () => going[0]!.resolve(kept('a.txt')));
  expect([result.current.goingUp, done]).toEqual([[], [{ ...kept('a.txt'), isPicture: false }]]);
});

test('a file over the limit is refused before a byte of it is sent', () => {
  const { result } = start();
  act(() => result.current.add([fileOf('film.mov', 26_000_000)]));
  expect(going).toHaveLength(0);
  expect(result.current.goingUp[0]?.problem).toBe('It has 26 MB; a file has at most 25 MB. It was not attached.');
});

test('files are counted together with those that the mail has and those on their way', () => {
  const { result } = start([{ sizeBytes: 10_000_000 }]);
  act(() => result.current.add([fileOf('a', 10_000_000), fileOf('b', 10_000_000)]));
  expect(result.current.goingUp.map(({ problem }) => problem)).toEqual([
    null,
    'With it the files have 30 MB together; a mail carries at most 25 MB. It was not attached.',
  ]);
  expect(
    refusalOf(
      { name: 'd', size: 1 },
      LIMITS,
      [1, 2, 3].map(() => ({ sizeBytes: 1 })),
    ),
  ).toMatch(/at most 3 files/);
});

test('a broken upload says so and goes again from its start', async () => {
  const { result, done } = start();
  act(() => result.current.add([fileOf('a.txt', 1)]));
  await act(async () => going[0]!.reject(new UploadError('The connection broke off.', true)));
  const [failed] = result.current.goingUp;
  expect(failed).toMatchObject({ problem: 'The connection broke off.', canRetry: true });
  act(() => result.current.retry(failed!.key));
  await act(async () => going[1]!.resolve(kept('a.txt')));
  expect(done).toHaveLength(1);
});

test('a file that is called off is not attached, even when the server has it by then', async () => {
  const { result, done } = start();
  act(() => result.current.add([fileOf('a.txt', 1)]));
  act(() => result.current.remove(result.current.goingUp[0]!.key));
  expect(going[0]!.signal.aborted).toBe(true);
  await act(async () => going[0]!.resolve(kept('a.txt')));
  expect([result.current.goingUp, done]).toEqual([[], []]);
});

test('a refusal of the server is shown in its own words, and only trouble that may pass is tried again', () => {
  const refused = (status: number, text: string) => {
    try {
      readAnswer(status, text);
    } catch (error) {
      return [(error as UploadError).message, (error as UploadError).canRetry];
    }
    return null;
  };
  const said = JSON.stringify({ errors: [{ message: 'A file has at most 25 MB. It was not kept.' }] });
  expect(refused(413, said)).toEqual(['A file has at most 25 MB. It was not kept.', false]);
  expect(refused(413, '<html>nginx</html>')).toEqual(['The server does not take a file of this size.', false]);
  expect(refused(502, '')).toEqual(['The server answered with 502.', true]);
  expect(refused(201, '{}')).toEqual(['The server answered with 201.', false]);
  expect(readAnswer(201, JSON.stringify({ ...kept('a'), url: '/uploads/a' }))).toEqual(kept('a'));
});
