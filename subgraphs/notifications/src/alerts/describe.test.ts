import { expect, test } from 'vitest';
import { describeDuration } from './describe-duration.ts';
import { describeInstant } from './describe-instant.ts';
import { describeQuantity } from './describe-quantity.ts';

test.for([
  [15, 'AVERAGE', 'min', '15 min'],
  [1_234_567.891, 'SUM', 'EUR', '1,234,567.89 EUR'],
  [0.012_345, 'MINIMUM', 's', '0.0123 s'],
  [-3.456, 'MAXIMUM', '', '-3.46'],
  [42, 'COUNT', '', '42'],
  [0.125, 'SHARE', '', '12.5%'],
  [1, 'SHARE', 'flights', '100%'],
  [0, 'SUM', 'min', '0 min'],
] as const)('%d as %s in "%s" reads %s', ([value, aggregation, unit, expected]) => {
  expect(describeQuantity(value, { aggregation, unit })).toBe(expected);
});

test('a threshold reads as a plain number before the metric’s unit is known', () => {
  expect(describeQuantity(15, { aggregation: null, unit: null })).toBe('15');
});

test.for([
  [0, 'less than a second'],
  [1, '1 second'],
  [60, '1 minute'],
  [725, '12 minutes 5 seconds'],
  [3_605, '1 hour'],
  [3_900, '1 hour 5 minutes'],
  [180_000, '2 days 2 hours'],
] as const)('%d seconds read %s', ([seconds, expected]) => {
  expect(describeDuration(new Date(0), new Date(seconds * 1_000))).toBe(expected);
});

test('an instant names its time zone', () => {
  expect(describeInstant(new Date('2026-11-21T09:30:59Z'))).toBe('09:30 UTC on 21 Nov 2026');
});
