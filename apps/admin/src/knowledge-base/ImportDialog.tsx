import { useMutation } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type BaseFieldsFragment, ImportMarkdownDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { type MarkdownFile, markdownFilesIn } from './markdown-files.ts';

const MOST_IN_ONE_REQUEST = 100;
/** Requests are at most 2 MB; signs of other alphabets take up to three bytes. */
const MOST_BYTES_IN_ONE_REQUEST = 1_000_000;

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

/** Takes Markdown files, or an archive of them, dropped or chosen, and says for each that was not taken why. */
export function ImportDialog({ base, onClose, onImported }: ImportDialogProps) {
  const [send] = useMutation(ImportMarkdownDocument);
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [read, setRead] = useState(0);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const take = async (list: readonly File[]) => {
    if (isBusy || list.length === 0) return;
    const found: Outcome = { added: 0, updated: 0, unchanged: 0, problems: [] };
    setBusy(true);
    setTrouble(null);
    setOutcome(null);
    setRead(0);
    let portion: MarkdownFile[] = [];
    let bytes = 0;
    const sendPortion = async () => {
      if (portion.length === 0) return;
      const { data } = await send({ variables: { input: { knowledgeBaseId: base.id, files: portion } } });
      setRead((before) => before + portion.length);
      [portion, bytes] = [[], 0];
      if (!data) return;
      const { added, updated, unchanged, problems } = data.importMarkdown;
      found.added += added;
      found.updated += updated;
      found.unchanged += unchanged;
      found.problems.push(...problems);
    };
    try {
      for await (const file of markdownFilesIn(list, (problem) => found.problems.push(problem))) {
        const size = new Blob([file.text]).size;
        if (portion.length >= MOST_IN_ONE_REQUEST || bytes + size > MOST_BYTES_IN_ONE_REQUEST) await sendPortion();
        portion.push(file);
        bytes += size;
      }
      await sendPortion();
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
            <strong>
              {isBusy
                ? `Importing… ${plural(read, 'file')} so far`
                : 'Drop Markdown files or an exported archive here, or choose them'}
            </strong>
          </span>
          <span className="second">
            Title, keywords, category and more are read from the front matter. They become drafts unless it says
            “published: true”.
          </span>
          <input
            type="file"
            className="visually-hidden"
            multiple
            accept=".md,.markdown,.txt,.gz,.tgz"
            disabled={isBusy}
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])];
              // So that the same file can be chosen again.
              event.currentTarget.value = '';
              void take(files);
            }}
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
