import { IconArrowDown, IconChevronDown, IconChevronRight, IconFlagFilled } from '@tabler/icons-react';
import { formatCount } from '../ui/format.ts';
import type { ListSection } from './ticket-search.ts';

/** The height of a section's head in px; the list counts with it. */
export const HEAD_HEIGHT = 38;

interface TicketSectionProps {
  section: ListSection;
  total: number | undefined;
  isFolded: boolean;
  /** Stands at the lower edge because its rows are further down. */
  isDocked: boolean;
  /** How many heads stand under it. */
  headsBelow: number;
  onFold: () => void;
  onJump: () => void;
}

/** The head of a section: sticks to the upper edge while its rows pass, waits at the lower edge before them. */
export function TicketSection({ section, total, isFolded, isDocked, headsBelow, onFold, onJump }: TicketSectionProps) {
  const Chevron = isFolded || isDocked ? IconChevronRight : IconChevronDown;
  return (
    <div
      className={`section-head${isDocked ? ' section-head--docked' : ''}`}
      style={{ bottom: headsBelow * HEAD_HEIGHT }}
    >
      <h2>
        <button
          type="button"
          className="section-head__fold"
          aria-expanded={!isFolded}
          onClick={isDocked && !isFolded ? onJump : onFold}
        >
          <Chevron size={16} aria-hidden="true" />
          {section.title}
          {total !== undefined && <span className="badge badge--count">{formatCount(total)}</span>}
        </button>
      </h2>
      {!isDocked && (section.unreadCount ?? 0) > 0 && (
        <span className="section-head__fact">
          <span className="row__dot" aria-hidden="true" />
          {formatCount(section.unreadCount ?? 0)} <span className="section-head__word">unread</span>
        </span>
      )}
      {!isDocked && (section.highlightedCount ?? 0) > 0 && (
        <span className="section-head__fact section-head__fact--priority">
          <IconFlagFilled size={13} aria-hidden="true" />
          {formatCount(section.highlightedCount ?? 0)} <span className="section-head__word">priority</span>
        </span>
      )}
      <span className="spacer" />
      {isDocked && (
        <button
          type="button"
          className="section-head__jump"
          onClick={onJump}
          aria-label={`Jump to section ${section.title}`}
        >
          <span className="section-head__word">Jump to section</span>
          <IconArrowDown size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
