import { createSketch, type SketchedFigure } from '@tributary/sketches';
import { expect, test } from 'vitest';
import { type Aggregation, windowValue } from './window-value.ts';

const totals = { count: 4, sum: 10, min: -1, max: 7, sketches: null };

test.for<[Aggregation, number]>([
  ['COUNT', 4],
  ['SUM', 10],
  ['AVERAGE', 2.5],
  ['SHARE', 2.5],
  ['MINIMUM', -1],
  ['MAXIMUM', 7],
])('%s of a window is %d', ([aggregation, value]) => {
  expect(windowValue({ aggregation, percentile: null }, totals)).toBe(value);
});

test('a window without events has no value, not even a count', () => {
  const none = { count: 0, sum: 0, min: 0, max: 0, sketches: null };
  expect(windowValue({ aggregation: 'COUNT', percentile: null }, none)).toBeNull();
});

test('a percentile and a count of different values are those of all minutes together', () => {
  const ofMinutes = (figure: SketchedFigure, minutes: (number | string)[][]) =>
    minutes.map((values) => {
      const sketch = createSketch(figure);
      for (const value of values) sketch.add(value);
      return sketch.toBytes();
    });
  const median = ofMinutes({ kind: 'percentile', percent: 50 }, [
    [1, 1],
    [100, 100, 100],
  ]);
  const value = windowValue(
    { aggregation: 'PERCENTILE', percentile: 50 },
    { ...totals, sketches: median },
  );
  expect(value).toBeGreaterThan(99);
  expect(value).toBeLessThan(101);
  const different = ofMinutes({ kind: 'distinct' }, [
    ['a', 'b'],
    ['b', 'c'],
  ]);
  expect(
    windowValue({ aggregation: 'DISTINCT', percentile: null }, { ...totals, sketches: different }),
  ).toBe(3);
});
