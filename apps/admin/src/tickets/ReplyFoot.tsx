import { Menu } from '@mantine/core';
import { IconChevronDown, IconCloudCheck, IconCloudOff, IconCloudUp, IconNote, IconSend } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TicketStatus } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatTime } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import type { DraftState } from './use-reply-draft.ts';
import type { SendTrouble } from './use-send.ts';

interface ReplyFootProps {
  isNote: boolean;
  isSending: boolean;
  isEmpty: boolean;
  hasNews: boolean;
  trouble: SendTrouble | null;
  draftState: DraftState;
  toolbar: ReactNode;
  onSend: (thenStatus?: TicketStatus) => void;
  onSendAnyway: () => void;
}

/** Whether what is typed is safe. */
export function DraftLine({ state }: { state: DraftState }) {
  if (state.kind === 'NONE') return null;
  const faces = {
    WAITING: [IconCloudUp, 'Saving…'],
    SAVED: [IconCloudCheck, state.kind === 'SAVED' ? `Draft saved ${formatTime(state.at)}` : ''],
    FAILED: [IconCloudOff, 'Not saved — trying again'],
  } as const;
  const [Icon, words] = faces[state.kind];
  return (
    <span className="draft-line second" role="status">
      <Icon size={15} aria-hidden="true" /> {words}
    </span>
  );
}

function Troubles({ hasNews, trouble, onSendAnyway }: Pick<ReplyFootProps, 'hasNews' | 'trouble' | 'onSendAnyway'>) {
  if (trouble?.isConflict || (hasNews && !trouble)) {
    return (
      <Notice
        tone="warn"
        action={
          trouble && (
            <Button size="small" onClick={onSendAnyway}>
              Send anyway
            </Button>
          )
        }
      >
        {trouble
          ? 'Somebody wrote in this ticket since you began. Read the new message first; your reply is kept.'
          : 'A new message came while you were writing.'}
      </Notice>
    );
  }
  if (!trouble) return null;
  return <Notice tone="bad">{trouble.message} Your text is kept as a draft.</Notice>;
}

/** Tools, the state of the draft, and Send. */
export function ReplyFoot({
  isNote,
  isSending,
  isEmpty,
  hasNews,
  trouble,
  draftState,
  toolbar,
  onSend,
  onSendAnyway,
}: ReplyFootProps) {
  return (
    <>
      <Troubles hasNews={hasNews} trouble={trouble} onSendAnyway={onSendAnyway} />
      <div className="reply__foot">
        {toolbar}
        <span className="spacer" />
        <DraftLine state={draftState} />
        <span className="send-group">
          <Button
            look="primary"
            disabled={isEmpty}
            isBusy={isSending}
            icon={isNote ? <IconNote size={16} aria-hidden="true" /> : <IconSend size={16} aria-hidden="true" />}
            onClick={() => onSend()}
          >
            {isNote ? 'Add note' : 'Send'}
            <kbd className="kbd kbd--on-primary">Ctrl ↵</kbd>
          </Button>
          {!isNote && (
            <Menu position="top-end" width={230}>
              <Menu.Target>
                <Button look="primary" disabled={isEmpty || isSending} aria-label="More ways to send">
                  <IconChevronDown size={16} aria-hidden="true" />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item rightSection={<kbd className="kbd">Ctrl ⇧ ↵</kbd>} onClick={() => onSend('CLOSED')}>
                  Send and close
                </Menu.Item>
                <Menu.Item onClick={() => onSend('ON_HOLD')}>Send and hold</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </span>
      </div>
    </>
  );
}
