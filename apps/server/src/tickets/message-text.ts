import { invalidInput } from '../platform/errors.ts';

/** What one message may hold, in UTF-16 units. */
export const MAX_MESSAGE_TEXT = 1_000_000;

/** The text without NUL and control signs that no screen shows. @throws AppError INVALID_INPUT when it is blank or too long */
export function requireText(path: string, text: string | null | undefined): string {
  const words = (text ?? '').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  if (words.trim() === '') throw invalidInput([{ path, message: 'Write something first.' }]);
  if (words.length > MAX_MESSAGE_TEXT)
    throw invalidInput([{ path, message: 'A message holds at most 1,000,000 characters.' }]);
  return words;
}
