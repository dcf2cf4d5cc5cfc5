const MAX_LINES = 2000;

/** Summary, time and place of the first event of an iCalendar text (RFC 5545), for people; null when there is none. */
export function calendarSummary(ics: string): string | null {
  const lines = ics.replace(/\n[ \t]/g, '').split('\n', MAX_LINES);
  const start = lines.findIndex((line) => /^BEGIN:VEVENT/i.test(line.trim()));
  if (start === -1) return null;
  const field = (name: string) => {
    for (const line of lines.slice(start)) {
      const colon = line.indexOf(':');
      if (colon > 0 && line.slice(0, colon).split(';')[0]?.toUpperCase() === name)
        return { params: line.slice(0, colon), value: plain(line.slice(colon + 1)) };
    }
    return null;
  };
  const summary = field('SUMMARY')?.value;
  const [from, to, place] = [field('DTSTART'), field('DTEND'), field('LOCATION')?.value];
  return [
    `Invitation: ${summary || '(no title)'}`,
    ...(from ? [`When: ${time(from)}${to ? ` to ${time(to)}` : ''}`] : []),
    ...(place ? [`Where: ${place}`] : []),
  ].join('\n');
}

function plain(value: string): string {
  return value
    .replace(/\\n/gi, ' ')
    .replace(/\\([,;\\])/g, '$1')
    .trim()
    .slice(0, 500);
}

function time({ params, value }: { params: string; value: string }): string {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(?:\d\d)?(Z)?)?$/.exec(value);
  if (!match) return value;
  const [, year, month, day, hour, minute, utc] = match;
  const zone = utc ? ' UTC' : (/TZID=([^;:]{1,60})/i.exec(params)?.[1] ?? '');
  return `${year}-${month}-${day}${hour ? ` ${hour}:${minute}` : ''}${zone ? ` ${zone.trim()}` : ''}`;
}
