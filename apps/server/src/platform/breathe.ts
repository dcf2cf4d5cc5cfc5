/** Lets whoever waits have a turn: between the pieces of long work, which would hold up every page and letter till its end. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
