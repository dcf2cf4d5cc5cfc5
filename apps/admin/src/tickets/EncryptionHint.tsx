import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { Notice } from '../ui/Notice.tsx';
import type { OpenTicket } from './open-ticket.ts';

interface EncryptionHintProps {
  ticket: Pick<OpenTicket, 'encrypted' | 'requesterKeys'>;
  /** Others get a copy, who need a key of their own. */
  hasOthers?: boolean;
  /** The writer wants it in the clear though there is a key. */
  isClear?: boolean;
  onClear?: (isClear: boolean) => void;
}

/** At the reply box: whether what is typed goes out encrypted, and the warning where it does not but the customer's words did. */
export function EncryptionHint({ ticket, hasOthers = false, isClear = false, onClear }: EncryptionHintProps) {
  const key = ticket.requesterKeys.find(({ verifiedAt }) => verifiedAt !== null);
  const turn = key && onClear && (
    <button type="button" className="text-button" onClick={() => onClear(!isClear)}>
      {isClear ? 'Encrypt it' : 'Send in the clear'}
    </button>
  );
  if (key && !isClear) {
    return (
      <p className="reply__encryption">
        <IconLock size={15} aria-hidden="true" /> Goes out encrypted for {key.userIds[0] ?? key.address}
        {hasOthers && '. Everybody in Cc and Bcc needs a chosen key too, or nothing is sent'} {turn}
      </p>
    );
  }
  if (key && !ticket.encrypted) {
    return (
      <p className="reply__encryption">
        <IconLockOpen size={15} aria-hidden="true" /> Goes out in the clear {turn}
      </p>
    );
  }
  if (!ticket.encrypted) return null;
  return (
    <Notice tone="warn" action={turn}>
      The customer wrote encrypted, and this reply goes out in the clear. Their words and subject are not quoted; do not
      repeat them.
    </Notice>
  );
}
