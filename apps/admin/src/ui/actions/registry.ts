import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One thing a person can do here: its words, its keys and what it does, in one place for keyboard, palette and key sheet. */
export interface Action {
  /** Unique; a later registration of the same id stands in front of the earlier one. */
  id: string;
  label: string;
  group: string;
  /** As written on the sheet: "E", "Shift H", "Ctrl K", "G then T". Several ways are listed. */
  keys?: readonly string[];
  /** Works inside text fields too (Ctrl and Alt keys only). */
  worksInFields?: boolean;
  /** The key is typed into the words of an editor and acts there alone; here it is only shown. */
  isTypedIntoWords?: boolean;
  isHidden?: boolean;
  run: () => void;
}

let stacks: readonly (readonly Action[])[] = [];
let flat: readonly Action[] = [];
const watchers = new Set<() => void>();

function publish(next: readonly (readonly Action[])[]) {
  stacks = next;
  const seen = new Map<string, Action>();
  for (const stack of stacks) for (const action of stack) seen.set(action.id, action);
  flat = [...seen.values()];
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** The actions of now, the page's own last. */
export function currentActions(): readonly Action[] {
  return flat;
}

/** The actions of now, kept fresh. */
export function useCurrentActions(): readonly Action[] {
  return useSyncExternalStore(subscribe, currentActions);
}

/** Offers actions while the component is on screen. `run` always sees the newest render; the list may be made anew each time,
 * only its ids, labels and keys count. */
export function useActions(actions: readonly Action[]): void {
  const newest = useRef(actions);
  newest.current = actions;
  const signature = actions.map(({ id, label, keys }) => `${id}|${label}|${keys?.join()}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the list
  useEffect(() => {
    const own = newest.current.map((action) => ({
      ...action,
      run: () => newest.current.find(({ id }) => id === action.id)?.run(),
    }));
    publish([...stacks, own]);
    return () => publish(stacks.filter((stack) => stack !== own));
  }, [signature]);
}
