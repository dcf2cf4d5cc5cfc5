import { useApolloClient, useMutation } from '@apollo/client/react';
import { SegmentedControl, TagsInput, Textarea, TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  type AudienceKind,
  CampaignDocument,
  type CampaignListFieldsFragment,
  SetCampaignRecipientsDocument,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ChosenRecipients } from './ChosenRecipients.tsx';
import { uploadList } from './upload-list.ts';
import '../ui/mantine-forms.css';

const kinds: { value: AudienceKind; label: string }[] = [
  { value: 'ALL', label: 'All customers' },
  { value: 'FILTER', label: 'A filter' },
  { value: 'LIST', label: 'A list' },
];

/** Who gets the mailing: everybody, those who fit a filter, or a list that is pasted or uploaded. */
export function RecipientsStep({ campaign }: { campaign: CampaignListFieldsFragment }) {
  const { audience } = campaign;
  const [kind, setKind] = useState<AudienceKind>(audience?.kind ?? 'ALL');
  const [domains, setDomains] = useState<string[]>(audience?.domains ?? []);
  const [after, setAfter] = useState(dayOf(audience?.contactedAfter));
  const [before, setBefore] = useState(dayOf(audience?.contactedBefore));
  const [about, setAbout] = useState(audience?.ticketAbout ?? '');
  const [addresses, setAddresses] = useState('');
  const [isUploading, setUploading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [fields, setFields] = useState<Record<string, string>>({});
  const [choose, { loading }] = useMutation(SetCampaignRecipientsDocument);
  const client = useApolloClient();
  const file = useRef<HTMLInputElement>(null);

  const attempt = async (work: () => Promise<unknown>) => {
    setProblem(null);
    setFields({});
    try {
      await work();
    } catch (error) {
      const { message, fields: wrong } = explain(error);
      setFields(Object.fromEntries(wrong.map((each) => [each.path, each.message])));
      setProblem(wrong.some(({ path }) => path !== 'kind') ? null : message);
    }
  };
  const onChoose = () =>
    attempt(() =>
      choose({
        variables: {
          input: {
            campaignId: campaign.id,
            kind,
            ...(kind === 'LIST' ? { addresses } : {}),
            ...(kind === 'FILTER'
              ? {
                  domains,
                  contactedAfter: startOf(after),
                  contactedBefore: startOf(before),
                  ticketAbout: about || null,
                }
              : {}),
          },
        },
      }),
    );
  const onFile = async (chosen: File | undefined) => {
    if (!chosen) return;
    setUploading(true);
    setProblem(await uploadList(campaign.id, chosen));
    await client.query({ query: CampaignDocument, variables: { id: campaign.id }, fetchPolicy: 'network-only' });
    setUploading(false);
    if (file.current) file.current.value = '';
  };

  return (
    <section className="card mailing__step" aria-label="Recipients">
      <SegmentedControl
        aria-label="Who gets it"
        data={kinds}
        value={kind}
        onChange={(value) => setKind(value as AudienceKind)}
      />
      {kind === 'ALL' && <p>Everybody the desk has had a ticket with.</p>}
      {kind === 'FILTER' && (
        <div className="form-stack">
          <TagsInput
            label="Domains"
            description="Addresses at one of these. Empty: any."
            placeholder="acme.com"
            value={domains}
            onChange={setDomains}
            splitChars={[',', ' ', ';']}
            error={fields.domains}
          />
          <div className="form-row">
            <TextInput
              type="date"
              label="Wrote since"
              value={after}
              onChange={(event) => setAfter(event.currentTarget.value)}
              error={fields.contactedAfter}
            />
            <TextInput
              type="date"
              label="Has not written since"
              value={before}
              onChange={(event) => setBefore(event.currentTarget.value)}
              error={fields.contactedBefore}
            />
          </div>
          <TextInput
            label="Had a ticket about"
            description="Words in the subject of one of their tickets."
            value={about}
            onChange={(event) => setAbout(event.currentTarget.value)}
            error={fields.ticketAbout}
          />
        </div>
      )}
      {kind === 'LIST' && (
        <div className="form-stack">
          <Textarea
            label="Addresses"
            description="One per line or separated by commas; names may stand before: Ann Lee <ann@example.com>."
            autosize
            minRows={5}
            maxRows={14}
            value={addresses}
            onChange={(event) => setAddresses(event.currentTarget.value)}
            error={fields.addresses}
          />
          <div className="form-row">
            <input
              ref={file}
              type="file"
              accept=".csv,.tsv,.txt,text/csv"
              className="visually-hidden"
              aria-label="CSV file"
              tabIndex={-1}
              onChange={(event) => void onFile(event.currentTarget.files?.[0])}
            />
            <Button
              icon={<IconUpload size={16} aria-hidden="true" />}
              isBusy={isUploading}
              onClick={() => file.current?.click()}
            >
              Upload a CSV instead
            </Button>
            <span className="second">
              The first line names the columns; one is called email. The others become placeholders.
            </span>
          </div>
        </div>
      )}
      {problem && <Notice tone="bad">{problem}</Notice>}
      <div className="form-actions">
        <Button
          look={campaign.audience ? 'default' : 'primary'}
          isBusy={loading}
          disabled={kind === 'LIST' && addresses.trim() === ''}
          onClick={() => void onChoose()}
        >
          {campaign.audience ? 'Choose these instead' : 'Choose these'}
        </Button>
      </div>
      {campaign.audience && <ChosenRecipients campaign={campaign} />}
    </section>
  );
}

/** A moment as a day of the reader's calendar, for a date field. */
function dayOf(iso: string | null | undefined): string {
  return iso ? new Date(iso).toLocaleDateString('sv') : '';
}

/** The beginning of that day where the reader is. */
function startOf(day: string): string | null {
  return day === '' ? null : new Date(`${day}T00:00`).toISOString();
}
