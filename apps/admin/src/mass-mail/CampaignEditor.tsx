import { useMutation } from '@apollo/client/react';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  type CampaignDraftFieldsFragment,
  type CampaignListFieldsFragment,
  DeleteCampaignDocument,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { CheckStep } from './CheckStep.tsx';
import { MessageStep } from './MessageStep.tsx';
import { STEPS, type Step } from './mailing-search.ts';
import { RecipientsStep } from './RecipientsStep.tsx';
import { SendStep } from './SendStep.tsx';
import { useCampaignDraft } from './use-campaign-draft.ts';

const names: Record<Step, string> = { recipients: 'Recipients', message: 'Message', check: 'Check', send: 'Send' };

/** Writing a mailing step by step; every step can be opened at any time, and what is typed is saved by itself. */
export function CampaignEditor({ campaign }: { campaign: CampaignDraftFieldsFragment & CampaignListFieldsFragment }) {
  const { step = 'recipients' } = useSearch({ from: '/app/administration/mass-mail/$id' });
  const navigate = useNavigate();
  const draft = useCampaignDraft(campaign);
  const [remove, removing] = useMutation(DeleteCampaignDocument);
  const [isSure, setSure] = useState(false);
  const go = async (to: Step) => {
    if (!(await draft.flush()) && step === 'message') return;
    await navigate({ to: '/mass-mail/$id', params: { id: campaign.id }, search: { step: to } });
  };
  const next = STEPS[STEPS.indexOf(step) + 1];
  const onRemove = async () => {
    try {
      await remove({
        variables: { input: { campaignId: campaign.id } },
        update: (cache) => void cache.evict({ id: cache.identify(campaign) ?? '' }),
      });
      sayDone('The draft is deleted.');
      await navigate({ to: '/mass-mail' });
    } catch (error) {
      sayFailed(explain(error).message);
    }
  };
  return (
    <div className="mailing">
      <nav className="steps" aria-label="Steps">
        <ol>
          {STEPS.map((each, index) => (
            <li key={each}>
              <button
                type="button"
                className="steps__step"
                aria-current={each === step ? 'step' : undefined}
                onClick={() => void go(each)}
              >
                <span className="steps__number" aria-hidden="true">
                  {index + 1}
                </span>
                {names[each]}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      {draft.failure && (
        <Notice tone="bad">{draft.failure} What you typed stays here and is saved with the next change.</Notice>
      )}
      {step === 'recipients' && <RecipientsStep campaign={campaign} />}
      {step === 'message' && <MessageStep campaign={campaign} draft={draft} />}
      {step === 'check' && <CheckStep campaign={campaign} />}
      {step === 'send' && <SendStep campaign={campaign} />}
      <div className="form-actions mailing__foot">
        {next && (
          <Button look="primary" onClick={() => void go(next)}>
            Continue to {names[next].toLowerCase()}
          </Button>
        )}
        <span className="second" role="status">
          {draft.state === 'WAITING' ? 'Saving…' : draft.state === 'FAILED' ? 'Not saved' : 'Draft saved'}
        </span>
        <span className="spacer" />
        {isSure ? (
          <>
            <span>Delete this draft for ever?</span>
            <Button look="danger" isBusy={removing.loading} onClick={() => void onRemove()}>
              Delete
            </Button>
            <Button onClick={() => setSure(false)}>Keep</Button>
          </>
        ) : (
          <Button look="plain" icon={<IconTrash size={16} aria-hidden="true" />} onClick={() => setSure(true)}>
            Delete draft
          </Button>
        )}
      </div>
    </div>
  );
}
