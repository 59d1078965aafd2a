import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelay } from './retry-delay.ts';

const hour = 3_600_000;

test.for([
  [1, 30_000],
  [2, 60_000],
  [4, 240_000],
  [7, 1_920_000],
  [8, hour],
])('after attempt %d the pause is at most %d ms', ([attempt = 0, expected]) => {
  expect(retryDelay(attempt, 30_000, 0)).toBe(expected);
});

test('a pause lies between half and the whole of its doubling, and is never over an hour', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 2, max: 60_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, base, random) => {
        const whole = Math.min(base * 2 ** (attempt - 1), hour);
        const pause = retryDelay(attempt, base, random);
        expect(pause).toBeLessThanOrEqual(whole);
        expect(pause).toBeGreaterThanOrEqual(Math.floor(whole / 2));
      },
    ),
  );
});
