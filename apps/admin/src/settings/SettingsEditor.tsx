import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link, useBlocker, useLocation } from '@tanstack/react-router';
import { memo, useEffect, useState } from 'react';
import type { SettingsFieldsFragment } from '../gql/graphql.ts';
import { useActions } from '../ui/actions/registry.ts';
import { EmptyState, Notice } from '../ui/Notice.tsx';
import { sayDone } from '../ui/undo.tsx';
import { SaveBar } from './SaveBar.tsx';
import { countChanges } from './settings-form.ts';
import { type Drawn, type Part, settingsParts } from './settings-parts.tsx';
import type { BaseChoice } from './TicketFields.tsx';
import { type SettingsForm, useSettingsForm } from './use-settings-form.ts';

interface PartBodyProps extends Drawn {
  part: Part;
  /** The values and errors that the part reads; the others may be old in it. */
  state: string;
}

/** A part is drawn anew only when something that it reads has changed, so that typing stays quick however long the page is. */
const PartBody = memo(
  ({ part, form, stored, bases }: PartBodyProps) => part.body({ form, stored, bases }),
  (before, after) =>
    before.part === after.part &&
    before.state === after.state &&
    before.stored === after.stored &&
    before.bases === after.bases,
);

/** What of the form a part reads, as one text. */
function stateOf({ reads }: Part, form: SettingsForm): string {
  const values = form.getValues();
  return JSON.stringify(reads.map((field) => [values[field], form.errors[field]]));
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

  const words = sought.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  const shown = settingsParts.filter((part) =>
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
          {shown.map((part) => {
            const { id, title } = part;
            return (
              <section key={id} id={id} className="settings__part card" aria-labelledby={`${id}-title`}>
                <h2 id={`${id}-title`}>{title}</h2>
                <div className="form-stack">
                  <PartBody part={part} form={form} stored={stored} bases={bases} state={stateOf(part, form)} />
                </div>
              </section>
            );
          })}
        </form>
        {changes > 0 && (
          <SaveBar changes={changes} isSaving={isSaving} onSave={() => void onSave()} onDiscard={discard} />
        )}
      </div>
    </div>
  );
}
