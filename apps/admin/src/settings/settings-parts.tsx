import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SettingsFieldsFragment } from '../gql/graphql.ts';
import { ConnectionTest } from './ConnectionTest.tsx';
import { DkimFields } from './DkimFields.tsx';
import { KeyFields } from './KeyFields.tsx';
import { MailboxFields, SendingFields } from './MailboxFields.tsx';
import { OutgoingFields } from './OutgoingFields.tsx';
import { type SettingsValues, toValues } from './settings-form.ts';
import { TemplateLinks } from './TemplateLinks.tsx';
import { TestMail } from './TestMail.tsx';
import {
  type BaseChoice,
  ClosingFields,
  KnowledgeFields,
  MatchingFields,
  SectionFields,
  SenderFields,
} from './TicketFields.tsx';
import { TryWithUnsaved } from './TryWithUnsaved.tsx';
import type { SettingsForm } from './use-settings-form.ts';

/** What a part is drawn from. */
export interface Drawn {
  form: SettingsForm;
  stored: SettingsFieldsFragment;
  bases: readonly BaseChoice[];
}

/** One part of the page. */
export interface Part {
  id: string;
  title: string;
  /** Further words that the search finds: labels inside, older names. */
  words: string;
  /** The fields that the part shows or looks at: it is drawn anew when one of them or its error changes, and not at each key typed elsewhere. */
  reads: readonly (keyof SettingsValues)[];
  body: (drawn: Drawn) => ReactNode;
}

function AddressFields({ form }: { form: SettingsForm }) {
  return (
    <>
      <TextInput
        id="supportEmail"
        label="Support Email"
        description="Customers write to this address, and replies come from it."
        type="email"
        autoComplete="off"
        {...form.getInputProps('supportEmail')}
      />
      <TextInput
        id="defaultEmailFrom"
        label="Default Email From"
        description="Filled in as From for mass mail. You can change it for each mail."
        type="email"
        autoComplete="off"
        {...form.getInputProps('defaultEmailFrom')}
      />
    </>
  );
}

/** All parts in their order. */
export const settingsParts: readonly Part[] = [
  {
    id: 'addresses',
    title: 'Addresses',
    words: 'support email default email from sender',
    reads: ['supportEmail', 'defaultEmailFrom'],
    body: ({ form }) => <AddressFields form={form} />,
  },
  {
    id: 'receiving',
    title: 'Receiving mail',
    words: 'pop3 host port user password mailbox test connection tls collect',
    reads: ['supportEmail', 'pop3Host', 'pop3Port', 'pop3Security', 'pop3User', 'pop3Password', 'pollIntervalSeconds'],
    body: ({ form, stored }) => (
      <>
        <MailboxFields form={form} hasPassword={stored.pop3PasswordIsSet} />
        <ConnectionTest values={form.getValues()} />
      </>
    ),
  },
  {
    id: 'sending',
    title: 'Sending mail',
    words:
      'smtp host port user password outgoing relay send a test mail rate limit mails per minute connections undo seconds take back dkim domain selector key dns signature sign',
    reads: [
      'supportEmail',
      'smtpHost',
      'smtpPort',
      'smtpSecurity',
      'smtpUser',
      'smtpPassword',
      'mailsPerMinute',
      'smtpConnections',
      'undoSeconds',
      'dkimDomain',
      'dkimSelector',
      'dkimPrivateKey',
    ],
    body: ({ form, stored }) => (
      <>
        <SendingFields form={form} hasPassword={stored.smtpPasswordIsSet} />
        <TestMail values={form.getValues()} />
        <h3>Rate and undo</h3>
        <OutgoingFields form={form} />
        <h3>Signature of the desk (DKIM)</h3>
        <DkimFields form={form} stored={stored} />
      </>
    ),
  },
  {
    id: 'templates',
    title: 'Templates',
    words: 'templates words confirmation reply frame close notice placeholders preview signature',
    reads: [],
    body: () => <TemplateLinks />,
  },
  {
    id: 'closing',
    title: 'Closing tickets',
    words: 'automatically close answered tickets after days never immediately close notice tell requesters closed',
    reads: ['closeMode', 'closeDays', 'sendCloseNotice'],
    body: ({ form }) => <ClosingFields form={form} />,
  },
  {
    id: 'ticketCenter',
    title: 'Ticket Center Settings',
    words: 'tickets center sections show answered on hold hidden',
    reads: ['showAnswered', 'showOnHold'],
    body: ({ form }) => <SectionFields form={form} />,
  },
  {
    id: 'knowledge',
    title: 'Knowledge and suggestions',
    words: 'default knowledgebase support knowledge base max suggestions articles least match coverage floor',
    reads: ['defaultKnowledgeBaseId', 'defaultSupportKnowledgeBaseId', 'maxSuggestions', 'suggestionFloor'],
    body: ({ form, bases }) => <KnowledgeFields form={form} bases={bases} />,
  },
  {
    id: 'matching',
    title: 'Confirmations and follow-ups',
    words:
      "don't send confirmation emails trouble tickets do not check e-mail address subject autoresponder try a letter authentication-results signed address",
    reads: [
      'suppressConfirmations',
      'ignoreSenderAddress',
      'subjectMatchDays',
      'authservId',
      'signedReplyAddress',
      'supportEmail',
      'closeMode',
      'closeDays',
      'highlightEntries',
      'spamEntries',
    ],
    body: ({ form, stored }) => (
      <>
        <MatchingFields form={form} stopped={stored.confirmationsStopped} />
        <TryWithUnsaved values={form.getValues()} before={toValues(stored)} />
      </>
    ),
  },
  {
    id: 'senders',
    title: 'Priority and spam',
    words: 'highlight e-mails spam block domain list red',
    reads: ['highlightEntries', 'spamEntries'],
    body: ({ form }) => <SenderFields form={form} />,
  },
  {
    id: 'encryption',
    title: 'Encryption',
    words: 'pgp private key code phrase passphrase openpgp gpg',
    reads: ['pgpPrivateKey', 'pgpPassphrase', 'keepOpenedText'],
    body: ({ form, stored }) => <KeyFields form={form} keys={stored.pgpKeys} />,
  },
];
