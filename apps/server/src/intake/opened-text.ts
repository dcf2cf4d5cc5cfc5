import type { PgpState } from '../tickets/message.entity.ts';
import type { UnderstoodMail } from './understood-mail.ts';

/** How many encrypted stretches of a letter were opened; one that came encrypted as a whole counts as one. */
export function openedStretches(pgp: PgpState | null): number {
  if (!pgp) return 0;
  return pgp.decrypted ? 1 : pgp.sections.filter(({ kind }) => kind === 'ENCRYPTED').length;
}

/**
 * A letter as it is stored where opened text is not kept: nothing that was encrypted is left in it, neither words nor
 * subject nor attachments. Letters that came in the clear stay as they are.
 */
export function withoutOpenedText(understood: UnderstoodMail): UnderstoodMail {
  const { pgp, mail, outerSubject } = understood;
  if (openedStretches(pgp) === 0) return understood;
  const sections = pgp!.sections.map((section) => (section.kind === 'ENCRYPTED' ? { ...section, text: '' } : section));
  const text = sections
    .map((section) => section.text.trim())
    .filter(Boolean)
    .join('\n\n');
  return {
    ...understood,
    mail: { ...mail, subject: outerSubject, text: '' },
    text: pgp!.decrypted ? '' : text,
    newText: pgp!.decrypted ? '' : text,
    html: null,
    htmlVersion: 0,
    blockedImages: 0,
    bodyHash: null,
    attachments: pgp!.decrypted ? [] : understood.attachments,
    pgp: { ...pgp!, sections: pgp!.decrypted ? [] : sections, textIsKept: false, subjectIsSecret: false },
  };
}
