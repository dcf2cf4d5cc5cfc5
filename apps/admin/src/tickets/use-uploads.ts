import { useCallback, useEffect, useRef, useState } from 'react';
import { formatBytes } from '../ui/format.ts';
import { type DraftFile, newKey } from './reply-draft.ts';
import { sendUp, UploadError } from './send-up.ts';

/** How much a mail may carry. */
export interface UploadLimits {
  fileBytes: number;
  totalBytes: number;
  files: number;
}

/** A file on its way up, or one that did not come up and why. */
export interface GoingUp {
  key: string;
  name: string;
  sizeBytes: number;
  /** 0 to 1. */
  progress: number;
  problem: string | null;
  canRetry: boolean;
}

interface Running {
  file: File;
  isPicture: boolean;
  abort: AbortController;
}

interface UploadsOptions {
  /** Undefined: not known yet; then the server alone refuses. */
  limits: UploadLimits | undefined;
  /** What the mail carries already. */
  attached: readonly { sizeBytes: number }[];
  onDone: (file: DraftFile) => void;
}

/** Why a file cannot go with the mail, before a byte of it is sent; null: it can. */
export function refusalOf(
  file: { name: string; size: number },
  { fileBytes, totalBytes, files }: UploadLimits,
  attached: readonly { sizeBytes: number }[],
): string | null {
  if (file.size > fileBytes)
    return `It has ${formatBytes(file.size)}; a file has at most ${formatBytes(fileBytes)}. It was not attached.`;
  if (attached.length >= files) return `A mail carries at most ${files} files. It was not attached.`;
  const together = attached.reduce((sum, { sizeBytes }) => sum + sizeBytes, file.size);
  if (together > totalBytes)
    return `With it the files have ${formatBytes(together)} together; a mail carries at most ${formatBytes(totalBytes)}. It was not attached.`;
  return null;
}

/** Sends files up, each with its progress; one that failed can be tried again. What is under way ends with the editor. */
export function useUploads({ limits, attached, onDone }: UploadsOptions) {
  const [goingUp, setGoingUp] = useState<readonly GoingUp[]>([]);
  const running = useRef(new Map<string, Running>());
  const now = useRef({ limits, attached, onDone, goingUp });
  now.current = { limits, attached, onDone, goingUp };

  const change = useCallback((key: string, part: Partial<GoingUp>) => {
    setGoingUp((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each)));
  }, []);
  const remove = useCallback((key: string) => {
    running.current.get(key)?.abort.abort();
    running.current.delete(key);
    setGoingUp((all) => all.filter((each) => each.key !== key));
  }, []);

  const start = useCallback(
    async (key: string, file: File, isPicture: boolean) => {
      const abort = new AbortController();
      running.current.set(key, { file, isPicture, abort });
      try {
        const onProgress = (progress: number) => change(key, { progress });
        const done = await sendUp(file, { onProgress, signal: abort.signal });
        if (abort.signal.aborted) return;
        remove(key);
        now.current.onDone({ ...done, isPicture });
      } catch (error) {
        if (abort.signal.aborted) return;
        const canRetry = error instanceof UploadError && error.canRetry;
        change(key, { problem: error instanceof Error ? error.message : 'It was not attached.', canRetry });
      }
    },
    [change, remove],
  );

  const add = useCallback(
    (files: readonly File[], isPicture = false) => {
      const waiting = now.current.goingUp.filter(({ problem }) => problem === null);
      const carried: { sizeBytes: number }[] = [...now.current.attached, ...waiting];
      for (const file of files) {
        const key = newKey();
        const { limits: known } = now.current;
        const problem = known ? refusalOf(file, known, carried) : null;
        const { name, size: sizeBytes } = file;
        setGoingUp((all) => [...all, { key, name, sizeBytes, progress: 0, problem, canRetry: false }]);
        if (problem !== null) continue;
        carried.push({ sizeBytes });
        void start(key, file, isPicture);
      }
    },
    [start],
  );
  const retry = useCallback(
    (key: string) => {
      const known = running.current.get(key);
      if (!known) return;
      change(key, { problem: null, progress: 0 });
      void start(key, known.file, known.isPicture);
    },
    [change, start],
  );

  const isBusy = goingUp.some(({ problem }) => problem === null);
  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isBusy]);
  useEffect(
    () => () => {
      for (const { abort } of running.current.values()) abort.abort();
    },
    [],
  );
  return { goingUp, isBusy, add, retry, remove };
}
