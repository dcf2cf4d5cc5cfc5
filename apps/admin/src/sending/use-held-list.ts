import { useEffect, useRef, useState } from 'react';

/**
 * A list that stands still while the mouse is over it, so that no row moves under the hand; each row still shows its
 * newest state. Another `key` is another list, shown as soon as it is there.
 */
export function useHeldList<T>(list: readonly T[], key: string, isComing: boolean) {
  const [isHeld, setHeld] = useState(false);
  const shown = useRef({ key, list });
  const isAnother = shown.current.key !== key && !isComing;
  if (isAnother || !isHeld || shown.current.list.length === 0)
    shown.current = { key: isComing ? shown.current.key : key, list };
  // A table that goes away under the mouse does not say that the mouse has left it.
  const isEmpty = shown.current.list.length === 0;
  useEffect(() => {
    if (isEmpty) setHeld(false);
  }, [isEmpty]);
  const hold = { onPointerEnter: () => setHeld(true), onPointerLeave: () => setHeld(false) };
  return { held: shown.current.list, hold };
}
