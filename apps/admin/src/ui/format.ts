const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const numbers = new Intl.NumberFormat();
const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const unit = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** A whole number in the reader's way of writing: 9,160. */
export const formatCount = (count: number): string => numbers.format(count);

/** "1 ticket", "3 tickets". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** How long ago, as short as a column needs: "now", "13 min", "4 h", "3 d", "4 May". */
export function formatAge(iso: string, now: number): string {
  const at = Date.parse(iso);
  const passed = now - at;
  if (passed < MINUTE_MS) return 'now';
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} min`;
  if (passed < DAY_MS) return `${Math.floor(passed / HOUR_MS)} h`;
  if (passed < 7 * DAY_MS) return `${Math.floor(passed / DAY_MS)} d`;
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? dayMonth : dayMonthYear).format(at);
}

/** "12 s ago", "4 min ago", "2 h ago", "3 d ago". */
export function formatAgo(iso: string, now: number): string {
  const passed = Math.max(0, now - Date.parse(iso));
  if (passed < MINUTE_MS) return `${Math.floor(passed / 1000)} s ago`;
  if (passed < HOUR_MS) return `${Math.floor(passed / MINUTE_MS)} min ago`;
  if (passed < DAY_MS) return `${Math.floor(passed / HOUR_MS)} h ago`;
  return `${Math.floor(passed / DAY_MS)} d ago`;
}

/** "09:52". */
export const formatTime = (iso: string): string => clockTime.format(Date.parse(iso));

/** "Today, 09:52", "Yesterday, 09:52", "4 May, 09:52", "4 May 2025, 09:52". */
export function formatMoment(iso: string, now: number): string {
  const at = new Date(iso);
  const today = new Date(now);
  const yesterday = new Date(now - DAY_MS);
  const time = clockTime.format(at);
  if (at.toDateString() === today.toDateString()) return `Today, ${time}`;
  if (at.toDateString() === yesterday.toDateString()) return `Yesterday, ${time}`;
  return `${(at.getFullYear() === today.getFullYear() ? dayMonth : dayMonthYear).format(at)}, ${time}`;
}

/** "14 Mar 2024". */
export const formatDay = (iso: string): string => dayMonthYear.format(Date.parse(iso));

/** Day and time with seconds and zone, for a tooltip. */
export const formatExact = (iso: string): string => whole.format(Date.parse(iso));

/** "182 kB", "2.1 MB"; powers of ten. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${unit.format(bytes / 1_000_000)} MB`;
  return `${unit.format(bytes / 1_000_000_000)} GB`;
}
