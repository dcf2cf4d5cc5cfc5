import {
  IconAlertTriangle,
  IconDownload,
  IconFile,
  IconFileText,
  IconFileZip,
  IconMail,
  IconPhoto,
} from '@tabler/icons-react';
import type { MessageCardFragment } from '../gql/graphql.ts';
import { formatBytes } from '../ui/format.ts';

type Attachment = MessageCardFragment['attachments'][number];

/** File types that can act when they are opened. */
const DANGEROUS =
  /\.(exe|scr|com|bat|cmd|msi|js|jse|vbs|vbe|wsf|hta|ps1|jar|lnk|iso|img|html?|svg|docm|xlsm|pptm|zip|rar|7z)$/i;

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

/** The files of a message, each with name, type and size. Files that can act carry a warning. */
export function AttachmentTiles({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label="Attachments">
      {attachments.map((attachment) => {
        const Icon = iconFor(attachment);
        const isDangerous = DANGEROUS.test(attachment.name);
        return (
          <li key={attachment.id}>
            <a
              className="attachment"
              href={attachment.url}
              download={attachment.name}
              title={
                isDangerous
                  ? 'This type of file can act when it is opened. Open it only if you expected it.'
                  : attachment.name
              }
            >
              <span className="attachment__icon">
                <Icon size={20} stroke={1.5} aria-hidden="true" />
              </span>
              <span className="attachment__words">
                <strong dir="auto">{attachment.name}</strong>
                <span className="second">
                  {typeOf(attachment)} · {formatBytes(attachment.sizeBytes)}
                  {isDangerous && (
                    <>
                      {' · '}
                      <IconAlertTriangle size={12} aria-hidden="true" /> Take care
                    </>
                  )}
                </span>
              </span>
              <IconDownload size={17} aria-label="Download" />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
