import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import type { DraftFile, UploadedFile } from './reply-draft.ts';
import { readAnswer, type UploadError } from './send-up.ts';
import { refusalOf, useUploads } from './use-uploads.ts';

const LIMITS = { fileBytes: 25_000_000, totalBytes: 25_000_000, files: 3 };
const fileOf = (name: string, size: number) => ({ name, size }) as File;

/** A request to the server as the browser makes it, on which the test decides what comes of it. */
class Going {
  readonly upload = { onprogress: (_event: { loaded: number; total: number }) => undefined };
  status = 0;
  responseText = '';
  isAborted = false;
  onload = () => undefined;
  onerror = () => undefined;
  onabort = () => undefined;
  open() {}
  setRequestHeader() {}
  send() {
    going.push(this);
  }
  abort() {
    this.isAborted = true;
    this.onabort();
  }
  takes(file: UploadedFile) {
    this.status = 201;
    this.responseText = JSON.stringify(file);
    this.onload();
  }
}
const going: Going[] = [];
beforeEach(() => {
  going.splice(0);
  vi.stubGlobal('XMLHttpRequest', Going);
});

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
  act(() => going[0]!.upload.onprogress({ loaded: 400, total: 1000 }));
  expect(result.current.goingUp).toMatchObject([{ name: 'a.txt', progress: 0.4, problem: null }]);
  expect(result.current.isBusy).toBe(true);
  await act(async () => going[0]!.takes(kept('a.txt')));
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
  await act(async () => going[0]!.onerror());
  const [failed] = result.current.goingUp;
  expect(failed).toMatchObject({ problem: 'The connection broke off. It was not attached.', canRetry: true });
  act(() => result.current.retry(failed!.key));
  await act(async () => going[1]!.takes(kept('a.txt')));
  expect(done).toHaveLength(1);
});

test('a file that is called off is not attached, even when the server has it by then', async () => {
  const { result, done } = start();
  act(() => result.current.add([fileOf('a.txt', 1)]));
  act(() => result.current.remove(result.current.goingUp[0]!.key));
  expect(going[0]!.isAborted).toBe(true);
  await act(async () => going[0]!.takes(kept('a.txt')));
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
