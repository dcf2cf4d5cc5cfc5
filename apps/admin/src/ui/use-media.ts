import { useSyncExternalStore } from 'react';

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', watcher);
      return () => list.removeEventListener('change', watcher);
    },
    () => window.matchMedia(query).matches,
  );
}

/** From here on list and ticket stand side by side. */
export const SPLIT = '(min-width: 1180px)';
/** The right panel stands beside the ticket. */
export const WITH_PANEL = '(min-width: 1280px)';
/** Phones: three-line rows, the rail is a drawer. */
export const PHONE = '(max-width: 759px)';
