import { expect, test } from 'vitest';
import { fillRange, fillSteps } from './fill-steps.ts';

const now = Date.parse('2026-11-21T09:30:40Z');
const minute = (time: string) => Date.parse(`2026-11-21T${time}:00Z`);
const points = [{ at: '2026-11-21T09:28:00Z', value: 4 }];
const threeMinutes = { now, windowMinutes: 3, step: 'MINUTE' } as const;

test('minutes without events are zero where events are counted', () => {
  expect(fillSteps(points, { ...threeMinutes, empty: 0 })).toEqual([
    [minute('09:28'), 4],
    [minute('09:29'), 0],
    [minute('09:30'), 0],
  ]);
});

test('minutes without events are gaps where there is nothing to average', () => {
  const values = fillSteps(points, { ...threeMinutes, empty: null }).map(([, value]) => value);
  expect(values).toEqual([4, null, null]);
});

test('a window in hours ends with the running hour', () => {
  const steps = fillSteps([], { now, windowMinutes: 1_440, step: 'HOUR', empty: 0 });
  expect(steps).toHaveLength(24);
  expect(steps.at(-1)?.[0]).toBe(minute('09:00'));
});

test('a range begins with the step that holds its beginning and ends before its end', () => {
  const day = Date.parse('2026-11-20T00:00:00Z');
  const range = { from: day + 1, to: day + 2 * 86_400_000, step: 'DAY', empty: null } as const;
  expect(fillRange([{ at: '2026-11-21T00:00:00Z', value: 3 }], range)).toEqual([
    [day, null],
    [day + 86_400_000, 3],
  ]);
});
