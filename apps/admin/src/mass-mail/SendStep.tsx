import { useMutation } from '@apollo/client/react';
import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  type CampaignDraftFieldsFragment,
  type CampaignListFieldsFragment,
  StartCampaignDocument,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { sayDone } from '../ui/undo.tsx';
import '../ui/mantine-forms.css';

/** Above this many the number has to be typed: it cannot be undone. */
const TYPE_ABOVE = 100;

/** The last step: what will happen, to how many, when; then it begins. */
export function SendStep({ campaign }: { campaign: CampaignDraftFieldsFragment & CampaignListFieldsFragment }) {
  const total = campaign.counts.recipients;
  const [when, setWhen] = useState<'now' | 'later'>('now');
  const [at, setAt] = useState('');
  const [typed, setTyped] = useState('');
  const [start, { loading, error }] = useMutation(StartCampaignDocument);
  const mustType = total > TYPE_ABOVE;
  const isConfirmed = !mustType || typed.replace(/\D/g, '') === String(total);
  const isTimed = when === 'now' || (at !== '' && Date.parse(at) > Date.now());
  const missing = [
    total === 0 && 'Choose recipients.',
    campaign.subject.trim() === '' && 'Write a subject.',
    campaign.text.trim() === '' && !campaign.html && 'Write a message.',
  ].filter((each) => each !== false);
  const onStart = async () => {
    const input = {
      campaignId: campaign.id,
      confirmCount: total,
      at: when === 'later' ? new Date(at).toISOString() : null,
    };
    const { data } = await start({ variables: { input } }).catch(() => ({ data: undefined }));
    if (data) sayDone(when === 'later' ? 'The mailing is scheduled.' : 'The mailing has begun.');
  };
  return (
    <section className="card mailing__step" aria-label="Send">
      {missing.length > 0 ? (
        <Notice tone="warn">{missing.join(' ')}</Notice>
      ) : (
        <p className="mailing__summary">
          “{campaign.subject}” goes to <strong>{plural(total, 'recipient')}</strong> from{' '}
          <strong>{campaign.from}</strong>.
        </p>
      )}
      <SegmentedControl
        aria-label="When"
        data={[
          { value: 'now', label: 'Send now' },
          { value: 'later', label: 'At a time' },
        ]}
        value={when}
        onChange={(value) => setWhen(value as 'now' | 'later')}
      />
      {when === 'later' && (
        <TextInput
          type="datetime-local"
          label="Begins"
          description="In your own time zone. It can be stopped until then."
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
          error={at !== '' && !isTimed ? 'Choose a time that is still to come.' : null}
        />
      )}
      {mustType && missing.length === 0 && (
        <TextInput
          label={`Type ${formatCount(total)} to confirm`}
          description="Mail that has left cannot be called back."
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {error && (
        <Notice tone="bad">
          {explain(error).fields.length > 0
            ? explain(error)
                .fields.map(({ message }) => message)
                .join(' ')
            : explain(error).message}
        </Notice>
      )}
      <div className="form-actions">
        <Button
          look="primary"
          size="big"
          icon={<IconSend size={17} aria-hidden="true" />}
          isBusy={loading}
          disabled={missing.length > 0 || !isConfirmed || !isTimed}
          onClick={() => void onStart()}
        >
          {when === 'later' ? 'Schedule' : 'Send'} to {formatCount(total)}
        </Button>
      </div>
    </section>
  );
}
