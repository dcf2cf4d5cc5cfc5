const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MAX_LENGTH = 200;
/** Before this year there was no such mail; after the last one a clock is wrong. */
const FIRST_YEAR = 1980;
const LAST_YEAR = 2099;

const TIME = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?`;
const ZONE = String.raw`\s*([+-]\d{2}:?\d{2}|[a-z]{1,5})?`;
/** "Tue, 24 Nov 2026 08:37:28 +0000" (RFC 5322, section 3.3), also with dashes and a year of two digits. */
const MAIL_DATE = new RegExp(
  String.raw`\b(\d{1,2})[\s-]{1,5}([a-z]{3})[a-z]{0,6}[.,]?[\s-]{1,5}(\d{4}|\d{2})[\s,]{1,5}${TIME}${ZONE}`,
  'i',
);
/** "Tue Nov 24 08:37:28 2026", as programs of one country print it. */
const C_DATE = new RegExp(
  String.raw`\b([a-z]{3})[a-z]{0,6}\s{1,5}(\d{1,2}),?\s{1,5}${TIME}\s{1,5}(?:[a-z]{1,5}\s{1,5})?(\d{4})`,
  'i',
);
/** "2026-11-24T08:37:28Z" (RFC 3339). */
const ISO_DATE = new RegExp(String.raw`\b(\d{4})-(\d{2})-(\d{2})[t\s]${TIME}${ZONE}`, 'i');

/** Hours east of Greenwich of the zones that RFC 5322, section 4.3, names; all others count as +0000. */
const ZONES: Record<string, number> = { edt: -4, est: -5, cdt: -5, cst: -6, mdt: -6, mst: -7, pdt: -7, pst: -8 };

/** The time that a Date header tells; `null`: not a date; `'absurd'`: a date that cannot be true. Needs no clock. */
export function readMailDate(value: string): Date | 'absurd' | null {
  const text = value.slice(0, MAX_LENGTH);
  const fields = mailDate(text) ?? isoDate(text) ?? cDate(text);
  if (fields === null) return null;
  const [year, month, day, hour, minute, second, zone] = fields;
  if (month < 0 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 60) return 'absurd';
  if (year < FIRST_YEAR || year > LAST_YEAR || Math.abs(zone) > 24 * 60) return 'absurd';
  return new Date(Date.UTC(year, month, day, hour, minute, second) - zone * 60_000);
}

type Fields = [year: number, month: number, day: number, hour: number, minute: number, second: number, zone: number];

function mailDate(text: string): Fields | null {
  const [all, day, month, year, hour, minute, second, zone] = MAIL_DATE.exec(text) ?? [];
  if (all === undefined) return null;
  return [
    fullYear(year as string),
    monthOf(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
    zoneMinutes(zone),
  ];
}

function cDate(text: string): Fields | null {
  const [all, month, day, hour, minute, second, year] = C_DATE.exec(text) ?? [];
  if (all === undefined) return null;
  return [Number(year), monthOf(month), Number(day), Number(hour), Number(minute), Number(second ?? 0), 0];
}

function isoDate(text: string): Fields | null {
  const [all, year, month, day, hour, minute, second, zone] = ISO_DATE.exec(text) ?? [];
  if (all === undefined) return null;
  return [
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second ?? 0),
    zoneMinutes(zone),
  ];
}

function monthOf(name: string | undefined): number {
  return MONTHS.indexOf((name ?? '').toLowerCase());
}

/** Years of two digits as RFC 5322, section 4.3, reads them. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const named = ZONES[zone.toLowerCase()];
  if (named !== undefined) return named * 60;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
