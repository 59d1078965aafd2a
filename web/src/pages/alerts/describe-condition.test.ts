import { expect, test } from 'vitest';
import { describeCondition } from './describe-condition.ts';

const rule = {
  operator: 'ABOVE',
  threshold: 15,
  windowMinutes: 5,
  holdSeconds: 0,
  isStanding: false,
} as const;
const delay = { id: '1', name: 'Average delay', unit: 'min', aggregation: 'AVERAGE' } as const;

test('a condition reads as a sentence with units', () => {
  expect(describeCondition({ ...rule, metric: delay })).toBe(
    'Average delay above 15 min over 5 min',
  );
  expect(describeCondition({ ...rule, holdSeconds: 30, operator: 'BELOW', metric: delay })).toBe(
    'Average delay below 15 min over 5 min, for 30 s',
  );
});

test('a threshold of a share is in percent', () => {
  const late = { ...delay, name: 'Late', aggregation: 'SHARE' } as const;
  expect(describeCondition({ ...rule, threshold: 0.25, metric: late })).toBe(
    'Late above 25% over 5 min',
  );
});

test('a rule whose metric is gone still says what it compares', () => {
  expect(describeCondition({ ...rule, metric: null })).toContain('is gone above 15');
});

test('of a rule that nobody made no metric is said to be gone', () => {
  expect(describeCondition({ ...rule, isStanding: true, metric: null })).toBe(
    'Its value above 15 over 5 min',
  );
});
