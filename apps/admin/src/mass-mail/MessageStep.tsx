import { useQuery } from '@apollo/client/react';
import { Select, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { type CampaignDraftFieldsFragment, MassMailSendersDocument } from '../gql/graphql.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import type { useCampaignDraft } from './use-campaign-draft.ts';
import '../ui/mantine-forms.css';

const MailingBody = lazy(() => import('./MailingBody.tsx').then((module) => ({ default: module.MailingBody })));

interface MessageStepProps {
  campaign: CampaignDraftFieldsFragment;
  draft: ReturnType<typeof useCampaignDraft>;
}

/** From, subject and words of a mailing; the From is filled in with Default Email From and holds for this mailing alone. */
export function MessageStep({ campaign, draft }: MessageStepProps) {
  const { data } = useQuery(MassMailSendersDocument, { fetchPolicy: 'cache-and-network' });
  const { message, change, errors } = draft;
  const error = (path: string) => errors.find((each) => each.path === path)?.message;
  const senders = [...new Set([...(data?.massMailSenders ?? []), message.from])].filter(Boolean);
  return (
    <section className="card mailing__step" aria-label="Message">
      {data?.massMailSenders.length === 0 && (
        <Notice
          tone="warn"
          action={
            <Link to="/settings" hash="supportEmail">
              Go to Settings
            </Link>
          }
        >
          Without a Support Email nothing can be sent.
        </Notice>
      )}
      <Select
        label="From"
        description="Filled in with Default Email From. Another choice holds for this mailing alone."
        data={senders}
        value={message.from || null}
        allowDeselect={false}
        onChange={(from) => from && change({ from })}
        error={error('from')}
      />
      <TextInput
        label="Subject"
        value={message.subject}
        maxLength={300}
        onChange={(event) => change({ subject: event.currentTarget.value })}
        error={error('subject')}
      />
      <Suspense fallback={<SkeletonLines count={6} />}>
        <MailingBody
          initial={{ html: message.html, text: message.text }}
          placeholders={campaign.placeholders}
          onChange={change}
        />
      </Suspense>
      {(error('html') ?? error('text')) && <Notice tone="bad">{error('html') ?? error('text')}</Notice>}
      <p className="second">
        A placeholder such as <code>{'{{first_name|there}}'}</code> is filled in for each recipient; the word behind the
        bar stands where nothing is known. A line to unsubscribe is added unless you place{' '}
        <code>{'{{unsubscribe_link}}'}</code> yourself.
      </p>
    </section>
  );
}
