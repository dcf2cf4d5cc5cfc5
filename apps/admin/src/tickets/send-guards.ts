import { formatBytes } from '../ui/format.ts';
import type { ReplyMode } from './reply-draft.ts';

/** A reason to look again before the mail goes. */
export interface Guard {
  id: 'no-file' | 'placeholder' | 'large' | 'failed-file';
  says: string;
}

/** What is about to be sent. */
export interface Outgoing {
  mode: ReplyMode;
  text: string;
  fileCount: number;
  totalBytes: number;
  /** Names of files that did not come up. */
  failedFiles: readonly string[];
}

/** Many mail servers take no more than this in one mail. */
const LARGE_BYTES = 10_000_000;

/** Words that promise a file, in the languages of most mail. */
const PROMISES = [
  'attached',
  'attachments?',
  'enclosed',
  'angehängt',
  'angefügt',
  'anhang',
  'anbei',
  'beigefügt',
  'anlage',
  'pièces? jointes?',
  'ci-joint[es]?',
  'adjunt[oa]s?',
  'archivos adjuntos',
  'allegat[oi]',
  'in allegato',
  'bijlagen?',
  'bijgevoegd',
  'anexos?',
  'em anexo',
  'bifoga[dt]?',
  'bilaga',
  'vedlagt',
  'vedhæftet',
  'załącz\\p{L}*',
  'во вложении',
  'прилага\\p{L}*',
];
const PROMISE = new RegExp(`(?<![\\p{L}\\p{N}])(${PROMISES.join('|')})(?![\\p{L}\\p{N}])`, 'iu');

/** `{{name}}`, `[your name]`, `[insert link]`, `____`, `XXX`: places that were to be filled in. */
export const GAP =
  /\{\{[^{}\n]{0,60}\}\}|\[(?:your|customer|first|last|insert|name|date|number|link|order|company|kunde|kundenname|datum|nom|nombre)\b[^\]\n]{0,40}\]|_{4,}|(?<!\p{L})X{3,}(?!\p{L})/iu;

/** What stands against sending this as it is; each can be overruled. */
export function guardsFor({ mode, text, fileCount, totalBytes, failedFiles }: Outgoing): Guard[] {
  if (mode === 'note') return [];
  const guards: Guard[] = [];
  const promise = PROMISE.exec(text)?.[1];
  if (promise !== undefined && fileCount === 0)
    guards.push({ id: 'no-file', says: `You wrote “${promise}”, and no file is attached.` });
  const place = GAP.exec(text)?.[0];
  if (place !== undefined) guards.push({ id: 'placeholder', says: `“${place}” is still to be filled in.` });
  if (totalBytes > LARGE_BYTES)
    guards.push({
      id: 'large',
      says: `The files have ${formatBytes(totalBytes)} together. Some mail servers refuse more than ${formatBytes(LARGE_BYTES)}.`,
    });
  if (failedFiles.length > 0)
    guards.push({ id: 'failed-file', says: `${failedFiles.join(', ')} did not come up and would not go along.` });
  return guards;
}
