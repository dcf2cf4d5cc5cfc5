/** Where a window stands, in px of the page. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The page as it is seen. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** Between a window and the edge of the page. */
const MARGIN = 10;
const LEAST = { width: 420, height: 320 };
const USUAL = { width: 580, height: 600 };

/** Where the window can be put without dragging it. */
export const PLACES = {
  'lower-left': 'Lower left',
  'lower-right': 'Lower right',
  left: 'Left half',
  right: 'Right half',
  whole: 'Whole page',
} as const;
export type Place = keyof typeof PLACES;

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(value, most));

/** The frame as near as it can be inside the page: no part of it is out of reach, and it is never too small to write in. Pure. */
export function fitted(frame: Frame, room: Room): Frame {
  const most = { width: room.width - 2 * MARGIN, height: room.height - 2 * MARGIN };
  const width = within(frame.width, Math.min(LEAST.width, most.width), most.width);
  const height = within(frame.height, Math.min(LEAST.height, most.height), most.height);
  return {
    x: within(frame.x, MARGIN, room.width - width - MARGIN),
    y: within(frame.y, MARGIN, room.height - height - MARGIN),
    width,
    height,
  };
}

/** The frame at a place of the page. Pure. */
export function frameAt(place: Place, room: Room): Frame {
  const isHalf = place === 'left' || place === 'right';
  const isUsual = place === 'lower-left' || place === 'lower-right';
  const width = isUsual ? USUAL.width : isHalf ? room.width / 2 - 1.5 * MARGIN : room.width;
  const height = isUsual ? Math.min(USUAL.height, room.height * 0.72) : room.height;
  const isRight = place === 'right' || place === 'lower-right';
  return fitted({ x: isRight ? room.width : 0, y: room.height, width, height }, room);
}

/** Where the window stands at first: over what stands left of the ticket, so that the letter is seen whole; where there is no room for that, at the lower right. Pure. */
export function firstFrame(room: Room, ticketLeft: number): Frame {
  const free = ticketLeft - 2 * MARGIN;
  if (free < LEAST.width) return frameAt('lower-right', room);
  return fitted({ ...frameAt('lower-left', room), width: Math.min(USUAL.width, free) }, room);
}

/** A frame that was stored; null: it cannot be read. */
export function readFrame(stored: string | null): Frame | null {
  try {
    const frame = JSON.parse(stored ?? 'null') as Partial<Frame> | null;
    if (!frame) return null;
    const { x, y, width, height } = frame;
    return [x, y, width, height].every(Number.isFinite) ? (frame as Frame) : null;
  } catch {
    return null;
  }
}

/** How much of the lower end of `under` the frame hides, in px; 0 when it stands beside it. Pure. */
export function coveredBy(frame: Frame, under: { left: number; right: number; top: number; bottom: number }): number {
  const isBeside = frame.x >= under.right || frame.x + frame.width <= under.left;
  const isAbove = frame.y + frame.height <= under.top;
  if (isBeside || isAbove) return 0;
  // Some of it stays in view, however tall the window is.
  return within(under.bottom - frame.y, 0, Math.max(0, under.bottom - under.top - LEAST.height / 2));
}
