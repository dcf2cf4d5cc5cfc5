import { useState } from 'react';
import type { CampaignProgressFieldsFragment } from '../gql/graphql.ts';
import { formatCount, formatMoment } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';

type Result = CampaignProgressFieldsFragment['results'][number];

const WIDTH = 720;
const HEIGHT = 150;
const SHOWN = 72;
const badOf = ({ failed, bounced, unknown }: Result) => failed + bounced + unknown;

/** What became of a mailing hour by hour: a bar an hour, what went wrong on top of it; as a table on request. */
export function ResultPlot({ results }: { results: readonly Result[] }) {
  const now = useNow();
  const [isTable, setTable] = useState(false);
  const shown = results.slice(-SHOWN);
  const most = Math.max(1, ...shown.map((result) => result.sent + badOf(result)));
  const step = WIDTH / shown.length;
  const bar = Math.max(1, Math.min(48, step - 2));
  const high = (count: number) => (count / most) * HEIGHT;
  const sent = shown.reduce((sum, each) => sum + each.sent, 0);
  const bad = shown.reduce((sum, each) => sum + badOf(each), 0);
  return (
    <section className="card mailing__step" aria-labelledby="mailing-plot">
      <div className="form-row">
        <h2 id="mailing-plot">
          {formatCount(sent)} sent, {formatCount(bad)} with trouble, by the hour
        </h2>
        <span className="spacer" />
        <button type="button" className="text-button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? 'Show as plot' : 'Show as table'}
        </button>
      </div>
      {isTable ? (
        <div className="data-table-frame">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Hour</th>
                <th scope="col" className="is-number">
                  Sent
                </th>
                <th scope="col" className="is-number">
                  Failed
                </th>
                <th scope="col" className="is-number">
                  Came back
                </th>
                <th scope="col" className="is-number">
                  Unknown
                </th>
              </tr>
            </thead>
            <tbody>
              {results.map((result) => (
                <tr key={result.at}>
                  <td>{formatMoment(result.at, now)}</td>
                  <td className="is-number">{formatCount(result.sent)}</td>
                  <td className="is-number">{formatCount(result.failed)}</td>
                  <td className="is-number">{formatCount(result.bounced)}</td>
                  <td className="is-number">{formatCount(result.unknown)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <figure className="mailing-plot">
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
            <title>{`${formatCount(sent)} sent and ${formatCount(bad)} with trouble in ${formatCount(shown.length)} hours`}</title>
            {shown.map((result, index) => (
              <g key={result.at}>
                <title>{`${formatMoment(result.at, now)}: ${formatCount(result.sent)} sent, ${formatCount(badOf(result))} with trouble`}</title>
                <rect
                  className="progress__sent"
                  x={index * step}
                  y={HEIGHT - high(result.sent)}
                  width={bar}
                  height={high(result.sent)}
                />
                <rect
                  className="progress__bad"
                  x={index * step}
                  y={HEIGHT - high(result.sent + badOf(result))}
                  width={bar}
                  height={high(badOf(result))}
                />
              </g>
            ))}
          </svg>
          <figcaption className="second">
            {shown[0] && formatMoment(shown[0].at, now)} – {formatMoment(shown.at(-1)?.at ?? '', now)} · highest hour{' '}
            {formatCount(most)}
          </figcaption>
        </figure>
      )}
    </section>
  );
}
