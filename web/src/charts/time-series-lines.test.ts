import { expect, test } from 'vitest';
import type { StepValue } from './fill-steps.ts';
import { timeSeriesLines } from './time-series-lines.ts';

const steps: StepValue[] = [
  [1, 4],
  [2, null],
  [3, 5],
  [4, null],
  [5, 6],
  [6, 2],
];

test('the running step of a count is a dot of its own, not a fall of the line', () => {
  const [complete, running] = timeSeriesLines(steps, { aggregation: 'COUNT', color: '#000' });
  expect(complete?.data).toHaveLength(5);
  expect(running?.data).toEqual([[6, 2]]);
});

test('the running step of an average continues the line', () => {
  const [, running] = timeSeriesLines(steps, { aggregation: 'AVERAGE', color: '#000' });
  expect(running?.data).toEqual([{ value: [5, 6] }, { value: [6, 2] }]);
});

test('a value between two gaps is seen as a dot', () => {
  const [complete] = timeSeriesLines(steps, { aggregation: 'AVERAGE', color: '#000' });
  expect(complete?.data?.[2]).toEqual({ value: [3, 5], symbol: 'circle', symbolSize: 4 });
  expect(complete?.data?.[1]).toEqual({ value: [2, null] });
});

test('of a range that is over the last step is part of the line', () => {
  const options = { aggregation: 'COUNT', color: '#000', isRunning: false } as const;
  const [complete, running] = timeSeriesLines(steps, options);
  expect(complete?.data).toHaveLength(6);
  expect(running?.data).toEqual([]);
});
