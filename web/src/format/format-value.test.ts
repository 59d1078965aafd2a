import { expect, test } from 'vitest';
import { formatNumber, formatValue } from './format-value.ts';

test.each([
  [0, '0'],
  [0.345, '0.35'],
  [-4.567, '-4.6'],
  [56.789, '56.8'],
  [12_345.6, '12,346'],
])('%d reads "%s"', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test('a share reads as percent, whatever its unit', () => {
  expect(formatValue(0.2345, { aggregation: 'SHARE', unit: '' })).toBe('23.5%');
  expect(formatValue(1, { aggregation: 'SHARE', unit: 'flights' })).toBe('100%');
});

test('averages have one decimal, so that they line up', () => {
  const delay = { aggregation: 'AVERAGE', unit: 'min' };
  expect([31, 7.49, -1.3].map((value) => formatValue(value, delay))).toEqual([
    '31.0 min',
    '7.5 min',
    '-1.3 min',
  ]);
});

test('a value carries its unit', () => {
  expect(formatValue(12.34, { aggregation: 'AVERAGE', unit: 'min' })).toBe('12.3 min');
  expect(formatValue(7, { aggregation: 'COUNT', unit: '' })).toBe('7');
});
