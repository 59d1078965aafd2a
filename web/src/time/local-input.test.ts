import { expect, test } from 'vitest';
import { fromLocalInput, toLocalInput } from './local-input.ts';

test('a minute goes into an input and comes back from it', () => {
  const time = Date.parse('2026-07-21T09:30:00Z');
  expect(toLocalInput(time)).toMatch(/^2026-07-2\dT\d\d:\d\d$/);
  expect(fromLocalInput(toLocalInput(time + 59_000))).toBe(time);
});

test('an input without a time holds none', () => {
  expect(fromLocalInput('')).toBeUndefined();
});
