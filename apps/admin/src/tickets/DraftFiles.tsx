import { IconFile, IconPhoto, IconRefresh, IconX } from '@tabler/icons-react';
import { IconButton } from '../ui/Button.tsx';
import { formatBytes, plural } from '../ui/format.ts';
import { previewOf } from './attachment-kinds.ts';
import type { UploadedFile } from './reply-draft.ts';
import type { GoingUp } from './use-uploads.ts';

interface DraftFilesProps {
  /** What goes along as files beside the words. */
  files: readonly UploadedFile[];
  onRemove: (id: string) => void;
  /** Files of a forwarded message. */
  originals?: readonly UploadedFile[];
  onLeaveOut?: (id: string) => void;
  goingUp: readonly GoingUp[];
  onRetry: (key: string) => void;
  onCancel: (key: string) => void;
  lostFiles: number;
}

function FileTile({ file, note, onRemove }: { file: UploadedFile; note?: string; onRemove: () => void }) {
  const Icon = previewOf(file) === 'picture' ? IconPhoto : IconFile;
  return (
    <li className="draft-file">
      <Icon size={17} stroke={1.5} aria-hidden="true" />
      <span className="draft-file__words">
        <strong dir="auto" title={file.name}>
          {file.name}
        </strong>
        <span className="second">
          {formatBytes(file.sizeBytes)}
          {note && ` · ${note}`}
        </span>
      </span>
      <IconButton label={`Remove ${file.name}`} onClick={onRemove}>
        <IconX size={15} />
      </IconButton>
    </li>
  );
}

function RisingTile({ file, onRetry, onCancel }: { file: GoingUp; onRetry: () => void; onCancel: () => void }) {
  const { name, sizeBytes, progress, problem, canRetry } = file;
  const percent = Math.round(progress * 100);
  return (
    <li className={`draft-file${problem === null ? '' : ' draft-file--failed'}`}>
      <span className="draft-file__words" role={problem === null ? undefined : 'alert'}>
        <strong dir="auto" title={name}>
          {name}
        </strong>
        {problem === null ? (
          <span className="draft-file__progress second">
            <progress max={100} value={percent} aria-label={`Sending up ${name}`} />
            {percent} % of {formatBytes(sizeBytes)}
          </span>
        ) : (
          <span>{problem}</span>
        )}
      </span>
      {canRetry && (
        <IconButton label={`Try ${name} again`} onClick={onRetry}>
          <IconRefresh size={15} />
        </IconButton>
      )}
      <IconButton label={problem === null ? `Stop sending up ${name}` : `Remove ${name}`} onClick={onCancel}>
        <IconX size={15} />
      </IconButton>
    </li>
  );
}

/** The files of a mail that is being written: those that are there, those on their way, and those that did not come up and why. */
export function DraftFiles(props: DraftFilesProps) {
  const { files, originals = [], goingUp, lostFiles } = props;
  if (files.length + originals.length + goingUp.length + lostFiles === 0) return null;
  return (
    <ul className="draft-files" aria-label="Files that go along">
      {originals.map((file) => (
        <FileTile key={file.id} file={file} note="from the message" onRemove={() => props.onLeaveOut?.(file.id)} />
      ))}
      {files.map((file) => (
        <FileTile key={file.id} file={file} onRemove={() => props.onRemove(file.id)} />
      ))}
      {goingUp.map((file) => (
        <RisingTile
          key={file.key}
          file={file}
          onRetry={() => props.onRetry(file.key)}
          onCancel={() => props.onCancel(file.key)}
        />
      ))}
      {lostFiles > 0 && (
        <li className="draft-file draft-file--failed">
          {plural(lostFiles, 'file')} of this draft {lostFiles === 1 ? 'was' : 'were'} sent up in another session.
          Attach {lostFiles === 1 ? 'it' : 'them'} again.
        </li>
      )}
    </ul>
  );
}
