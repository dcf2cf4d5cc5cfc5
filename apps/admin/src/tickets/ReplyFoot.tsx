import { Menu } from '@mantine/core';
import {
  IconArrowForwardUp,
  IconChevronDown,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  IconNote,
  IconSend,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TicketStatus } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatTime } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import type { ReplyMode } from './reply-draft.ts';
import type { Guard } from './send-guards.ts';
import type { DraftState } from './use-reply-draft.ts';
import type { SendTrouble } from './use-send.ts';

interface ReplyFootProps {
  mode: ReplyMode;
  isSending: boolean;
  isBlocked: boolean;
  hasNews: boolean;
  trouble: SendTrouble | null;
  /** Why it was not sent yet, to be looked at; it can be sent nevertheless. */
  guards: readonly Guard[];
  /** Why it cannot be sent. */
  hindrance: string | null;
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
      <Icon size={15} aria-hidden="true" /> <span>{words}</span>
    </span>
  );
}

type TroublesProps = Pick<ReplyFootProps, 'hasNews' | 'trouble' | 'guards' | 'hindrance' | 'onSendAnyway'>;

function Troubles({ hasNews, trouble, guards, hindrance, onSendAnyway }: TroublesProps) {
  const anyway = (
    <Button size="small" onClick={onSendAnyway}>
      Send anyway
    </Button>
  );
  if (hindrance !== null) return <Notice tone="bad">{hindrance}</Notice>;
  if (guards.length > 0)
    return (
      <div role="alert">
        <Notice tone="warn" action={anyway}>
          {guards.map(({ id, says }) => (
            <p key={id}>{says}</p>
          ))}
          Nothing was sent yet.
        </Notice>
      </div>
    );
  if (trouble?.isConflict)
    return (
      <div role="alert">
        <Notice tone="warn" action={anyway}>
          {trouble.message} Your reply is kept.
        </Notice>
      </div>
    );
  if (trouble) return <Notice tone="bad">{trouble.message} Your text is kept as a draft.</Notice>;
  return hasNews ? <Notice tone="warn">A new message came while you were writing.</Notice> : null;
}

const SEND_FACES = {
  reply: ['Send', IconSend],
  forward: ['Forward', IconArrowForwardUp],
  note: ['Add note', IconNote],
} as const;

/** Tools, the state of the draft, and Send. */
export function ReplyFoot(props: ReplyFootProps) {
  const { mode, isSending, isBlocked, draftState, toolbar, onSend } = props;
  const [label, Icon] = SEND_FACES[mode];
  return (
    <>
      <Troubles {...props} />
      <div className="reply__foot" data-lower-edge>
        {toolbar}
        <span className="spacer" />
        <DraftLine state={draftState} />
        <span className="send-group">
          <Button
            look="primary"
            disabled={isBlocked}
            isBusy={isSending}
            title="Ctrl Enter"
            icon={<Icon size={16} aria-hidden="true" />}
            onClick={() => onSend()}
          >
            {label}
            <kbd className="kbd kbd--on-primary">Ctrl ↵</kbd>
          </Button>
          {mode === 'reply' && (
            <Menu position="top-end" width={230}>
              <Menu.Target>
                <Button look="primary" disabled={isBlocked || isSending} aria-label="More ways to send">
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
