import { useMutation, useQuery } from '@apollo/client/react';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { PreviewTemplateDocument, SaveMailTemplateDocument, type TemplateFieldsFragment } from '../gql/graphql.ts';
import { useActions } from '../ui/actions/registry.ts';
import { Button } from '../ui/Button.tsx';
import { formatDay } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { SafeHtml } from '../ui/SafeHtml.tsx';
import { TemplateField } from '../ui/TemplateField.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useDebounced } from '../ui/use-debounced.ts';

const TYPING_MS = 250;

interface TemplateEditorProps {
  template: TemplateFieldsFragment;
  title: string;
  about: string;
}

/** Asks before unsaved words are lost, also on the way to another template. */
function useLeaveGuard(isChanged: boolean) {
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isChanged &&
      (current.pathname !== next.pathname || JSON.stringify(current.search) !== JSON.stringify(next.search)) &&
      !window.confirm('Leave without saving your changes?'),
    enableBeforeUnload: () => isChanged,
  });
}

/** What the server makes of the words as they stand, and its objection where it has one. */
function usePreview(kind: TemplateFieldsFragment['kind'], text: string) {
  const rested = useDebounced(text, TYPING_MS);
  const { data, previousData, error, loading } = useQuery(PreviewTemplateDocument, {
    variables: { kind, text: rested },
    fetchPolicy: 'no-cache',
  });
  const problem = error ? explain(error) : null;
  return {
    preview: (data ?? previousData)?.previewTemplate,
    mistake: problem?.fields[0]?.message ?? null,
    trouble: problem && problem.fields.length === 0 ? problem.message : null,
    isBusy: loading || rested !== text,
  };
}

/** The words of one kind of mail, with their placeholders, beside a mail made of them. */
export function TemplateEditor({ template, title, about }: TemplateEditorProps) {
  const { kind, isDefault, updatedAt, placeholders } = template;
  const [text, setText] = useState(template.text);
  const [save, { loading }] = useMutation(SaveMailTemplateDocument);
  const { preview, mistake, trouble, isBusy } = usePreview(kind, text);
  const [refusal, setRefusal] = useState<string | null>(null);
  const isChanged = text !== template.text;
  useLeaveGuard(isChanged);

  const store = async (words: string | null) => {
    try {
      const { data } = await save({ variables: { input: { kind, text: words } } });
      if (data) setText(data.saveMailTemplate.text);
      setRefusal(null);
      return true;
    } catch (error) {
      const { fields, message } = explain(error);
      if (fields[0]) setRefusal(fields[0].message);
      else sayFailed(`${message} Nothing was saved; your words are still here.`);
      return false;
    }
  };
  const onSave = async () => {
    if (isChanged && (await store(text))) sayDone(`${title} saved. It holds from the next mail on.`);
  };
  const onReset = async () => {
    const before = template.text;
    if (await store(null)) sayDone('The built-in words hold again.', () => void store(before));
  };
  useActions([
    {
      id: 'save',
      label: `Save ${title.toLowerCase()}`,
      group: 'Templates',
      keys: ['Ctrl S'],
      worksInFields: true,
      run: () => void onSave(),
    },
  ]);
  return (
    <div className="with-mail-preview">
      <div className="form-stack">
        <p className="second">{about}</p>
        <TemplateField
          id="template"
          label={title}
          value={text}
          onChange={(words) => {
            setText(words);
            setRefusal(null);
          }}
          error={mistake ?? refusal}
          placeholders={placeholders}
          maxLength={20_000}
          minRows={10}
        />
        <div className="template-page__foot">
          <Button
            look="primary"
            disabled={!isChanged || mistake !== null}
            isBusy={loading}
            onClick={() => void onSave()}
          >
            Save <kbd className="kbd kbd--on-primary">Ctrl S</kbd>
          </Button>
          {isChanged && <Button onClick={() => setText(template.text)}>Discard</Button>}
          {!isDefault && <Button onClick={() => void onReset()}>Back to the built-in words</Button>}
          <span className="second">
            {isDefault ? 'The built-in words hold.' : updatedAt && `Changed ${formatDay(updatedAt)}.`}
          </span>
        </div>
      </div>
      <section className="card mail-preview" aria-label="Preview" aria-busy={isBusy}>
        <h2>So it will look</h2>
        {trouble && <Notice tone="bad">{trouble}</Notice>}
        {preview &&
          (kind === 'REPLY_FRAME' ? (
            <SafeHtml html={preview.html} className="mail-preview__text mail-preview__text--html" />
          ) : (
            <p className="mail-preview__text" dir="auto">
              {preview.text}
            </p>
          ))}
        <p className="second">
          {mistake
            ? 'Shows the last words without a mistake, filled in with an example.'
            : 'Filled in with an example.'}
        </p>
      </section>
    </div>
  );
}
