import { Checkbox, NumberInput, Radio, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { formatCount, plural } from '../ui/format.ts';
import { storedDays } from './settings-form.ts';
import { toDomains, toDomainsOrAddresses } from './tag-lists.ts';
import type { SettingsForm } from './use-settings-form.ts';

interface FormProps {
  form: SettingsForm;
}

/** Immediately, after some days, or never. */
export function ClosingFields({ form }: FormProps) {
  const values = form.getValues();
  const stored = storedDays(values);
  return (
    <>
      <Radio.Group
        label="Automatically Close Answered Tickets After … Days"
        description={`A customer's answer opens the ticket again. Stored value: ${stored === null ? 'empty' : Number.isNaN(stored) ? '…' : stored}.`}
        {...form.getInputProps('closeMode')}
      >
        <div className="form-stack radio-stack">
          <Radio value="immediately" label="Immediately" />
          <div className="form-row radio-row">
            <Radio value="after" label="After" />
            <NumberInput
              id="closeDays"
              aria-label="Days until answered tickets close"
              className="field-tiny"
              min={1}
              max={3650}
              allowDecimal={false}
              disabled={values.closeMode !== 'after'}
              {...form.getInputProps('closeDays')}
            />
            <span>days</span>
          </div>
          <Radio value="never" label="Never" />
        </div>
      </Radio.Group>
      <Checkbox
        id="sendCloseNotice"
        label="Tell requesters by mail when their ticket is closed"
        description="Once a day at most for each ticket, and only where we have answered. The words stand under Templates."
        {...form.getInputProps('sendCloseNotice', { type: 'checkbox' })}
      />
      <Link to="/settings/templates" search={{ kind: 'close-notice' }}>
        Preview the close notice
      </Link>
    </>
  );
}

/** Which sections the Tickets Center shows, with a small picture of the outcome. */
export function SectionFields({ form }: FormProps) {
  const { showAnswered, showOnHold } = form.getValues();
  return (
    <div className="with-preview">
      <div className="form-stack">
        <p className="second">Sections shown in the Tickets Center for everybody.</p>
        <Switch id="showAnswered" label="Show Answered" {...form.getInputProps('showAnswered', { type: 'checkbox' })} />
        <Switch id="showOnHold" label="Show On Hold" {...form.getInputProps('showOnHold', { type: 'checkbox' })} />
      </div>
      <div className="center-preview card" aria-hidden="true">
        <span>Main queue</span>
        {showAnswered && <span>Answered</span>}
        {showOnHold && <span>On Hold</span>}
      </div>
    </div>
  );
}

/** A knowledge base to choose. */
export interface BaseChoice {
  id: string;
  name: string;
  staffOnly: boolean;
}

const STAFF_ONLY = 'End users cannot see this base. Choose another or publish it.';

/** The two knowledge bases, how many suggestions, and how well they must fit. */
export function KnowledgeFields({ form, bases }: FormProps & { bases: readonly BaseChoice[] }) {
  const data = bases.map(({ id, name, staffOnly }) => ({
    value: id,
    label: staffOnly ? `${name} (staff only)` : name,
  }));
  const { defaultKnowledgeBaseId, defaultSupportKnowledgeBaseId } = form.getValues();
  const isHidden = bases.some(({ id, staffOnly }) => id === defaultKnowledgeBaseId && staffOnly);
  const { error, ...defaultBase } = form.getInputProps('defaultKnowledgeBaseId');
  return (
    <>
      <Select
        id="defaultKnowledgeBaseId"
        label="Default KnowledgeBase"
        description="Shown to end users, administrators and assistants."
        placeholder="None"
        clearable
        data={data}
        {...defaultBase}
        error={isHidden ? STAFF_ONLY : error}
      />
      {bases.length === 0 && (
        <p className="field-note">
          There is no knowledge base yet. <Link to="/knowledge">Make one</Link>
        </p>
      )}
      <Select
        id="defaultSupportKnowledgeBaseId"
        label="Default Support KnowledgeBase"
        description="Answers for tickets are suggested from this base."
        placeholder="None"
        clearable
        data={data}
        {...form.getInputProps('defaultSupportKnowledgeBaseId')}
      />
      {!defaultSupportKnowledgeBaseId && <p className="field-note">No suggestions will appear.</p>}
      <NumberInput
        id="maxSuggestions"
        className="field-tiny"
        label="Max Suggestions"
        description="The most answers suggested for one ticket. 0 turns suggestions off."
        min={0}
        max={20}
        allowDecimal={false}
        {...form.getInputProps('maxSuggestions')}
      />
      <NumberInput
        id="suggestionFloor"
        className="field-tiny"
        label="Least match for a suggestion"
        description="Weaker suggestions stay away. The higher, the fewer and the surer."
        min={0}
        max={100}
        suffix=" %"
        allowDecimal={false}
        {...form.getInputProps('suggestionFloor')}
      />
    </>
  );
}

/** Confirmations, and how a follow-up finds its ticket. */
export function MatchingFields({ form, stopped }: FormProps & { stopped: number }) {
  const { suppressConfirmations, ignoreSenderAddress, signedReplyAddress } = form.getValues();
  return (
    <>
      <Checkbox
        id="suppressConfirmations"
        label="Don't send confirmation emails for received Trouble Tickets"
        description="With this box unticked each new ticket is confirmed once. Automatic mail is never confirmed, and a budget per sender ends any exchange with an autoresponder."
        {...form.getInputProps('suppressConfirmations', { type: 'checkbox' })}
      />
      {!suppressConfirmations && (
        <p className="field-note">
          Confirmations are sent. A sender whose autoresponder ignores the rules for automatic mail could answer one;
          the budget then stops the exchange.
        </p>
      )}
      <p className="second">
        <Link to="/settings/templates" search={{ kind: 'confirmation' }}>
          Preview the confirmation
        </Link>
        {' · '}
        {stopped === 0
          ? 'No confirmation was stopped in the last 7 days.'
          : `${plural(stopped, 'confirmation')} ${stopped === 1 ? 'was' : 'were'} stopped in the last 7 days: automatic mail, an unknown sender, or the budget.`}
      </p>
      <Checkbox
        id="ignoreSenderAddress"
        label="Do not check e-mail address"
        description="Match follow-ups by subject only, so that a reply from another address joins its ticket."
        {...form.getInputProps('ignoreSenderAddress', { type: 'checkbox' })}
      />
      {ignoreSenderAddress && <p className="field-note">Two customers with the same subject could be mixed.</p>}
      <NumberInput
        id="subjectMatchDays"
        classNames={{ wrapper: 'field-tiny' }}
        label="Days by subject"
        description="A follow-up that names its ticket by the subject alone joins it if something happened there within so many days."
        min={1}
        max={3650}
        allowDecimal={false}
        {...form.getInputProps('subjectMatchDays')}
      />
      <TextInput
        id="authservId"
        label="Checking mail server"
        description="The name that your own mail server writes into Authentication-Results, like mx.example.com. With it, answers that your assistants write from their mail program are known as theirs, and forged senders are marked."
        placeholder="None is believed"
        autoComplete="off"
        {...form.getInputProps('authservId')}
      />
      <Checkbox
        id="signedReplyAddress"
        label="Ask for answers to a signed address"
        description="Mails carry Reply-To: support+…, which names the ticket even where a mail program drops everything else."
        {...form.getInputProps('signedReplyAddress', { type: 'checkbox' })}
      />
      {signedReplyAddress && (
        <p className="field-note">
          Only for mailboxes that take sub-addresses: send yourself a mail to support+test first.
        </p>
      )}
    </>
  );
}

/** The domains that are red, and the senders that are blocked. */
export function SenderFields({ form }: FormProps) {
  const { highlightEntries, spamEntries } = form.getValues();
  return (
    <>
      <TagsInput
        id="highlightEntries"
        label={`Highlight E-mails (${formatCount(highlightEntries.length)})`}
        description="Tickets from these domains are red in the main queue, with a Priority label."
        placeholder="acme.com"
        splitChars={[',', ';', ' ', '\n']}
        acceptValueOnBlur
        {...form.getInputProps('highlightEntries')}
        onChange={(entries) => form.setFieldValue('highlightEntries', toDomains(entries))}
      />
      <TagsInput
        id="spamEntries"
        label={`Spam E-mails (${formatCount(spamEntries.length)})`}
        description="Mail from here is blocked. Blocked mail stays 30 days under Mail collection."
        placeholder="acme.com or sender@acme.com"
        splitChars={[',', ';', ' ', '\n']}
        acceptValueOnBlur
        {...form.getInputProps('spamEntries')}
        onChange={(entries) => form.setFieldValue('spamEntries', toDomainsOrAddresses(entries))}
      />
    </>
  );
}
