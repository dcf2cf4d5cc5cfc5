/** What the address says about the reports: how many days back. */
interface ReportSearch {
  days?: number | undefined;
}

const MOST_DAYS = 366;

/** Reads the address; a span that makes no sense is left out. */
export function readReportSearch({ days }: Record<string, unknown>): ReportSearch {
  const count = Number(days);
  return { days: Number.isInteger(count) && count >= 1 && count <= MOST_DAYS ? count : undefined };
}
