import { useSyncExternalStore } from 'react';

/** LIVE: changes arrive by themselves. RECONNECTING: the socket is lost for more than 3 s. OFFLINE: the browser has no network. */
export type LiveState = 'LIVE' | 'RECONNECTING' | 'OFFLINE';

const GRACE_MS = 3000;
let isSocketOpen = true;
let graceTimer: ReturnType<typeof setTimeout> | undefined;
let state: LiveState = 'LIVE';
const watchers = new Set<() => void>();
const onReturn = new Set<() => void>();

function update() {
  const next: LiveState = navigator.onLine === false ? 'OFFLINE' : isSocketOpen ? 'LIVE' : 'RECONNECTING';
  if (next === state) return;
  const isBack = next === 'LIVE';
  state = next;
  for (const watcher of watchers) watcher();
  if (isBack) for (const listener of onReturn) listener();
}

/** The socket stands. */
export function socketOpened(): void {
  clearTimeout(graceTimer);
  graceTimer = undefined;
  isSocketOpen = true;
  update();
}

/** The socket fell; said aloud only when it does not come back within 3 s. */
export function socketClosed(): void {
  graceTimer ??= setTimeout(() => {
    graceTimer = undefined;
    isSocketOpen = false;
    update();
  }, GRACE_MS);
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', update);
  window.addEventListener('offline', update);
}

/** Calls back when a lost connection has returned, so that what is seen can be read again. Returns the way to stop. */
export function whenBack(listener: () => void): () => void {
  onReturn.add(listener);
  return () => onReturn.delete(listener);
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** The state of the live connection now. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}
