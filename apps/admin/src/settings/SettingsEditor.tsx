import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useBlocker, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import type { SettingsFieldsFragment } from '../gql/graphql.ts';
import { useActions } from '../ui/actions/registry.ts';
import { EmptyState, Notice } from '../ui/Notice.tsx';
import { sayDone } from '../ui/undo.tsx';
import { ConnectionTest } from './ConnectionTest.tsx';
import { DkimFields } from './DkimFields.tsx';
import { KeyFields } from './KeyFields.tsx';
import { MailboxFields, SendingFields } from './MailboxFields.tsx';
import { OutgoingFields } from './OutgoingFields.tsx';
import { SaveBar } from './SaveBar.tsx';
import { countChanges, toValues } from './settings-form.ts';
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
import { type SettingsForm, useSettingsForm } from './use-settings-form.ts';

interface Part {
  id: string;
  title: string;
  /** Further words that the search finds: labels inside, older names. */
  words: string;
  body: ReactNode;
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

function partsOf(form: SettingsForm, stored: SettingsFieldsFragment, bases: readonly BaseChoice[]): Part[] {
  return [
    {
      id: 'addresses',
      title: 'Addresses',
      words: 'support email default email from sender',
      body: <AddressFields form={form} />,
    },
    {
      id: 'receiving',
      title: 'Receiving mail',
      words: 'pop3 host port user password mailbox test connection tls collect',
      body: (
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
      body: (
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
      body: <TemplateLinks />,
    },
    {
      id: 'closing',
      title: 'Closing tickets',
      words: 'automatically close answered tickets after days never immediately close notice tell requesters closed',
      body: <ClosingFields form={form} />,
    },
    {
      id: 'ticketCenter',
      title: 'Ticket Center Settings',
      words: 'tickets center sections show answered on hold hidden',
      body: <SectionFields form={form} />,
    },
    {
      id: 'knowledge',
      title: 'Knowledge and suggestions',
      words: 'default knowledgebase support knowledge base max suggestions articles least match coverage floor',
      body: <KnowledgeFields form={form} bases={bases} />,
    },
    {
      id: 'matching',
      title: 'Confirmations and follow-ups',
      words:
        "don't send confirmation emails trouble tickets do not check e-mail address subject autoresponder try a letter authentication-results signed address",
      body: (
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
      body: <SenderFields form={form} />,
    },
    {
      id: 'encryption',
      title: 'Encryption',
      words: 'pgp private key code phrase passphrase openpgp gpg',
      body: <KeyFields form={form} keys={stored.pgpKeys} />,
    },
  ];
}

/** Asks before changes are lost: on another page of the app, and when the tab is closed. */
function useLeaveGuard(changes: number) {
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      changes > 0 && current.pathname !== next.pathname && !window.confirm('Leave without saving your changes?'),
    enableBeforeUnload: () => changes > 0,
  });
}

/** Goes to the part or field that the address names after #. */
function useHashTarget() {
  const { hash } = useLocation();
  useEffect(() => {
    const target = hash ? document.getElementById(hash) : null;
    target?.scrollIntoView({ block: target.tagName === 'SECTION' ? 'start' : 'center' });
    if (target instanceof HTMLInputElement) target.focus({ preventScroll: true });
  }, [hash]);
}

/** The page once the settings are read: index and search at the left, all parts in one column, the save bar below. */
export function SettingsEditor({ stored, bases }: { stored: SettingsFieldsFragment; bases: readonly BaseChoice[] }) {
  const settings = useSettingsForm(stored);
  const { form, before, save, discard, isSaving, summary, trouble, focusField } = settings;
  const [sought, setSought] = useState('');
  const changes = countChanges(form.getValues(), before);
  const onSave = async () => {
    const saved = await save();
    if (saved) sayDone(`Settings saved. Mail is collected every ${saved.pollIntervalSeconds} s.`);
  };
  useLeaveGuard(changes);
  useHashTarget();
  useActions([
    {
      id: 'save',
      label: 'Save settings',
      group: 'Settings',
      keys: ['Ctrl S'],
      worksInFields: true,
      run: () => void onSave(),
    },
  ]);

  const parts = partsOf(form, stored, bases);
  const words = sought.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  const shown = parts.filter((part) =>
    words.every((word) => `${part.title} ${part.words}`.toLowerCase().includes(word)),
  );
  return (
    <div className="settings">
      <nav className="settings__index" aria-label="Settings">
        <TextInput
          aria-label="Search settings"
          placeholder="Search settings"
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
        <ul>
          {shown.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
          <li className="settings__other">
            <Link to="/settings/try-a-letter">Try a letter</Link>
          </li>
          <li>
            <Link to="/api-tokens">API tokens</Link>
          </li>
        </ul>
      </nav>
      <div className="settings__column">
        <form
          className="settings__form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void onSave();
          }}
        >
          <h1>Settings</h1>
          {trouble && <Notice tone="bad">{trouble}</Notice>}
          {summary.length > 0 && (
            <Notice tone="bad">
              <strong>Not saved yet. Please look at:</strong>
              <ul className="error-summary">
                {summary.map(({ path, message }) => (
                  <li key={path}>
                    <button type="button" className="text-button" onClick={() => focusField(path)}>
                      {message}
                    </button>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          {stored.problems.map(({ field, message }) => (
            <Notice key={message} tone="warn">
              {message} {field && <a href={`#${field}`}>Fix</a>}
            </Notice>
          ))}
          {shown.length === 0 && <EmptyState title="No setting matches" />}
          {shown.map(({ id, title, body }) => (
            <section key={id} id={id} className="settings__part card" aria-labelledby={`${id}-title`}>
              <h2 id={`${id}-title`}>{title}</h2>
              <div className="form-stack">{body}</div>
            </section>
          ))}
        </form>
        {changes > 0 && (
          <SaveBar changes={changes} isSaving={isSaving} onSave={() => void onSave()} onDiscard={discard} />
        )}
      </div>
    </div>
  );
}
