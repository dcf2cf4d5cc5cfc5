import { useEffect, useRef, useState } from 'react';
import { plural } from '../ui/format.ts';
import { MessageCard } from './MessageCard.tsx';
import type { OpenTicket } from './TicketPage.tsx';

/** Longer threads fold their middle: the first message and the last ones stay. */
const UNFOLDED = 12;
const TAIL = 8;

interface MessageListProps {
  ticket: OpenTicket;
  onMore: (() => void) | undefined;
  onHeaders: (messageId: string) => void;
}

/** The conversation, oldest to newest, with the newest in view. */
export function MessageList({ ticket, onMore, onHeaders }: MessageListProps) {
  const [isUnfolded, setUnfolded] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const { nodes, totalCount } = ticket.messages;
  const newestId = nodes.at(-1)?.id;
  const isFolded = !isUnfolded && nodes.length > UNFOLDED;
  const tail = isFolded ? nodes.slice(-TAIL) : nodes.slice(1);
  const folded = isFolded ? nodes.length - 1 - TAIL : 0;

  useEffect(() => {
    const last = newestId ? scroller.current?.querySelector(`[data-message="${CSS.escape(newestId)}"]`) : null;
    last?.scrollIntoView?.({ block: 'start' });
  }, [newestId]);

  const card = (node: (typeof nodes)[number]) => (
    <MessageCard
      key={node.id}
      message={node}
      customer={ticket.requester}
      isPriority={ticket.highlight !== null}
      isNewest={node.id === newestId}
      onHeaders={() => onHeaders(node.id)}
    />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className="messages" ref={scroller} role="region" aria-label="Conversation" tabIndex={0}>
      <ol className="messages__list">
        {nodes[0] && card(nodes[0])}
        {folded > 0 && (
          <li>
            <button type="button" className="messages__fold" onClick={() => setUnfolded(true)}>
              {plural(folded, 'earlier message')}
            </button>
          </li>
        )}
        {tail.map(card)}
        {onMore && (
          <li>
            <button type="button" className="messages__fold" onClick={onMore}>
              Show {plural(totalCount - nodes.length, 'more message')}
            </button>
          </li>
        )}
      </ol>
    </div>
  );
}
