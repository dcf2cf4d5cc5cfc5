import { IconX } from '@tabler/icons-react';
import { type PointerEvent, type ReactNode, useState } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { AddressField } from './AddressField.tsx';
import type { ReplyDraft, ReplyMode } from './reply-draft.ts';

interface ReplyHeadProps {
  mode: ReplyMode;
  recipient: string | null;
  from: string | null;
  people: Pick<ReplyDraft, 'to' | 'cc' | 'bcc'>;
  onPeople: (part: Partial<Pick<ReplyDraft, 'to' | 'cc' | 'bcc'>>) => void;
  /** Whom an answer to everybody would go to beside the requester. */
  others: readonly string[];
  onReplyAll: () => void;
  canForward: boolean;
  onModeChange: (mode: ReplyMode) => void;
  /** What can be done with the editor itself. */
  tools: ReactNode;
  /** Whoever takes hold of the head drags the window. */
  onGrab: (event: PointerEvent<HTMLElement>) => void;
  onClose: () => void;
}

const MODES: readonly [ReplyMode, string][] = [
  ['reply', 'Reply'],
  ['forward', 'Forward'],
  ['note', 'Internal note'],
];

/** Reply, forward or internal note, and who will read it. Cc and Bcc fold out. */
export function ReplyHead(props: ReplyHeadProps) {
  const { mode, recipient, from, people, onPeople, others } = props;
  const [shown, setShown] = useState<ReadonlySet<'cc' | 'bcc'>>(new Set());
  const isShown = (line: 'cc' | 'bcc') => shown.has(line) || people[line].length > 0;
  const show = (line: 'cc' | 'bcc') => setShown((before) => new Set([...before, line]));
  const hasAll = others.every((address) => people.cc.includes(address));
  return (
    <>
      <div className="reply__head" onPointerDown={props.onGrab}>
        <fieldset className="mode-switch">
          <legend className="visually-hidden">Kind of message</legend>
          {MODES.filter(([each]) => each !== 'forward' || props.canForward).map(([each, label]) => (
            <button type="button" key={each} aria-pressed={mode === each} onClick={() => props.onModeChange(each)}>
              {label}
            </button>
          ))}
        </fieldset>
        {mode === 'note' ? (
          <span className="reply__who second">Only your team reads this.</span>
        ) : (
          <span className="reply__who">
            <span className="reply__people second">
              {mode === 'reply' && <span>To: {recipient ?? 'nobody – the sender gave no address'}</span>}
              {from && <span title={from}>From: {from.match(/<([^<>]*)>$/)?.[1] ?? from}</span>}
            </span>
            {mode === 'reply' && !hasAll && (
              <button type="button" className="text-button" title="Reply all (Shift R)" onClick={props.onReplyAll}>
                Reply all
              </button>
            )}
            {(['cc', 'bcc'] as const).map(
              (line) =>
                !isShown(line) && (
                  <button type="button" className="text-button" key={line} onClick={() => show(line)}>
                    {line === 'cc' ? 'Cc' : 'Bcc'}
                  </button>
                ),
            )}
          </span>
        )}
        <span className="reply__window">
          {props.tools}
          <IconButton label="Close the editor; the draft is kept" onClick={props.onClose}>
            <IconX size={18} />
          </IconButton>
        </span>
      </div>
      {mode !== 'note' && (mode === 'forward' || isShown('cc') || isShown('bcc')) && (
        <div className="reply__addresses">
          {mode === 'forward' && (
            <AddressField label="To" addresses={people.to} hasFocus onChange={(to) => onPeople({ to })} />
          )}
          {isShown('cc') && (
            <AddressField
              label="Cc"
              addresses={people.cc}
              hasFocus={shown.has('cc')}
              onChange={(cc) => onPeople({ cc })}
            />
          )}
          {isShown('bcc') && (
            <AddressField
              label="Bcc"
              addresses={people.bcc}
              hasFocus={shown.has('bcc')}
              onChange={(bcc) => onPeople({ bcc })}
            />
          )}
        </div>
      )}
    </>
  );
}
