let aheadMs = 0;
let lastTold: string | undefined;

/** Notes the time that the server just told, so that a wrong clock here does not cut a countdown. One that was told before is old. */
export function noteServerTime(iso: string): void {
  if (iso === lastTold) return;
  lastTold = iso;
  const told = Date.parse(iso);
  if (Number.isFinite(told)) aheadMs = told - Date.now();
}

/** The server's time of now, in ms. */
export const serverNow = (): number => Date.now() + aheadMs;

/** Whole seconds until a moment of the server's time; never below 0. */
export const secondsUntil = (iso: string): number => Math.max(0, Math.ceil((Date.parse(iso) - serverNow()) / 1000));
