import { IconLock } from '@tabler/icons-react';
import { Notice } from '../ui/Notice.tsx';
import type { OpenTicket } from './open-ticket.ts';

/** At the reply box: whether what is typed goes out encrypted, and the warning where it does not but the customer's words did. */
export function EncryptionHint({ ticket }: { ticket: Pick<OpenTicket, 'encrypted' | 'requesterKeys'> }) {
  const key = ticket.requesterKeys.find(({ verifiedAt }) => verifiedAt !== null);
  if (key) {
    return (
      <p className="reply__encryption">
        <IconLock size={15} aria-hidden="true" /> Goes out encrypted for {key.userIds[0] ?? key.address}
      </p>
    );
  }
  if (!ticket.encrypted) return null;
  return (
    <Notice tone="warn">
      The customer wrote encrypted, and this reply goes out in the clear. Their words and subject are not quoted; do not
      repeat them.
    </Notice>
  );
}
