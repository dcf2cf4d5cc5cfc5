import { useSyncExternalStore } from 'react';
import { readStored, writeStored } from './use-stored.ts';

interface Preferences {
  isCompact: boolean;
  hasSingleKeys: boolean;
}

const watchers = new Set<() => void>();
let preferences: Preferences = {
  isCompact: readStored('compact') === '1',
  hasSingleKeys: readStored('single-keys') !== '0',
};

function change(next: Partial<Preferences>) {
  preferences = { ...preferences, ...next };
  writeStored('compact', preferences.isCompact ? '1' : null);
  writeStored('single-keys', preferences.hasSingleKeys ? null : '0');
  for (const watcher of watchers) watcher();
}

/** The choices of now, outside of React. */
export const currentPreferences = (): Preferences => preferences;

/** Personal choices of this browser: the height of rows, and whether single keys act (WCAG 2.1.4). */
export function usePreferences() {
  const now = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => preferences,
  );
  return {
    ...now,
    setCompact: (isCompact: boolean) => change({ isCompact }),
    setSingleKeys: (hasSingleKeys: boolean) => change({ hasSingleKeys }),
  };
}
