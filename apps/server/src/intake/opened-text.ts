import type { UnderstoodMail } from './understood-mail.ts';

/**
 * A letter as it is stored where opened text is not kept: nothing that was encrypted is left in it, neither words nor
 * subject nor attachments. Letters that came in the clear stay as they are.
 */
export function withoutOpenedText(understood: UnderstoodMail): UnderstoodMail {
  const { pgp, mail, outerSubject } = understood;
  const isPartly = pgp?.sections.some(({ kind }) => kind === 'ENCRYPTED') ?? false;
  if (!pgp?.decrypted && !isPartly) return understood;
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
