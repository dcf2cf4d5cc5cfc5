import type { FakePop3Faults } from './faults.ts';
import type { FakeMessage } from './maildrop.ts';

/** A message with its number in this session. */
export interface Numbered {
  number: number;
  message: FakeMessage;
}

/** The lines of LIST, with the fault that is on. */
export function listLines(entries: readonly Numbered[], fault: FakePop3Faults['list']): string[] {
  const lines = entries.map(({ number, message }) => {
    const size = fault === 'WRONG_SIZES' ? message.listSize * (number % 2 ? 3 : 0) + 1 : message.listSize;
    return `${number} ${size}`;
  });
  return fault === 'MALFORMED' ? ['x y', '0 5', '7', ...lines, '1 999', '99 big'] : lines;
}

/** The lines of UIDL, with the fault that is on. */
export function uidlLines(entries: readonly Numbered[], fault: FakePop3Faults['uidl']): (string | Buffer)[] {
  const lines = entries.map(({ number, message }) => `${number} ${message.uid}`);
  switch (fault) {
    case 'DUPLICATES':
      return entries.map(({ number }) => `${number} same`);
    case 'GAPS':
      return lines.filter((_, index) => index % 2 === 0);
    case 'LONG':
      return lines.with(0, `1 ${'u'.repeat(71)}`);
    case 'LONGEST':
      return lines.with(0, `1 ${'u'.repeat(100_000)}`);
    case 'SPACES':
      return lines.with(0, '1 two words');
    case 'NON_ASCII':
      return [Buffer.from('1 \u00fc', 'latin1'), ...lines.slice(1)];
    case 'TWICE':
      return [...lines, '1 second'];
    default:
      return lines;
  }
}
