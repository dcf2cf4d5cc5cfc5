import { useMutation, useQuery } from '@apollo/client/react';
import { IconMailPlus, IconSpeakerphone } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { type CampaignRowFragment, MassMailDocument, SaveCampaignDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, formatMoment } from '../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { sayFailed } from '../ui/undo.tsx';
import { useNow } from '../ui/use-now.ts';
import { stateLooks, stateWords } from './campaign-words.ts';
import { ProgressBar } from './ProgressBar.tsx';
import './mass-mail.css';

const WINDOW = 25;

function Row({ campaign }: { campaign: CampaignRowFragment }) {
  const now = useNow();
  const { id, state, subject, createdAt, scheduledAt, startedAt, createdBy, answers, counts } = campaign;
  const at = state === 'SCHEDULED' ? scheduledAt : (startedAt ?? createdAt);
  return (
    <tr>
      <td>
        <Link to="/mass-mail/$id" params={{ id }} className="mailing-link">
          {subject || '(no subject yet)'}
        </Link>
        <span className="second">
          {state === 'SCHEDULED' ? 'begins ' : ''}
          {at ? formatMoment(at, now) : ''}
          {createdBy ? ` · ${createdBy.name}` : ''}
        </span>
      </td>
      <td>
        <span className={`badge ${stateLooks[state]}`}>{stateWords[state]}</span>
      </td>
      <td className="mailing-progress">{state !== 'DRAFT' && <ProgressBar counts={counts} isSmall />}</td>
      <td className="is-number">{formatCount(counts.recipients)}</td>
      <td className="is-number">{formatCount(answers)}</td>
    </tr>
  );
}

/** All mailings, and the way to a new one. */
export function MassMailPage() {
  const navigate = useNavigate();
  const { data, error, refetch, fetchMore } = useQuery(MassMailDocument, {
    variables: { first: WINDOW, after: null },
    fetchPolicy: 'cache-and-network',
    pollInterval: 10_000,
  });
  const [save, { loading }] = useMutation(SaveCampaignDocument);
  const begin = async () => {
    try {
      const { data: saved } = await save({ variables: { input: {} } });
      if (saved) await navigate({ to: '/mass-mail/$id', params: { id: saved.saveCampaign.id } });
    } catch (failure) {
      sayFailed(explain(failure).message);
    }
  };
  const campaigns = data?.campaigns;
  const newMailing = (
    <Button
      look="primary"
      size="big"
      icon={<IconMailPlus size={17} aria-hidden="true" />}
      isBusy={loading}
      onClick={() => void begin()}
    >
      New mailing
    </Button>
  );
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Mass mail</h1>
          <span className="spacer" />
          {campaigns && campaigns.nodes.length > 0 && newMailing}
        </div>
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!campaigns && !error && <SkeletonLines count={6} />}
        {campaigns?.nodes.length === 0 && (
          <EmptyState title="No mailing yet" icon={<IconSpeakerphone size={40} stroke={1.2} aria-hidden="true" />}>
            <p>One message to many customers, each by a mail of their own. Nothing is sent before you say so.</p>
            {newMailing}
          </EmptyState>
        )}
        {campaigns && campaigns.nodes.length > 0 && (
          <section className="data-table-frame" aria-label="Table of mailings">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">Mailing</th>
                  <th scope="col">State</th>
                  <th scope="col">Progress</th>
                  <th scope="col" className="is-number">
                    Recipients
                  </th>
                  <th scope="col" className="is-number">
                    Answers
                  </th>
                </tr>
              </thead>
              <tbody>
                {campaigns.nodes.map((campaign) => (
                  <Row key={campaign.id} campaign={campaign} />
                ))}
              </tbody>
            </table>
          </section>
        )}
        {campaigns?.pageInfo.hasNextPage && (
          <Button
            className="mailing-more"
            onClick={() => void fetchMore({ variables: { after: campaigns.pageInfo.endCursor } })}
          >
            Show {WINDOW} more
          </Button>
        )}
      </div>
    </div>
  );
}
