import { IconX } from '@tabler/icons-react';
import { IconButton } from '../ui/Button.tsx';

interface ReplyHeadProps {
  isNote: boolean;
  recipient: string | null;
  from: string | null;
  onModeChange: (isNote: boolean) => void;
  onClose: () => void;
}

/** Reply or internal note, and who will read it. */
export function ReplyHead({ isNote, recipient, from, onModeChange, onClose }: ReplyHeadProps) {
  return (
    <div className="reply__head">
      <fieldset className="mode-switch">
        <legend className="visually-hidden">Kind of message</legend>
        <button type="button" aria-pressed={!isNote} onClick={() => onModeChange(false)}>
          Reply
        </button>
        <button type="button" aria-pressed={isNote} onClick={() => onModeChange(true)}>
          Internal note
        </button>
      </fieldset>
      <span className="reply__people second">
        {isNote
          ? 'Only your team reads this.'
          : `To: ${recipient ?? 'nobody – the sender gave no address'}${from ? ` · From: ${from}` : ''}`}
      </span>
      <IconButton label="Close the editor; the draft is kept" onClick={onClose}>
        <IconX size={18} />
      </IconButton>
    </div>
  );
}
