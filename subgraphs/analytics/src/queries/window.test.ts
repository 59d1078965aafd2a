import fc from 'fast-check';
import { expect, test } from 'vitest';
import { day, hour, minute } from '../rollups/rollup-deltas.ts';
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
  expect(stepsOf({ windowMinutes: 60 }, hour, now)).toEqual({
    from: noon - hour,
    to: noon + 11 * minute,
  });
  expect(stepsOf({ windowMinutes: 60 }, minute, now)).toEqual(windowOf(60, now));
});

test('every minute of a range is read exactly once, whole days and hours from theirs', () => {
  fc.assert(
    fc.property(anyNow, anyWindow, (now, windowMinutes) => {
      const window = windowOf(windowMinutes, now);
      const { days, hours, minutes } = planRead(window);
      const read = [days, ...hours, ...minutes].flatMap(minutesOf);
      expect(read.toSorted((a, b) => a - b)).toEqual(minutesOf(window));
      expect(read).toHaveLength(windowMinutes);
      for (const part of hours.filter(hasExtent)) {
        expect([part.from % hour, part.to % hour]).toEqual([0, 0]);
      }
      if (hasExtent(days)) expect([days.from % day, days.to % day]).toEqual([0, 0]);
      for (const part of minutes) expect(minutesOf(part).length).toBeLessThan(120);
      for (const part of hours) expect(minutesOf(part).length).toBeLessThan(48 * 60);
    }),
  );
});

const hasExtent = ({ from, to }: Range): boolean => to > from;

function minutesOf({ from, to }: Range): number[] {
  const minutes: number[] = [];
  for (let at = from; at < to; at += minute) minutes.push(at);
  return minutes;
}
