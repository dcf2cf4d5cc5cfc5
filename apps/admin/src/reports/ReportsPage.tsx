import { useNavigate, useSearch } from '@tanstack/react-router';
import { SuggestionReport } from './SuggestionReport.tsx';
import './reports.css';

const spans = [7, 30, 90, 365] as const;
const FIRST_SPAN = 30;

/** Figures of the desk over a span that the address holds. */
export function ReportsPage() {
  const { days = FIRST_SPAN } = useSearch({ from: '/app/reports' });
  const navigate = useNavigate();
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Reports</h1>
          <span className="spacer" />
          <fieldset className="span-choice">
            <legend className="visually-hidden">Span</legend>
            {spans.map((span) => (
              <button
                key={span}
                type="button"
                className="chip"
                aria-pressed={span === days}
                onClick={() =>
                  void navigate({ to: '/reports', search: { days: span === FIRST_SPAN ? undefined : span } })
                }
              >
                {span === 365 ? '1 year' : `${span} days`}
              </button>
            ))}
          </fieldset>
        </div>
        <section aria-label="Suggested answers">
          <h2 className="report-part">Suggested answers</h2>
          <SuggestionReport days={days} />
        </section>
      </div>
    </div>
  );
}
