import { notifications } from '@mantine/notifications';

const UNDO_MS = 8000;
let last: { id: string; undo: () => void; at: number } | undefined;

/** Says what was done and offers to take it back for 8 s (longer while the mouse rests on it), by button or by the key Z. */
export function sayDone(message: string, undo?: () => void): void {
  if (!undo) {
    notifications.show({ message, autoClose: 4000, withBorder: true, closeButtonProps: { 'aria-label': 'Close' } });
    return;
  }
  const id = notifications.show({
    autoClose: UNDO_MS,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
    message: (
      <span className="undo">
        <span>{message}</span>
        <button type="button" className="text-button" onClick={undoLast}>
          Undo <kbd className="kbd">Z</kbd>
        </button>
      </span>
    ),
    onClose: (closed) => {
      if (last?.id === closed.id) last = undefined;
    },
  });
  last = { id, undo, at: Date.now() };
}

/** When the action that Z takes back now was done, in ms; 0: there is none. */
export const undoOfferedAt = (): number => last?.at ?? 0;

/** Takes back the last action that offered it; nothing when its time has passed. */
export function undoLast(): void {
  if (!last) return;
  const { id, undo } = last;
  last = undefined;
  notifications.hide(id);
  undo();
}

/** Says what failed, what was kept and what to do; stays until it is closed. */
export function sayFailed(message: string): void {
  notifications.show({
    message,
    color: 'red',
    autoClose: 12_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
    role: 'alert',
    title: 'That did not work',
  });
}
