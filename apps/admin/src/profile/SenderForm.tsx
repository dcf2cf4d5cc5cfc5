import { useMutation, useQuery } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { explain, type FieldError } from '../apollo/errors.ts';
import { PreviewMySenderDocument, SaveMySenderDocument, type SenderFieldsFragment } from '../gql/graphql.ts';
import { useViewer } from '../session/use-session.ts';
import { useActions } from '../ui/actions/registry.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { TemplateField } from '../ui/TemplateField.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import { useDebounced } from '../ui/use-debounced.ts';

const TYPING_MS = 250;
const NONE: readonly FieldError[] = [];

/** How the viewer's mails would look with these words, and what the server has against them. */
function usePreview(displayName: string, signature: string) {
  const name = useDebounced(displayName, TYPING_MS);
  const words = useDebounced(signature, TYPING_MS);
  const { data, previousData, error, loading } = useQuery(PreviewMySenderDocument, {
    variables: { input: { displayName: name, signature: words } },
    fetchPolicy: 'no-cache',
  });
  const problem = error ? explain(error) : null;
  return {
    preview: (data ?? previousData)?.previewMySender,
    mistakes: problem?.fields ?? NONE,
    trouble: problem && problem.fields.length === 0 ? problem.message : null,
    isBusy: loading || name !== displayName || words !== signature,
  };
}

/** Name and signature of the viewer, beside a reply that is signed so. */
export function SenderForm({ stored }: { stored: SenderFieldsFragment }) {
  const viewer = useViewer();
  const [displayName, setDisplayName] = useState(stored.displayName);
  const [signature, setSignature] = useState(stored.signature);
  const [save, { loading }] = useMutation(SaveMySenderDocument);
  const { preview, mistakes, trouble, isBusy } = usePreview(displayName, signature);
  const isChanged = displayName !== stored.displayName || signature !== stored.signature;
  const mistakeOf = (field: string) => mistakes.find(({ path }) => path === field)?.message ?? null;
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isChanged && current.pathname !== next.pathname && !window.confirm('Leave without saving your changes?'),
    enableBeforeUnload: () => isChanged,
  });

  const onSave = async () => {
    if (!isChanged) return;
    try {
      const { data } = await save({ variables: { input: { displayName, signature } } });
      if (!data) return;
      setDisplayName(data.saveMySender.displayName);
      setSignature(data.saveMySender.signature);
      sayDone('Saved. Your next reply is signed so.');
    } catch (error) {
      const { fields, message } = explain(error);
      sayFailed(`${fields[0]?.message ?? message} Nothing was saved; your words are still here.`);
    }
  };
  useActions([
    {
      id: 'save',
      label: 'Save profile',
      group: 'Profile',
      keys: ['Ctrl S'],
      worksInFields: true,
      run: () => void onSave(),
    },
  ]);
  return (
    <div className="with-mail-preview">
      <form
        className="form-stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void onSave();
        }}
      >
        <TextInput
          id="displayName"
          label="Name in mails"
          description="Stands beside the Support Email in From. Empty: your name."
          placeholder={viewer.name}
          maxLength={120}
          autoComplete="off"
          value={displayName}
          onChange={(event) => setDisplayName(event.currentTarget.value)}
          error={mistakeOf('displayName')}
        />
        <TemplateField
          id="signature"
          label="Signature"
          description="Stands below each of your replies."
          value={signature}
          onChange={setSignature}
          error={mistakeOf('signature')}
          placeholders={stored.placeholders}
          minRows={4}
          maxLength={4000}
        />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={!isChanged || mistakes.length > 0} isBusy={loading}>
            Save <kbd className="kbd kbd--on-primary">Ctrl S</kbd>
          </Button>
          {isChanged && (
            <Button
              onClick={() => {
                setDisplayName(stored.displayName);
                setSignature(stored.signature);
              }}
            >
              Discard
            </Button>
          )}
        </div>
      </form>
      <section className="card mail-preview" aria-label="Preview" aria-busy={isBusy}>
        <h2>So it will look in a mail</h2>
        {trouble && <Notice tone="bad">{trouble}</Notice>}
        {preview && (
          <>
            <p className="mail-preview__head">
              <span className="second">From</span> {preview.from}
            </p>
            <p className="mail-preview__text" dir="auto">
              {preview.text}
            </p>
          </>
        )}
        <p className="second">An example reply, in the frame of the desk.</p>
      </section>
    </div>
  );
}
