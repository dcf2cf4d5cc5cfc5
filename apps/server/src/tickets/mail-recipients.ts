import { isStrictAddress, normalizeAddress } from '@support-center/mail';
import { type FieldError, invalidInput } from '../platform/errors.ts';

/** A mail to more people is a mailing. */
export const MAX_RECIPIENTS = 50;

/** Whom a mail goes to, each address once: who stands in To is not in Cc, who stands there is not in Bcc. */
export interface Recipients {
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
}

/** Reads the lists of a form; our own address is left out. Pure. @throws AppError INVALID_INPUT with a sentence for each list with a wrong address */
export function readRecipients(
  lists: {
    readonly to: readonly string[];
    readonly cc?: readonly string[] | null | undefined;
    readonly bcc?: readonly string[] | null | undefined;
  },
  ownAddress: string,
): Recipients {
  const errors: FieldError[] = [];
  const seen = new Set([ownAddress]);
  const read = (path: 'to' | 'cc' | 'bcc'): string[] =>
    (lists[path] ?? []).flatMap((written) => {
      const address = normalizeAddress(written);
      if (address === null || !isStrictAddress(address)) {
        const shown = written.replace(/[\p{C}\s]+/gu, ' ').slice(0, 60);
        errors.push({
          path,
          message: `“${shown}” is no address that can be written to. Enter one like anna@example.com.`,
        });
        return [];
      }
      if (seen.has(address)) return [];
      seen.add(address);
      return [address];
    });
  const recipients = { to: read('to'), cc: read('cc'), bcc: read('bcc') };
  if (seen.size - 1 > MAX_RECIPIENTS)
    errors.push({ path: 'cc', message: `A mail goes to at most ${MAX_RECIPIENTS} addresses. Use Mass Mail for more.` });
  if (errors.length > 0) throw invalidInput(errors);
  return recipients;
}
