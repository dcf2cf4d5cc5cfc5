import type { CampaignCountsFieldsFragment } from '../gql/graphql.ts';
import { formatCount } from '../ui/format.ts';
import { doneShare } from './campaign-words.ts';

interface ProgressBarProps {
  counts: CampaignCountsFieldsFragment;
  isSmall?: boolean;
}

/** How far a mailing is: sent in blue, what went wrong striped in red, the rest empty; said in words too. */
export function ProgressBar({ counts, isSmall = false }: ProgressBarProps) {
  const { recipients, sent, failed, unknown, bounced, waiting, sending } = counts;
  const bad = failed + unknown + bounced;
  const share = Math.floor(doneShare(counts) * 100);
  const part = (count: number) => (recipients === 0 ? 0 : (count / recipients) * 100);
  const words = `${formatCount(sent)} sent, ${formatCount(bad)} with trouble, ${formatCount(waiting + sending)} waiting`;
  return (
    <div className={`progress${isSmall ? ' progress--small' : ''}`}>
      <div
        className="progress__track"
        role="progressbar"
        aria-label="Mailing"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share}
        aria-valuetext={`${share} %: ${words}`}
      >
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
          <rect className="progress__sent" x={0} y={0} height={10} width={part(sent)} />
          <rect className="progress__bad" x={part(sent)} y={0} height={10} width={part(bad)} />
        </svg>
      </div>
      <span className="progress__share">{share} %</span>
    </div>
  );
}
