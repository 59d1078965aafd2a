import { expect, test } from 'vitest';
import { type Aggregation, windowValue } from './window-value.ts';

const totals = { count: 4, sum: 10, min: -1, max: 7 };

test.for<[Aggregation, number]>([
  ['COUNT', 4],
  ['SUM', 10],
  ['AVERAGE', 2.5],
  ['SHARE', 2.5],
  ['MINIMUM', -1],
  ['MAXIMUM', 7],
])('%s of a window is %d', ([aggregation, value]) => {
  expect(windowValue(aggregation, totals)).toBe(value);
});

test('a window without events has no value, not even a count', () => {
  expect(windowValue('COUNT', { count: 0, sum: 0, min: 0, max: 0 })).toBeNull();
});
