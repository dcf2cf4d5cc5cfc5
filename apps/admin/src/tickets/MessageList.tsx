import { type RefObject, useEffect, useRef, useState } from 'react';
import { plural } from '../ui/format.ts';
import { MessageCard } from './MessageCard.tsx';
import type { OpenTicket } from './open-ticket.ts';
import { HistoryLine } from './TicketLinks.tsx';

/** Longer threads fold their middle: the first message and the last ones stay. */
const UNFOLDED = 12;
const TAIL = 8;
const FOLLOW_MS = 3000;

interface MessageListProps {
  ticket: OpenTicket;
  onMore: (() => void) | undefined;
  onHeaders: (messageId: string) => void;
  onForward: (messageId: string) => void;
}

/** Keeps the newest message at the upper edge while mails above it still grow to their height, until the reader scrolls. */
function useNewestInView(scroller: RefObject<HTMLElement | null>, newestId: string | undefined) {
  useEffect(() => {
    const region = scroller.current;
    const list = region?.firstElementChild;
    if (!region || !list || !newestId) return;
    const show = () =>
      region.querySelector(`[data-message="${CSS.escape(newestId)}"]`)?.scrollIntoView({ block: 'start' });
    const growth = new ResizeObserver(show);
    const stop = () => growth.disconnect();
    growth.observe(list);
    for (const sign of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
      region.addEventListener(sign, stop, { once: true, passive: true });
    const timer = setTimeout(stop, FOLLOW_MS);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [scroller, newestId]);
}

/** The conversation, oldest to newest, with the newest in view. */
export function MessageList({ ticket, onMore, onHeaders, onForward }: MessageListProps) {
  const [isUnfolded, setUnfolded] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const { nodes, totalCount, pageInfo } = ticket.messages;
  const mails = nodes.filter(({ kind }) => kind === 'INBOUND' || kind === 'REPLY');
  const isOnlyLetter = mails.length === 1 && !pageInfo.hasNextPage;
  const newestId = (nodes.findLast(({ kind }) => kind !== 'CONFIRMATION') ?? nodes.at(-1))?.id;
  const isFolded = !isUnfolded && nodes.length > UNFOLDED;
  const tail = isFolded ? nodes.slice(-TAIL) : nodes.slice(1);
  const folded = isFolded ? nodes.length - 1 - TAIL : 0;

  useNewestInView(scroller, newestId);

  const card = (node: (typeof nodes)[number]) => (
    <MessageCard
      key={node.id}
      message={node}
      customer={ticket.requester}
      isPriority={ticket.highlight !== null}
      ticketId={ticket.id}
      isOnlyLetter={isOnlyLetter}
      onHeaders={() => onHeaders(node.id)}
      onForward={() => onForward(node.id)}
    />
  );
  const lines = (from: string | undefined, to: string | undefined) =>
    ticket.events
      .filter(({ at }) => (!from || at >= from) && (!to || at < to))
      .map((event) => <HistoryLine key={event.id} event={event} ticketId={ticket.id} />);
  const linesBefore = (at: string) => lines(isFolded ? at : nodes[0]?.createdAt, at);
  const linesBetween = (before: { createdAt: string }, node: { createdAt: string }) =>
    lines(before.createdAt, node.createdAt);
  const linesAfter = (last: { createdAt: string } | undefined) => (onMore ? null : lines(last?.createdAt, undefined));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="messages" ref={scroller} aria-label="Conversation" tabIndex={0}>
      <ol className="messages__list">
        {nodes[0] && card(nodes[0])}
        {folded > 0 && (
          <li>
            <button type="button" className="messages__fold" onClick={() => setUnfolded(true)}>
              {plural(folded, 'earlier message')}
            </button>
          </li>
        )}
        {tail.map((node, at) => [
          ...(at === 0 ? linesBefore(node.createdAt) : linesBetween(tail[at - 1]!, node)),
          card(node),
        ])}
        {linesAfter(tail.at(-1) ?? nodes[0])}
        {onMore && (
          <li>
            <button type="button" className="messages__fold" onClick={onMore}>
              Show {plural(totalCount - nodes.length, 'more message')}
            </button>
          </li>
        )}
      </ol>
    </section>
  );
}
