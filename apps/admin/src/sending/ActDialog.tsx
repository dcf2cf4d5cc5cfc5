import { useMutation } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { explain } from '../apollo/errors.ts';
import {
  DiscardOutgoingMailDocument,
  MarkOutgoingMailSentDocument,
  type OutgoingRowFragment,
  RetryOutgoingMailDocument,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { sayDone } from '../ui/undo.tsx';

/** What cannot be taken back once it is done. */
export type Act = 'SEND_AGAIN' | 'MARK_SENT' | 'DISCARD';

const words = {
  SEND_AGAIN: {
    title: 'Send this mail again?',
    text: 'Nobody knows whether it arrived, so it may arrive twice. It goes out as the same mail, with the same Message-ID: many mail programs then show it once.',
    button: 'Send again',
    done: 'The mail is sent again.',
  },
  MARK_SENT: {
    title: 'Mark this mail as sent?',
    text: 'Do this when you know that it arrived, as from an answer or the log of the mail server. It is not sent again.',
    button: 'Mark as sent',
    done: 'The mail is marked as sent.',
  },
  DISCARD: {
    title: 'Discard this mail?',
    text: 'It was not sent, and never will be. There is no way back. A ticket that it belongs to waits for an answer again; the words stay readable there.',
    button: 'Discard',
    done: 'The mail is given up.',
  },
} as const;
const documents = {
  SEND_AGAIN: RetryOutgoingMailDocument,
  MARK_SENT: MarkOutgoingMailSentDocument,
  DISCARD: DiscardOutgoingMailDocument,
} as const;

interface ActDialogProps {
  mail: OutgoingRowFragment;
  act: Act;
  onDone: () => void;
  onClose: () => void;
}

/** Asks before something that has no way back. */
export function ActDialog({ mail, act, onDone, onClose }: ActDialogProps) {
  const [run, { loading, error }] = useMutation<unknown, { input: { outgoingMailId: string } }>(documents[act]);
  const { title, text, button, done } = words[act];
  const onRun = () =>
    run({ variables: { input: { outgoingMailId: mail.id } } }).then(
      () => {
        sayDone(done);
        onDone();
        onClose();
      },
      // The dialog says it.
      () => undefined,
    );
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="form-stack">
        {error && <Notice tone="bad">{explain(error).message}</Notice>}
        <p>
          <strong>{mail.to.join(', ')}</strong>
          <br />
          <span className="second" dir="auto">
            {mail.subject || 'No subject'}
          </span>
        </p>
        <p>{text}</p>
        <div className="form-actions">
          <Button look={act === 'DISCARD' ? 'danger' : 'primary'} isBusy={loading} onClick={() => void onRun()}>
            {button}
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </div>
      </div>
    </Modal>
  );
}
