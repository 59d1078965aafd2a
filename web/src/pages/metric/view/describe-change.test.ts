import { expect, test } from 'vitest';
import { describeChange } from './describe-change.ts';

const delay = { unit: 'min', aggregation: 'MAXIMUM' };
const late = { unit: '', aggregation: 'SHARE' };

test.each([
  [12, 10, delay, '+20% · 10 min before'],
  [5, 10, delay, '−50% · 10 min before'],
  [10, 10, delay, 'unchanged · 10 min before'],
  [-3, 10, delay, '10 min before'],
  [3, 0, delay, '0 min before'],
  [null, 10, delay, '10 min before'],
  [3, null, delay, 'no events before'],
  [0.5, 0.25, late, '+25 points · 25% before'],
])('%j after %j', (value, earlier, metric, words) => {
  expect(describeChange(value, earlier, metric)).toBe(words);
});
