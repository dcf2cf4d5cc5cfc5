import { useCallback, useState } from 'react';

/** Reads a personal choice; null when there is none or storage is switched off. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a personal choice in this browser; null forgets it. Storage that is full or off is no error. */
export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // The choice holds for this page only.
  }
}

/** A personal switch that survives a reload. */
export function useStoredFlag(key: string, initial: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    const stored = readStored(key);
    return stored === null ? initial : stored === '1';
  });
  const set = useCallback(
    (next: boolean) => {
      writeStored(key, next ? '1' : '0');
      setValue(next);
    },
    [key],
  );
  return [value, set];
}
