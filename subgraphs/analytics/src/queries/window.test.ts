import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hour, minute } from '../rollups/rollup-deltas.ts';
import { planRead, type Range, stepsOf, windowOf } from './window.ts';

const noon = Date.UTC(2026, 10, 21, 12, 0, 0);
const anyNow = fc.integer({ min: noon, max: noon + 48 * hour });
const anyWindow = fc.integer({ min: 1, max: 10_080 });

test('a window is the minute under way and those before it', () => {
  const now = noon + 30_500;
  expect(windowOf(1, now)).toEqual({ from: noon, to: noon + minute });
  expect(windowOf(60, now)).toEqual({ from: noon - 59 * minute, to: noon + minute });
});

test('hours of a series are whole hours, the first of them included', () => {
  const now = noon + 10 * minute;
  expect(stepsOf(60, hour, now)).toEqual({ from: noon - hour, to: noon + 11 * minute });
  expect(stepsOf(60, minute, now)).toEqual(windowOf(60, now));
});

test('every minute of a window is read exactly once, whole hours from the hours', () => {
  fc.assert(
    fc.property(anyNow, anyWindow, (now, windowMinutes) => {
      const window = windowOf(windowMinutes, now);
      const { before, hours, after } = planRead(window);
      expect([...minutesOf(before), ...minutesOf(hours), ...minutesOf(after)]).toEqual(
        minutesOf(window),
      );
      expect(minutesOf(window)).toHaveLength(windowMinutes);
      if (hours.to > hours.from) expect([hours.from % hour, hours.to % hour]).toEqual([0, 0]);
      expect(minutesOf(before).length).toBeLessThan(120);
      expect(minutesOf(after).length).toBeLessThan(60);
    }),
  );
});

function minutesOf({ from, to }: Range): number[] {
  const minutes: number[] = [];
  for (let at = from; at < to; at += minute) minutes.push(at);
  return minutes;
}
