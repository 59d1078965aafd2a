import fc from 'fast-check';
import { expect, test } from 'vitest';
import { day, hour, minute } from '../rollups/rollup-deltas.ts';
import { planRead, planSteps, type Range, stepsOf, windowOf } from './window.ts';

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

const anyKept = fc.integer({ min: -8 * day, max: day }).map((offset) => noon + offset);

test('every minute of a range is read exactly once: whole days and hours from theirs, and from the events what minutes are not kept', () => {
  fc.assert(
    fc.property(anyNow, anyWindow, anyKept, (now, windowMinutes, kept) => {
      const window = windowOf(windowMinutes, now);
      const minutesFrom = Math.floor(kept / minute) * minute;
      const { days, hours, minutes, counted } = planRead(window, minutesFrom);
      const read = [...days, ...hours, ...minutes, ...counted].flatMap(minutesOf);
      expect(read.toSorted((a, b) => a - b)).toEqual(minutesOf(window));
      expect(read).toHaveLength(windowMinutes);
      for (const part of hours) expect([part.from % hour, part.to % hour]).toEqual([0, 0]);
      for (const part of days) expect([part.from % day, part.to % day]).toEqual([0, 0]);
      for (const part of minutes) expect(part.from).toBeGreaterThanOrEqual(minutesFrom);
      for (const part of counted) expect(part.to).toBeLessThanOrEqual(minutesFrom);
      expect([...minutes, ...counted].flatMap(minutesOf).length).toBeLessThan(120);
      expect(hours.flatMap(minutesOf).length).toBeLessThan(48 * 60);
    }),
  );
});

test('steps are read from the table of their length, old minutes from the events', () => {
  const range = { from: noon, to: noon + day };
  const none = { days: [], hours: [], minutes: [], counted: [] };
  expect(planSteps(range, day, noon + hour)).toEqual({ ...none, days: [range] });
  expect(planSteps(range, hour, noon + hour)).toEqual({ ...none, hours: [range] });
  expect(planSteps(range, minute, noon + hour)).toEqual({
    ...none,
    minutes: [{ from: noon + hour, to: range.to }],
    counted: [{ from: noon, to: noon + hour }],
  });
});

function minutesOf({ from, to }: Range): number[] {
  const minutes: number[] = [];
  for (let at = from; at < to; at += minute) minutes.push(at);
  return minutes;
}
