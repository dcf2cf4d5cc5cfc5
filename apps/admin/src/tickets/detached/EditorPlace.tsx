import { IconArrowsDiagonalMinimize2, IconPencil } from '@tabler/icons-react';

/** What stands in the place of a detached editor: the way to it, and the way back. */
export function EditorPlace({ onShow, onPutBack }: { onShow: () => void; onPutBack: () => void }) {
  return (
    <div className="reply-bar">
      <button type="button" className="reply-bar__reply" onClick={onShow}>
        <IconPencil size={17} aria-hidden="true" /> You are writing in the window…
      </button>
      <button type="button" onClick={onPutBack}>
        <IconArrowsDiagonalMinimize2 size={17} aria-hidden="true" /> Put back
      </button>
    </div>
  );
}
