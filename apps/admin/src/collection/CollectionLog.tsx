import type { CollectionPageQuery } from '../gql/graphql.ts';
import { formatExact } from '../ui/format.ts';

type Log = CollectionPageQuery['collection'][number]['log'];

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What the collection did last, newest first. */
export function CollectionLog({ log }: { log: Log }) {
  return (
    <section className="card collection-log" aria-label="Live log">
      <h2>Live log</h2>
      {log.length === 0 && <p className="second">Nothing has happened yet.</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
      <ol tabIndex={0}>
        {log.map(({ id, at, kind, message }) => (
          <li key={id} className={kind === 'FAILED' ? 'collection-log__failure' : ''}>
            <time dateTime={at} title={formatExact(at)}>
              {clock.format(Date.parse(at))}
            </time>
            <span>
              {kind === 'FAILED' && 'Failed: '}
              {message}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
