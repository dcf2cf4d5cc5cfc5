/** CPU time of this process in milliseconds: a busy machine makes a test wait, not spend. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const ALLOWANCE_MS = 150;
const MOST_MS = 5_000;

/**
 * Null when reading `text` costs little, and what it costs grows with its length alone; else the cost in words. What
 * seems steep is measured three times: one reading may have paid for warming up, or for the memory of those before it.
 */
export function steepCost(read: (text: string) => unknown, text: string, clock = cpuMs): string | null {
  const costOf = (given: string) => {
    const start = clock();
    read(given);
    return clock() - start;
  };
  let whole = costOf(text);
  let half = 0;
  const isSteep = () => whole > MOST_MS || whole > 3 * half + ALLOWANCE_MS;
  for (let tries = 0; isSteep() && tries < 3; tries++) {
    const again = costOf(text.slice(0, text.length / 2));
    half = tries === 0 ? again : Math.min(half, again);
    if (isSteep()) whole = Math.min(whole, costOf(text));
  }
  return isSteep() ? `${Math.round(whole)} ms, a half of it ${Math.round(half)} ms` : null;
}
