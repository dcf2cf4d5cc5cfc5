import { useMutation } from '@apollo/client/react';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { explain, type FieldError } from '../apollo/errors.ts';
import { SaveSettingsDocument, type SettingsFieldsFragment } from '../gql/graphql.ts';
import { formFieldFor, type SettingsValues, toInput, toValues } from './settings-form.ts';
import { settingsRules } from './settings-rules.ts';

/** The form of the settings or of a part of them. */
export type SettingsForm = ReturnType<typeof useSettingsForm>['form'];

/** Puts the cursor where the first mistake is. */
function focusField(name: string) {
  const field = document.getElementById(name);
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

/** A form over the stored settings: checks, saves what changed, and puts the server's objections under their fields. */
export function useSettingsForm(stored: SettingsFieldsFragment) {
  const [before, setBefore] = useState(() => toValues(stored));
  const [summary, setSummary] = useState<FieldError[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [saveSettings, { loading }] = useMutation(SaveSettingsDocument);
  const form = useForm<SettingsValues>({ initialValues: before, validate: settingsRules, validateInputOnBlur: true });

  const show = (fields: FieldError[]) => {
    setSummary(fields);
    if (fields[0]) focusField(fields[0].path);
  };
  /** Saves; answers the new settings, or null when something is not right. Checked are `only` these fields, or else those
   * that were changed: what is missing elsewhere is said on the page and keeps nobody from saving the rest. */
  const save = async (only?: readonly (keyof SettingsValues)[]): Promise<SettingsFieldsFragment | null> => {
    setTrouble(null);
    const isChecked = (path: keyof SettingsValues) =>
      only ? only.includes(path) : JSON.stringify(form.getValues()[path]) !== JSON.stringify(before[path]);
    const { errors } = form.validate();
    const mistakes = Object.entries(errors)
      .filter(([path, message]) => message && isChecked(path as keyof SettingsValues))
      .map(([path, message]) => ({ path, message: String(message) }));
    show(mistakes);
    if (mistakes.length > 0) return null;
    try {
      const { data } = await saveSettings({ variables: { input: toInput(form.getValues(), before) } });
      if (!data) return null;
      const fresh = toValues(data.saveSupportSettings);
      setBefore(fresh);
      form.setInitialValues(fresh);
      form.setValues(fresh);
      form.clearErrors();
      return data.saveSupportSettings;
    } catch (failure) {
      const { fields, message } = explain(failure);
      const known = fields.map((field) => ({ ...field, path: formFieldFor(field.path) }));
      for (const field of known) form.setFieldError(field.path, field.message);
      if (known.length === 0) setTrouble(`${message} Nothing was saved; your changes are still here.`);
      show(known);
      return null;
    }
  };
  const discard = () => {
    form.setValues(before);
    form.clearErrors();
    setSummary([]);
    setTrouble(null);
  };
  return { form, before, save, discard, isSaving: loading, summary, trouble, focusField };
}
