import { useMutation } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type BaseFieldsFragment, ImportMarkdownDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

const MOST_IN_ONE_REQUEST = 100;
/** Requests are at most 2 MB; signs of other alphabets take up to three bytes. */
const MOST_BYTES_IN_ONE_REQUEST = 1_000_000;
const LARGEST_FILE_BYTES = 200_000;

interface Outcome {
  added: number;
  updated: number;
  unchanged: number;
  problems: { name: string; message: string }[];
}

interface ImportDialogProps {
  base: BaseFieldsFragment;
  onClose: () => void;
  onImported: () => void;
}

/** Files in portions that one request can carry. */
function portionsOf(files: readonly { name: string; text: string }[]): { name: string; text: string }[][] {
  const portions: { name: string; text: string }[][] = [];
  let bytes = 0;
  for (const file of files) {
    const size = new Blob([file.text]).size;
    const last = portions.at(-1);
    if (!last || last.length >= MOST_IN_ONE_REQUEST || bytes + size > MOST_BYTES_IN_ONE_REQUEST) {
      portions.push([file]);
      bytes = size;
    } else {
      last.push(file);
      bytes += size;
    }
  }
  return portions;
}

/** Takes Markdown files, dropped or chosen, and says for each that was not taken why. */
export function ImportDialog({ base, onClose, onImported }: ImportDialogProps) {
  const [send] = useMutation(ImportMarkdownDocument);
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const take = async (list: readonly File[]) => {
    const found: Outcome = { added: 0, updated: 0, unchanged: 0, problems: [] };
    const files: { name: string; text: string }[] = [];
    setBusy(true);
    setTrouble(null);
    setOutcome(null);
    for (const file of list) {
      if (!/\.(md|markdown|txt)$/i.test(file.name))
        found.problems.push({ name: file.name, message: 'Not a Markdown file (.md).' });
      else if (file.size > LARGEST_FILE_BYTES)
        found.problems.push({ name: file.name, message: 'Too large: an article is at most 40,000 characters.' });
      else files.push({ name: file.name, text: await file.text() });
    }
    try {
      for (const portion of portionsOf(files)) {
        const { data } = await send({ variables: { input: { knowledgeBaseId: base.id, files: portion } } });
        if (!data) continue;
        const { added, updated, unchanged, problems } = data.importMarkdown;
        found.added += added;
        found.updated += updated;
        found.unchanged += unchanged;
        found.problems.push(...problems);
      }
    } catch (error) {
      setTrouble(explain(error).message);
    }
    setOutcome(found);
    setBusy(false);
    if (found.added + found.updated > 0) onImported();
  };

  return (
    <Modal opened onClose={onClose} title={`Import into ${base.name}`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="form-stack">
        <label
          className="drop-place"
          data-over={isOver || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            void take([...event.dataTransfer.files]);
          }}
        >
          <IconFileUpload size={28} stroke={1.4} aria-hidden="true" />
          <span>
            <strong>{isBusy ? 'Importing…' : 'Drop Markdown files here, or choose them'}</strong>
          </span>
          <span className="second">
            Title, keywords, category and more are read from the front matter. They become drafts unless it says
            “published: true”.
          </span>
          <input
            type="file"
            className="visually-hidden"
            multiple
            accept=".md,.markdown,.txt"
            disabled={isBusy}
            onChange={(event) => void take([...(event.currentTarget.files ?? [])])}
          />
        </label>
        {trouble && <Notice tone="bad">{trouble} What was taken before is kept.</Notice>}
        {outcome && (
          <Notice tone={outcome.problems.length > 0 ? 'warn' : 'good'}>
            {plural(outcome.added, 'article')} added, {formatCount(outcome.updated)} updated,{' '}
            {formatCount(outcome.unchanged)} unchanged
            {outcome.problems.length > 0 && (
              <ul className="error-summary">
                {outcome.problems.map(({ name, message }, at) => (
                  <li key={`${name}-${at.toString()}`}>
                    <strong>{name}</strong>: {message}
                  </li>
                ))}
              </ul>
            )}
          </Notice>
        )}
        <div className="form-actions">
          <Button onClick={onClose}>{outcome ? 'Done' : 'Cancel'}</Button>
        </div>
      </div>
    </Modal>
  );
}
