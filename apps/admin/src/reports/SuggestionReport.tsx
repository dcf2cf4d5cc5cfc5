import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import {
  type SuggestionFiguresFragment,
  SuggestionReportDocument,
  type SuggestionReportQuery,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, formatDay, plural } from '../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { BarList } from './BarList.tsx';
import { LinePlot, type Series } from './LinePlot.tsx';
import { ReportFrame } from './ReportFrame.tsx';

type Report = SuggestionReportQuery['suggestionReport'];

const MOST_BARS = 12;
const sampleDays = Array.from({ length: 14 }, (_, at) => 12 + ((at * 7) % 9));

const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((part / whole) * 100));

function Totals({ totals: { shown, inserted, sentUnchanged, dismissed } }: { totals: SuggestionFiguresFragment }) {
  const figures = [
    ['Shown', shown, ''],
    ['Inserted', inserted, `${percent(inserted, shown)} % of shown`],
    ['Sent unchanged', sentUnchanged, `${percent(sentUnchanged, inserted)} % of inserted`],
    ['Not useful', dismissed, `${percent(dismissed, shown)} % of shown`],
  ] as const;
  return (
    <dl className="report-totals">
      {figures.map(([name, value, words]) => (
        <div key={name} className="card">
          <dt>{name}</dt>
          <dd>
            <strong>{formatCount(value)}</strong> <span className="second">{words}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function seriesOf(days: Report['days']): Series[] {
  return [
    { name: 'Shown', values: days.map(({ shown }) => shown) },
    { name: 'Inserted', values: days.map(({ inserted }) => inserted) },
    { name: 'Sent unchanged', values: days.map(({ sentUnchanged }) => sentUnchanged) },
    { name: 'Not useful', values: days.map(({ dismissed }) => dismissed) },
  ];
}

function PerDay({ days, totals }: Pick<Report, 'days' | 'totals'>) {
  const title = `${percent(totals.inserted, totals.shown)} % of the suggestions were put into a reply`;
  return (
    <ReportFrame
      title={title}
      note="Suggestions by the day on which they were first shown (UTC)."
      fileName="suggestions-per-day.csv"
      rows={days}
      keyOf={({ day }) => day}
      columns={[
        { name: 'Day', value: ({ day }) => day, show: ({ day }) => formatDay(`${day}T12:00:00Z`) },
        { name: 'Shown', value: ({ shown }) => shown },
        { name: 'Inserted', value: ({ inserted }) => inserted },
        { name: 'Sent unchanged', value: ({ sentUnchanged }) => sentUnchanged },
        { name: 'Not useful', value: ({ dismissed }) => dismissed },
        { name: 'Tickets without an article', value: ({ withoutArticle }) => withoutArticle },
      ]}
      plot={
        <LinePlot
          labels={days.map(({ day }) => formatDay(`${day}T12:00:00Z`))}
          series={seriesOf(days)}
          summary={`${title}. ${plural(totals.shown, 'suggestion')} shown, ${formatCount(totals.inserted)} inserted, ${formatCount(totals.sentUnchanged)} sent unchanged, ${formatCount(totals.dismissed)} not useful.`}
        />
      }
    />
  );
}

function TopArticles({ articles }: Pick<Report, 'articles'>) {
  const best = [...articles].sort((a, b) => b.stats.inserted - a.stats.inserted);
  const first = best[0];
  if (!first) return null;
  return (
    <ReportFrame
      title={
        first.stats.inserted > 0
          ? `“${first.article.title}” went into ${plural(first.stats.inserted, 'reply', 'replies')}, more than any other`
          : 'No article has been put into a reply yet'
      }
      note="Articles by how often they were inserted; the whole bar is how often they were shown."
      fileName="suggested-articles.csv"
      rows={best}
      keyOf={({ article }) => article.id}
      columns={[
        {
          name: 'Article',
          value: ({ article }) => article.title,
          show: ({ article }) => (
            <Link to="/knowledge" search={{ article: article.id }}>
              {article.title}
            </Link>
          ),
        },
        { name: 'Shown', value: ({ stats }) => stats.shown },
        { name: 'Inserted', value: ({ stats }) => stats.inserted },
        { name: 'Sent unchanged', value: ({ stats }) => stats.sentUnchanged },
        { name: 'Not useful', value: ({ stats }) => stats.dismissed },
      ]}
      plot={
        <BarList
          label="Articles by insertions"
          bars={best.slice(0, MOST_BARS).map(({ article, stats }) => ({
            id: article.id,
            name: (
              <Link to="/knowledge" search={{ article: article.id }}>
                {article.title}
              </Link>
            ),
            value: stats.shown,
            part: stats.inserted,
            words: `${formatCount(stats.inserted)} inserted, ${formatCount(stats.sentUnchanged)} sent unchanged, ${formatCount(stats.dismissed)} not useful`,
          }))}
        />
      }
    />
  );
}

function TicketLinks({ numbers }: { numbers: readonly number[] }) {
  return numbers.map((number) => (
    <span key={number}>
      <Link to="/tickets/$number" params={{ number: String(number) }}>
        #{number}
      </Link>{' '}
    </span>
  ));
}

function Gaps({ gaps }: Pick<Report, 'gaps'>) {
  const first = gaps[0];
  if (!first) return null;
  return (
    <ReportFrame
      title={`“${first.subject}” was asked ${first.count === 1 ? 'once' : `${formatCount(first.count)} times`} and no article fits`}
      note="Questions for which nothing good enough was found. An article for the first ones helps most."
      fileName="questions-without-an-article.csv"
      rows={gaps}
      keyOf={({ subject, lastAt }) => `${subject} ${lastAt}`}
      columns={[
        { name: 'Question', value: ({ subject }) => subject },
        { name: 'Tickets', value: ({ count }) => count },
        {
          name: 'Newest',
          value: ({ ticketNumbers }) => ticketNumbers.map((number) => `#${number}`).join(' '),
          show: ({ ticketNumbers }) => <TicketLinks numbers={ticketNumbers} />,
        },
        { name: 'Last asked', value: ({ lastAt }) => lastAt, show: ({ lastAt }) => formatDay(lastAt) },
      ]}
      plot={
        <BarList
          label="Questions without an article"
          bars={gaps.map(({ subject, count, ticketNumbers, lastAt }) => ({
            id: `${subject} ${lastAt}`,
            name: subject,
            value: count,
            words: <TicketLinks numbers={ticketNumbers} />,
          }))}
        />
      }
    />
  );
}

/** What suggestions were good for: how many were taken, which articles answer most, and what nothing answers. */
export function SuggestionReport({ days }: { days: number }) {
  const { data, previousData, error, refetch } = useQuery(SuggestionReportDocument, {
    variables: { days },
    fetchPolicy: 'cache-and-network',
  });
  const report = (data ?? previousData)?.suggestionReport;
  if (!report) {
    return error ? (
      <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
        {explain(error).message}
      </Notice>
    ) : (
      <div className="card report">
        <SkeletonLines count={8} />
      </div>
    );
  }
  const isEmpty = report.totals.shown === 0 && report.gaps.length === 0;
  return (
    <div className="form-stack" aria-busy={!data}>
      {error && <Notice tone="bad">Could not refresh. {explain(error).message}</Notice>}
      {isEmpty ? (
        <div className="card report">
          <EmptyState title="Plots start with the first suggestions">
            <p>Open a ticket while a Default Support KnowledgeBase is chosen, and what is suggested is counted here.</p>
          </EmptyState>
          <div className="report__sample">
            <span className="badge">Sample</span>
            <LinePlot
              labels={sampleDays.map((_, at) => (at === 0 ? 'Two weeks ago' : at === 13 ? 'Today' : ''))}
              series={[
                { name: 'Shown', values: sampleDays },
                { name: 'Inserted', values: sampleDays.map((value) => Math.round(value / 2)) },
              ]}
              summary="A sample of the plot that will stand here"
            />
          </div>
        </div>
      ) : (
        <>
          <Totals totals={report.totals} />
          <PerDay days={report.days} totals={report.totals} />
          <TopArticles articles={report.articles} />
          <Gaps gaps={report.gaps} />
        </>
      )}
    </div>
  );
}
