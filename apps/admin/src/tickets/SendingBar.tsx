import { IconClock, IconRotate } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import { useActions } from '../ui/actions/registry.ts';
import { Button } from '../ui/Button.tsx';
import { undoLast, undoOfferedAt } from '../ui/undo.tsx';
import { useKeepWaiting } from './use-keep-waiting.ts';
import { useSecondsUntil, useUndoSend, useWaitingMails, type WaitingMail } from './use-waiting-mails.ts';

/** Counts down to the moment when the viewer's newest mail goes out, and takes it back by button or by Z. */
export function SendingBar() {
  const mails = useWaitingMails();
  const last = mails.at(-1);
  return last ? <Countdown key={last.message.id} mail={last} more={mails.length - 1} /> : null;
}

function Countdown({ mail, more }: { mail: WaitingMail; more: number }) {
  const seconds = useSecondsUntil(mail.undoUntil);
  const { number } = useParams({ strict: false });
  const { take, isBusy } = useUndoSend();
  const { isKept, handlers } = useKeepWaiting(mail, seconds);
  const shownAt = useRef(Date.now());
  const isOver = seconds === 0;
  useActions(
    isOver
      ? []
      : [
          {
            id: 'undo',
            label: 'Undo sending',
            group: 'Everywhere',
            keys: ['Z'],
            // What was done after the mail is undone before it.
            run: () => (undoOfferedAt() > shownAt.current ? undoLast() : !isBusy && void take(mail)),
          },
        ],
  );
  if (isOver) return null;
  const isHere = String(mail.ticket.number) === number;
  const what = mail.message.kind === 'FORWARD' ? 'Forwarding' : 'Sending';
  const where = isHere ? '' : ` for #${mail.ticket.number}`;
  return (
    <div className="sending-bar" {...handlers}>
      <IconClock size={17} aria-hidden="true" />
      <span className="visually-hidden" role="status">
        {what}
        {where} soon. Press Z to undo.
      </span>
      <span className="sending-bar__words" aria-hidden="true">
        {what}
        {where}{' '}
        {isKept ? (
          'waits while you are here'
        ) : (
          <>
            in <strong>{seconds} s</strong>
          </>
        )}
        {more > 0 && <span className="second"> · {more} more</span>}
      </span>
      <Button
        size="small"
        isBusy={isBusy}
        icon={<IconRotate size={15} aria-hidden="true" />}
        onClick={() => void take(mail)}
      >
        Undo <kbd className="kbd">Z</kbd>
      </Button>
    </div>
  );
}
