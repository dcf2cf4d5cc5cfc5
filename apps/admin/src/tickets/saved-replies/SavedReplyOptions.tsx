import { useEffect, useRef } from 'react';
import type { SavedReplyLineFragment } from '../../gql/graphql.ts';

interface SavedReplyOptionsProps {
  id: string;
  replies: readonly SavedReplyLineFragment[];
  /** Which one Enter takes. */
  at: number;
  onPoint: (at: number) => void;
  onChoose: (reply: SavedReplyLineFragment) => void;
}

/** The id of an option, for the field that leads through the list. */
export const optionId = (listId: string, reply: SavedReplyLineFragment | undefined) =>
  reply ? `${listId}-${reply.id}` : undefined;

/** Saved replies to choose from. The field that they belong to keeps the focus and leads through them. */
export function SavedReplyOptions({ id, replies, at, onPoint, onChoose }: SavedReplyOptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <div className="saved-options" role="listbox" id={id} aria-label="Saved replies" ref={list}>
      {replies.map((reply, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field that keeps the focus
        <div
          key={reply.id}
          id={optionId(id, reply)}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="saved-option"
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => onPoint(index)}
          onClick={() => onChoose(reply)}
        >
          <span className="saved-option__name">
            <strong dir="auto">{reply.name}</strong>
            {reply.reach === 'MINE' && <span className="badge">Only me</span>}
          </span>
          <span className="saved-option__words second" dir="auto">
            {reply.excerpt}
          </span>
        </div>
      ))}
    </div>
  );
}
