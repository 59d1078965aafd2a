import { expect, test } from 'vitest';
import { retryWait } from './retry-wait.ts';

test('the first retry comes within half a second', () => {
  expect(retryWait(0, () => 0)).toBe(250);
  expect(retryWait(0, () => 1)).toBe(500);
});

test('waits grow, spread, and never pass fifteen seconds', () => {
  expect(retryWait(3, () => 1)).toBe(4_000);
  expect(retryWait(400, () => 1)).toBe(15_000);
  expect(retryWait(400, () => 0)).toBe(7_500);
});
