import { Modal } from '@mantine/core';
import {
  IconAlertTriangle,
  IconDownload,
  IconEye,
  IconFile,
  IconFileText,
  IconFileZip,
  IconMail,
  IconPhoto,
} from '@tabler/icons-react';
import { type MouseEvent, useState } from 'react';
import type { MessageCardFragment } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';
import { AttachmentPreview } from './AttachmentPreview.tsx';
import { isDangerous, previewOf } from './attachment-kinds.ts';

type Attachment = MessageCardFragment['attachments'][number];

function iconFor({ mimeType, name }: Attachment) {
  if (mimeType.startsWith('image/')) return IconPhoto;
  if (mimeType === 'message/rfc822') return IconMail;
  if (/zip|compressed|archive/.test(mimeType) || /\.(zip|rar|7z|gz)$/i.test(name)) return IconFileZip;
  if (mimeType.startsWith('text/')) return IconFileText;
  return IconFile;
}

function typeOf({ name, mimeType }: Attachment): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1];
  return (ending ?? mimeType.split('/')[1] ?? 'file').toUpperCase();
}

/** The files of a message, each with name, type and size. Pictures and text are looked at here; a file that can act is downloaded only after a warning. */
export function AttachmentTiles({ attachments }: { attachments: readonly Attachment[] }) {
  const [shown, setShown] = useState<number | null>(null);
  const [asked, setAsked] = useState<Attachment | null>(null);
  if (attachments.length === 0) return null;
  const visible = attachments.filter((attachment) => previewOf(attachment) !== null);
  const open = (event: MouseEvent, attachment: Attachment) => {
    const at = visible.indexOf(attachment);
    if (at === -1 && !isDangerous(attachment)) return;
    event.preventDefault();
    if (at === -1) setAsked(attachment);
    else setShown(at);
  };
  return (
    <>
      <ul className="attachments" aria-label="Attachments">
        {attachments.map((attachment) => (
          <li key={attachment.id}>
            <Tile attachment={attachment} onOpen={open} />
          </li>
        ))}
      </ul>
      {shown !== null && (
        <AttachmentPreview files={visible} at={shown} onMove={setShown} onClose={() => setShown(null)} />
      )}
      {asked && <DownloadWarning attachment={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

interface TileProps {
  attachment: Attachment;
  onOpen: (event: MouseEvent, attachment: Attachment) => void;
}

function Tile({ attachment, onOpen }: TileProps) {
  const Icon = iconFor(attachment);
  return (
    <a
      className="attachment"
      href={attachment.url}
      download={attachment.name}
      title={attachment.name}
      onClick={(event) => onOpen(event, attachment)}
    >
      <span className="attachment__icon">
        <Icon size={20} stroke={1.5} aria-hidden="true" />
      </span>
      <span className="attachment__words">
        <strong dir="auto">{attachment.name}</strong>
        <span className="second">
          {typeOf(attachment)} · {formatBytes(attachment.sizeBytes)}
          {isDangerous(attachment) && (
            <>
              {' · '}
              <IconAlertTriangle size={12} aria-hidden="true" /> Not opened here
            </>
          )}
        </span>
      </span>
      {previewOf(attachment) ? (
        <IconEye size={17} aria-label="Look at it" />
      ) : (
        <IconDownload size={17} aria-label="Download" />
      )}
    </a>
  );
}

function DownloadWarning({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="This type of file can act when it is opened"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="form-stack">
        <p>
          <strong dir="auto">{attachment.name}</strong> may run a program or hold one. Download it only if you expected
          it and know its sender.
        </p>
        <div className="form-actions">
          <Button data-autofocus onClick={onClose}>
            Do not download
          </Button>
          <a className="button button--danger" href={attachment.url} download={attachment.name} onClick={onClose}>
            Download anyway
          </a>
        </div>
      </div>
    </Modal>
  );
}
