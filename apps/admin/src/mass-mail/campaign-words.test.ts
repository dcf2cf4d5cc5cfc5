import { expect, test } from 'vitest';
import { doneShare, timeLeft } from './campaign-words.ts';

const counts = {
  recipients: 10,
  waiting: 3,
  sending: 1,
  sent: 4,
  failed: 1,
  unknown: 1,
  bounced: 0,
  skipped: 0,
  unsubscribed: 2,
};

test('the bar counts everybody whose mail is settled, well or badly', () => {
  expect(doneShare({ __typename: 'CampaignCounts', ...counts })).toBe(0.6);
  expect(doneShare({ __typename: 'CampaignCounts', ...counts, recipients: 0 })).toBe(0);
});

test.each([
  [0, 'about 1 s'],
  [42, 'about 42 s'],
  [250, 'about 4 min'],
  [5400, 'about 1.5 h'],
])('%i seconds are said as %s', (seconds, words) => {
  const now = Date.parse('2026-03-02T09:00:00Z');
  expect(timeLeft(new Date(now + seconds * 1000).toISOString(), now)).toBe(words);
});
