import { expect, test } from 'vitest';
import { offsetFrom } from './server-time.ts';

const now = Date.parse('2026-11-21T09:30:00.900Z');

test('a clock that is a minute ahead is corrected', () => {
  expect(offsetFrom('Sat, 21 Nov 2026 09:29:00 GMT', now)).toBe(-60_900);
});

test('the second that a Date header leaves open is not mistaken for an offset', () => {
  expect(offsetFrom('Sat, 21 Nov 2026 09:30:00 GMT', now)).toBe(0);
});

test('an answer without a date changes nothing', () => {
  expect(offsetFrom(null, now)).toBeUndefined();
});
