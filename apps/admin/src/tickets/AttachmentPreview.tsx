import { Drawer } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { MessageCardFragment } from '../gql/graphql.ts';
import { IconButton } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { previewOf } from './attachment-kinds.ts';
import { useStart } from './RawSource.tsx';

type Attachment = MessageCardFragment['attachments'][number];
const MOST_TEXT = 256 * 1024;

interface AttachmentPreviewProps {
  /** Those that can be looked at. */
  files: readonly Attachment[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
}

/** A file looked at without opening it: a picture as the server knows it by its bytes, or letters. The arrow keys go on to the next. */
export function AttachmentPreview({ files, at, onMove, onClose }: AttachmentPreviewProps) {
  const file = files[at];
  if (!file) return null;
  const move = (by: number) => onMove((at + by + files.length) % files.length);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={720}
      title={<span dir="auto">{file.name}</span>}
      closeButtonProps={{ 'aria-label': 'Close' }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1);
        if (event.key === 'ArrowLeft') move(-1);
      }}
    >
      <div className="form-stack">
        <div className="form-actions">
          <a className="button" href={file.url} download={file.name}>
            <IconDownload size={16} aria-hidden="true" /> Download
          </a>
          <span className="second">{formatBytes(file.sizeBytes)}</span>
          {files.length > 1 && (
            <>
              <IconButton label="Previous file" onClick={() => move(-1)}>
                <IconArrowLeft size={17} aria-hidden="true" />
              </IconButton>
              <span className="second">
                {at + 1} of {files.length}
              </span>
              <IconButton label="Next file" onClick={() => move(1)}>
                <IconArrowRight size={17} aria-hidden="true" />
              </IconButton>
            </>
          )}
        </div>
        {previewOf(file) === 'picture' ? <Picture key={file.id} file={file} /> : <Letters key={file.id} file={file} />}
      </div>
    </Drawer>
  );
}

function Picture({ file }: { file: Attachment }) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken)
    return <Notice tone="bad">This file is no picture that can be shown here. Download it to look at it.</Notice>;
  return <img className="attachment-picture" src={file.url} alt={file.name} onError={() => setBroken(true)} />;
}

function Letters({ file }: { file: Attachment }) {
  const start = useStart(file.url, MOST_TEXT);
  if (start === undefined) return <SkeletonLines count={8} />;
  if (start === 'failed') return <Notice tone="bad">The file could not be read. Download it instead.</Notice>;
  if (start.text.includes('\0')) return <Notice>This file does not hold text. Download it to open it.</Notice>;
  if (start.text === '') return <Notice>This file is empty.</Notice>;
  return (
    <>
      {start.isCut && <Notice>First {formatBytes(MOST_TEXT)} shown. Download all.</Notice>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre className="raw-source" dir="auto" tabIndex={0}>
        {start.text}
      </pre>
    </>
  );
}
