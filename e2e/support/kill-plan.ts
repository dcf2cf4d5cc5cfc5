/** When a life of the product ends: while it starts, or once so many mails of the whole mailing were taken. */
export type Death = 'WHILE_STARTING' | { readonly atMails: number };

/** Of so many lives one ends while it starts. */
const ONE_STARTING_IN = 5;

/**
 * Spreads `kills` at random over a mailing of `mails`: one falls in each equal part of it, so that its last mails are
 * tried as hard as its first. The same `random` gives the same plan.
 */
export function planKills(mails: number, kills: number, random: () => number): Death[] {
  return Array.from({ length: kills }, (_, n) => {
    const atMails = Math.floor(((n + random()) / kills) * mails);
    return n % ONE_STARTING_IN === ONE_STARTING_IN - 1 ? 'WHILE_STARTING' : { atMails };
  });
}

/** The smallest of some numbers, their quartiles and the largest, in words. */
export function spreadOf(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return `first at ${at(0)}, a quarter by ${at(0.25)}, half by ${at(0.5)}, three quarters by ${at(0.75)}, last at ${at(1)}`;
}

/** Numbers in [0, 1) that the seed alone decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
