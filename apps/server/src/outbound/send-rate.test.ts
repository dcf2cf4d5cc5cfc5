import { expect, test } from 'vitest';
import { takeSlots } from './send-rate.ts';

const NOW = 1_000_000;
const bulk = (wanted: number, perMinute: number | null = 60) => ({ perMinute, wanted, isBulk: true });
const urgent = (wanted: number, perMinute: number | null = 60) => ({ perMinute, wanted, isBulk: false });

test('without a rate everything may go', () => {
  expect(takeSlots(0, NOW, bulk(500, null))).toEqual({ granted: 500, nextFreeMs: 0 });
});

test('mass mail goes in step: over any minute no more than allowed and a second of burst', () => {
  let nextFreeMs = 0;
  let sent = 0;
  for (let at = NOW; at <= NOW + 60_000; at += 100) {
    const answer = takeSlots(nextFreeMs, at, bulk(50));
    sent += answer.granted;
    nextFreeMs = answer.nextFreeMs;
  }
  expect(sent).toBeGreaterThanOrEqual(60);
  expect(sent).toBeLessThanOrEqual(62);
});

test('a reply does not wait for mass mail that used the minute up; mass mail then stands back', () => {
  const used = takeSlots(0, NOW, bulk(50)).nextFreeMs;
  const reply = takeSlots(used, NOW, urgent(10));
  expect(reply.granted).toBe(10);
  expect(takeSlots(reply.nextFreeMs, NOW + 9_000, bulk(1)).granted).toBe(0);
  expect(takeSlots(reply.nextFreeMs, NOW + 11_000, bulk(1)).granted).toBe(1);
});

test('replies alone are held to the rate too, a minute ahead at most', () => {
  const first = takeSlots(0, NOW, urgent(1000));
  expect(first.granted).toBeLessThanOrEqual(62);
  expect(takeSlots(first.nextFreeMs, NOW + 5_000, urgent(1000)).granted).toBeLessThanOrEqual(5);
});
