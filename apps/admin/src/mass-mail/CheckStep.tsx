import { useMutation, useQuery } from '@apollo/client/react';
import { SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type CampaignListFieldsFragment, CampaignPreviewDocument, SendCampaignTestDocument } from '../gql/graphql.ts';
import { useViewer } from '../session/use-session.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { SafeHtml } from '../ui/SafeHtml.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import '../ui/mantine-forms.css';

/** The mailing as any of its recipients will get it, and a test to oneself. */
export function CheckStep({ campaign }: { campaign: CampaignListFieldsFragment }) {
  const viewer = useViewer();
  const [position, setPosition] = useState(0);
  const [face, setFace] = useState<'html' | 'text'>('html');
  const { data, previousData, error } = useQuery(CampaignPreviewDocument, {
    variables: { campaignId: campaign.id, position },
    fetchPolicy: 'network-only',
  });
  const [test, { loading }] = useMutation(SendCampaignTestDocument);
  const preview = (data ?? previousData)?.campaignPreview;
  const total = campaign.counts.recipients;
  const onTest = () =>
    test({ variables: { input: { campaignId: campaign.id } } }).then(
      () => sayDone(`A test is on its way to ${viewer.email}.`),
      (failure: unknown) => sayFailed(explain(failure).message),
    );
  return (
    <section className="card mailing__step" aria-label="Check">
      <div className="form-row">
        <IconButton
          label="Previous recipient"
          isFramed
          disabled={position === 0}
          onClick={() => setPosition(position - 1)}
        >
          <IconChevronLeft size={18} aria-hidden="true" />
        </IconButton>
        <span role="status">
          {total === 0
            ? 'No recipient yet: a made-up one'
            : `Recipient ${formatCount(position + 1)} of ${formatCount(total)}`}
        </span>
        <IconButton
          label="Next recipient"
          isFramed
          disabled={position + 1 >= total}
          onClick={() => setPosition(position + 1)}
        >
          <IconChevronRight size={18} aria-hidden="true" />
        </IconButton>
        <span className="spacer" />
        {preview?.html && (
          <SegmentedControl
            aria-label="Show as"
            data={[
              { value: 'html', label: 'HTML' },
              { value: 'text', label: 'Plain text' },
            ]}
            value={face}
            onChange={(value) => setFace(value as 'html' | 'text')}
          />
        )}
        <Button icon={<IconSend size={16} aria-hidden="true" />} isBusy={loading} onClick={() => void onTest()}>
          Send a test to me
        </Button>
      </div>
      {error && <Notice tone="bad">{explain(error).message}</Notice>}
      {!preview && !error && <SkeletonLines count={6} />}
      {preview?.problems.map((problem) => (
        <Notice key={problem} tone="warn">
          {problem}
        </Notice>
      ))}
      {preview && (
        <article className="mail-preview" aria-label="Preview">
          <dl>
            <div>
              <dt>From</dt>
              <dd>{preview.from}</dd>
            </div>
            <div>
              <dt>To</dt>
              <dd>{preview.recipient?.address ?? 'someone@example.com'}</dd>
            </div>
            <div>
              <dt>Subject</dt>
              <dd>
                <strong>{preview.subject || '(no subject yet)'}</strong>
              </dd>
            </div>
          </dl>
          {preview.html && face === 'html' ? (
            <SafeHtml html={preview.html} className="mail-preview__body article-text" />
          ) : (
            <pre className="mail-preview__body">{preview.text}</pre>
          )}
        </article>
      )}
    </section>
  );
}
