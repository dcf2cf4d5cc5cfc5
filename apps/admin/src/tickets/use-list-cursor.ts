import { useCallback, useRef, useState } from 'react';
import type { ListedTicket } from './use-section-rows.ts';

/** The cursor of the list and the selected rows. Both name tickets, so they stay when rows come and go. */
export function useListCursor(shown: readonly ListedTicket[]) {
  const [cursorId, setCursorId] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const newest = useRef(shown);
  newest.current = shown;

  /** The ticket `by` rows away from the cursor; the first one when there is no cursor. */
  const neighbour = useCallback(
    (by: number): ListedTicket | undefined => {
      const rows = newest.current;
      const at = rows.findIndex(({ id }) => id === cursorId);
      return at < 0 ? rows[0] : rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    },
    [cursorId],
  );

  const toggle = useCallback((id: string, withRange: boolean) => {
    const rows = newest.current;
    const from = withRange && anchor.current ? rows.findIndex((row) => row.id === anchor.current) : -1;
    const to = rows.findIndex((row) => row.id === id);
    anchor.current = id;
    setSelected((before) => {
      const next = new Set(before);
      if (from >= 0 && to >= 0) {
        for (const row of rows.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(row.id);
      } else if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);

  const selectAll = useCallback((ids: readonly string[]) => setSelected(new Set(ids)), []);
  const clear = useCallback(() => setSelected(new Set()), []);
  return { cursorId, setCursorId, neighbour, selected, toggle, selectAll, clear };
}
