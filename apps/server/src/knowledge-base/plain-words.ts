/** Signs that a line never needs: controls, halves of characters, and marks that turn the direction of what follows. */
const NOT_IN_A_LINE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const NOT_IN_A_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\p{Cs}]/gu;

/** One line of plain words: no controls, single spaces, composed characters. */
export function cleanLine(text: string): string {
  return text.normalize('NFC').replace(NOT_IN_A_LINE, ' ').replace(/\s+/g, ' ').trim();
}

/** A text of several lines: `\n` between them, no controls but the tab. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(NOT_IN_A_TEXT, '').trimEnd();
}
