import { expect, test } from 'vitest';
import { countedShare } from './counted-share.ts';

const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const span = { from: day(1), to: day(11) };

test('the share of the time that is counted grows from the newest back, from 0 to 1', () => {
  expect([11, 6, 1].map((before) => countedShare(day(before), span))).toEqual([0, 0.5, 1]);
});

test('events that come or go meanwhile never make it less than nothing or more than all', () => {
  expect(countedShare(day(12), span)).toBe(0);
  expect(countedShare(new Date(0), span)).toBe(1);
  expect(countedShare(day(6), { from: null, to: null })).toBe(0);
});
