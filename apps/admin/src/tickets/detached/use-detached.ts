import { type PointerEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';
import { PHONE, useMedia } from '../../ui/use-media.ts';
import { readStored, useStoredFlag, writeStored } from '../../ui/use-stored.ts';
import { coveredBy, type Frame, firstFrame, fitted, frameAt, type Place, readFrame } from './editor-frame.ts';

const STORED_AS = 'editor-frame';
/** What is pressed inside the head for itself. */
const CONTROLS = 'button, a, input, [role="menu"]';

/** The editor as a window over the page. */
export interface Detached {
  isDetached: boolean;
  /** It cannot be detached here: it has the whole page. */
  isFixed: boolean;
  /** Where the window stands; undefined: it stands in its place. */
  style: { left: number; top: number; width: number; height: number } | undefined;
  setDetached: (isDetached: boolean) => void;
  putAt: (place: Place) => void;
  /** Begins to drag the window, or its lower corner. */
  drag: (event: PointerEvent<HTMLElement>, part: 'window' | 'corner') => void;
}

const roomNow = () => ({ width: window.innerWidth, height: window.innerHeight });
const styleOf = ({ x: left, y: top, width, height }: Frame) => ({ left, top, width, height });

/** The frame as it was left, or where it stands at first. */
function keptFrame(element: Element | null): Frame {
  const ticket = element?.closest('.ticket')?.getBoundingClientRect();
  return fitted(readFrame(readStored(STORED_AS)) ?? firstFrame(roomNow(), ticket?.left ?? 0), roomNow());
}

/** Lets the end of the letter be scrolled out from under the window. */
function useUncovered(editor: RefObject<HTMLElement | null>, frame: Frame | null) {
  useEffect(() => {
    const messages = editor.current?.closest('.ticket__middle')?.querySelector<HTMLElement>('.messages');
    if (!frame || !messages) return;
    messages.style.setProperty('--covered', `${coveredBy(frame, messages.getBoundingClientRect())}px`);
    return () => {
      messages.style.removeProperty('--covered');
    };
  }, [editor, frame]);
}

/** Detaches the editor from its place, by choice and kept for the next time. It stays the same element, with its words, its steps to undo and its draft. */
export function useDetached(editor: RefObject<HTMLElement | null>): Detached {
  const isFixed = useMedia(PHONE);
  const [isWanted, setWanted] = useStoredFlag('editor-detached', false);
  const [frame, setFrame] = useState<Frame | null>(null);
  const isDetached = isWanted && !isFixed;
  useLayoutEffect(() => {
    if (!isDetached) return setFrame(null);
    const fit = () => setFrame(keptFrame(editor.current));
    fit();
    window.addEventListener('resize', fit);
    return () => window.removeEventListener('resize', fit);
  }, [isDetached, editor]);
  useUncovered(editor, frame);

  const keep = useCallback((next: Frame) => {
    writeStored(STORED_AS, JSON.stringify(next));
    setFrame(next);
  }, []);
  const drag: Detached['drag'] = (event, part) => {
    const element = editor.current;
    if (!frame || !element || event.button !== 0 || (event.target as Element).closest(CONTROLS)) return;
    // The caret stays where it is.
    event.preventDefault();
    const held = event.currentTarget;
    const start = { x: event.clientX, y: event.clientY };
    let last = frame;
    held.setPointerCapture(event.pointerId);
    const move = ({ clientX, clientY }: globalThis.PointerEvent) => {
      last = fitted(dragged(frame, part, clientX - start.x, clientY - start.y), roomNow());
      // Without drawing the editor anew for each step.
      for (const [side, px] of Object.entries(styleOf(last))) element.style.setProperty(side, `${px}px`);
    };
    const end = () => {
      held.removeEventListener('pointermove', move);
      keep(last);
    };
    held.addEventListener('pointermove', move);
    held.addEventListener('lostpointercapture', end, { once: true });
  };
  return {
    isDetached,
    isFixed,
    style: isDetached && frame ? styleOf(frame) : undefined,
    setDetached: setWanted,
    putAt: (place) => keep(frameAt(place, roomNow())),
    drag,
  };
}

function dragged({ x, y, width, height }: Frame, part: 'window' | 'corner', dx: number, dy: number): Frame {
  return part === 'window' ? { x: x + dx, y: y + dy, width, height } : { x, y, width: width + dx, height: height + dy };
}
