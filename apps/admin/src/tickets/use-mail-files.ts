import { type DragEvent, useState } from 'react';
import { previewOf } from './attachment-kinds.ts';
import type { DraftFile } from './reply-draft.ts';
import { type UploadLimits, useUploads } from './use-uploads.ts';

interface MailFilesOptions {
  limits: UploadLimits | undefined;
  /** All that the mail carries now. */
  attached: readonly { sizeBytes: number }[];
  onFile: (file: DraftFile) => void;
}

/** The files of a mail that is being written: chosen, dropped or pasted. `zone` makes an element take dropped files. */
export function useMailFiles({ limits, attached, onFile }: MailFilesOptions) {
  const uploads = useUploads({ limits, attached, onDone: onFile });
  const [isOver, setOver] = useState(false);
  /** Files that came into the words: pictures stand there, others go along. */
  const addIntoWords = (files: readonly File[]) => {
    const isPicture = (file: File) => previewOf({ name: file.name, mimeType: file.type }) === 'picture';
    uploads.add(files.filter(isPicture), true);
    uploads.add(files.filter((file) => !isPicture(file)));
  };
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const zone = {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: (event: DragEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
    },
    onDropCapture: () => setOver(false),
    onDrop: (event: DragEvent) => {
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      uploads.add([...event.dataTransfer.files]);
    },
  };
  return { ...uploads, addIntoWords, zone, isOver };
}
