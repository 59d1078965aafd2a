import { expect, test } from 'vitest';
import {
  formatAge,
  formatClock,
  formatDuration,
  formatMoment,
  formatPeriod,
} from './format-time.ts';

const now = new Date(2026, 10, 21, 14, 3, 20).getTime();

test.each([
  [0, 'just now'],
  [4_999, 'just now'],
  [12_400, '12 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [3 * 3_600_000, '3 h ago'],
])('an age of %d ms reads "%s"', (age, text) => {
  expect(formatAge(now - age, now)).toBe(text);
});

test('a time in the future, by a clock that is off, is now', () => {
  expect(formatAge(now + 30_000, now)).toBe('just now');
});

test('the clock has 24 hours, and other days are named', () => {
  expect(formatClock(now)).toBe('14:03');
  expect(formatMoment(now - 60_000, now)).toBe('14:02');
  expect(formatMoment(now - 86_400_000, now)).toBe('20 Nov, 14:03');
});

test('a period names the second day only when it is another one', () => {
  expect(formatPeriod(now, now + 60_000)).toBe('21 Nov, 14:03 – 14:04');
  expect(formatPeriod(now, now + 86_400_000)).toBe('21 Nov, 14:03 – 22 Nov, 14:03');
});

test.each([
  [0, '0 s'],
  [45, '45 s'],
  [300, '5 min'],
  [3_600, '1 h'],
  [5_400, '90 min'],
  [172_800, '2 d'],
])('%d seconds read "%s"', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
