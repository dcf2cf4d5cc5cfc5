import { describe, expect, test } from 'vitest';
import { coveredBy, type Frame, firstFrame, fitted, frameAt, PLACES, type Place, readFrame } from './editor-frame.ts';

const room = { width: 1440, height: 900 };

describe('the window of the editor', () => {
  test.each<[string, Frame]>([
    ['far to the right and below', { x: 5000, y: 5000, width: 500, height: 400 }],
    ['far to the left and above', { x: -5000, y: -900, width: 500, height: 400 }],
    ['larger than the page', { x: 0, y: 0, width: 9000, height: 9000 }],
  ])('%s is brought into the page', (_where, frame) => {
    const { x, y, width, height } = fitted(frame, room);
    expect(x).toBeGreaterThanOrEqual(10);
    expect(y).toBeGreaterThanOrEqual(10);
    expect(x + width).toBeLessThanOrEqual(room.width - 10);
    expect(y + height).toBeLessThanOrEqual(room.height - 10);
  });

  test('is never too small to write in, and on a small page as large as that', () => {
    expect(fitted({ x: 20, y: 20, width: 1, height: 1 }, room)).toEqual({ x: 20, y: 20, width: 420, height: 320 });
    expect(fitted({ x: 0, y: 0, width: 600, height: 600 }, { width: 400, height: 300 })).toEqual({
      x: 10,
      y: 10,
      width: 380,
      height: 280,
    });
  });

  test('stands at first left of the ticket, and at the lower right where there is no room', () => {
    expect(firstFrame(room, 604)).toEqual({ x: 10, y: 290, width: 580, height: 600 });
    expect(firstFrame(room, 450)).toMatchObject({ x: 10, width: 430 });
    expect(firstFrame(room, 248)).toEqual(frameAt('lower-right', room));
    expect(frameAt('lower-right', room)).toEqual({ x: 850, y: 290, width: 580, height: 600 });
  });

  test.each(Object.keys(PLACES) as Place[])('put at %s it lies whole in the page', (place) => {
    const frame = frameAt(place, room);
    expect(fitted(frame, room)).toEqual(frame);
  });

  test('halves of the page do not meet', () => {
    const [left, right] = [frameAt('left', room), frameAt('right', room)];
    expect(left.x + left.width).toBeLessThan(right.x);
  });

  test('is found again where it was; what cannot be read is forgotten', () => {
    const frame = { x: 1, y: 2, width: 500, height: 400 };
    expect(readFrame(JSON.stringify(frame))).toEqual(frame);
    for (const stored of [null, '', '{', '{"x":1}', '"a"', '[]', '{"x":null,"y":1,"width":1,"height":1}'])
      expect(readFrame(stored)).toBeNull();
  });

  test('hides the lower end of what lies under it, and nothing of what lies beside or below it', () => {
    const letter = { left: 604, right: 1148, top: 90, bottom: 880 };
    expect(coveredBy({ x: 900, y: 600, width: 500, height: 290 }, letter)).toBe(280);
    expect(coveredBy({ x: 10, y: 290, width: 580, height: 600 }, letter)).toBe(0);
    expect(coveredBy({ x: 700, y: 10, width: 500, height: 70 }, letter)).toBe(0);
    expect(coveredBy({ x: 610, y: 10, width: 800, height: 880 }, letter)).toBe(630);
  });
});
