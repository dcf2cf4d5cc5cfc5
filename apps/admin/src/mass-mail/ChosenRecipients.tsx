import type { CampaignListFieldsFragment } from '../gql/graphql.ts';
import { formatCount, plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

const SHOWN = 100;

/** How many were chosen, who was left out and why, and every line of the list that could not be read. */
export function ChosenRecipients({ campaign }: { campaign: CampaignListFieldsFragment }) {
  const { counts, removed, listErrors } = campaign;
  const left = [
    [removed.duplicates, 'named more than once'],
    [removed.own, 'of the desk itself'],
    [removed.optedOut, 'want no more mass mail'],
    [removed.undeliverable, 'undeliverable'],
    [removed.blocked, 'on the list Spam E-mails'],
    [removed.broken, 'no address'],
  ] as const;
  const some = left.filter(([count]) => count > 0);
  return (
    <div className="form-stack" role="status">
      <Notice tone={counts.recipients > 0 ? 'good' : 'warn'}>
        <strong>{plural(counts.recipients, 'recipient')}</strong>, each gets one mail of their own.
        {some.length > 0 && <> Left out: {some.map(([count, why]) => `${formatCount(count)} ${why}`).join(' · ')}.</>}
      </Notice>
      {listErrors.length > 0 && (
        <details>
          <summary>
            {plural(removed.broken, 'line')} could not be read
            {removed.broken > listErrors.length ? `; the first ${SHOWN} are shown` : ''}
          </summary>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col" className="is-number">
                  Line
                </th>
                <th scope="col">It says</th>
                <th scope="col">What is wrong</th>
              </tr>
            </thead>
            <tbody>
              {listErrors.map(({ line, text, message }) => (
                <tr key={`${line}-${text}`}>
                  <td className="is-number">{line}</td>
                  <td className="mono">{text}</td>
                  <td>{message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}
