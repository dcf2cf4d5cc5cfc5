import { type RefObject, useEffect } from 'react';

/** What a short message needs. */
const LEAST_ABOVE = 100;

/** Keeps short messages above an element at the lower edge, so that they cover nothing that is used there. */
export function useToastRoom(foot: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = foot.current;
    if (!element) return;
    const { style } = document.documentElement;
    const measure = () => {
      const { top } = element.getBoundingClientRect();
      // An element over the whole screen leaves no room above it; then they stand above its own lower edge.
      const lower = top < LEAST_ABOVE ? element.querySelector('[data-lower-edge]') : null;
      const room = window.innerHeight - (lower?.getBoundingClientRect().top ?? top);
      style.setProperty(
        '--toast-room',
        `${Math.max(0, Math.min(window.innerHeight - LEAST_ABOVE, Math.round(room)))}px`,
      );
    };
    const growth = new ResizeObserver(measure);
    growth.observe(element);
    window.addEventListener('resize', measure);
    return () => {
      growth.disconnect();
      window.removeEventListener('resize', measure);
      style.removeProperty('--toast-room');
    };
  }, [foot]);
}
