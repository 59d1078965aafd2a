import { expect, test } from 'vitest';
import { barExtents } from './bar-scale.ts';

test('the largest value fills the track and the others are in proportion', () => {
  expect(barExtents([8, 4, 0])).toEqual([
    { start: 0, length: 100 },
    { start: 0, length: 50 },
    { start: 0, length: 0 },
  ]);
});

test('negative values reach to the left of where positive ones begin', () => {
  expect(barExtents([3, -1])).toEqual([
    { start: 25, length: 75 },
    { start: 0, length: 25 },
  ]);
});

test('nothing but zeros, or nothing at all, is no division by zero', () => {
  expect(barExtents([0])).toEqual([{ start: 0, length: 0 }]);
  expect(barExtents([])).toEqual([]);
});
