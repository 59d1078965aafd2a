import { expect, test } from 'vitest';
import { createLogRoom } from './log-room.ts';

test('an import waits while the log holds much more than at its least, and goes on when it is less', () => {
  const room = createLogRoom({ mostAdded: 10, most: 100 });
  expect([50, 60, 61, 55, 40, 51].map((bytes, at) => room.hasRoom(bytes, at))).toEqual([
    true,
    true,
    false,
    true,
    true,
    false,
  ]);
});

test('what stays in the log for other reasons is not waited for for ever, but its bound holds', () => {
  const room = createLogRoom({ mostAdded: 10, most: 100 });
  expect(room.hasRoom(50, 0)).toBe(true);
  expect(room.hasRoom(80, 1)).toBe(false);
  expect(room.hasRoom(80, 29_999)).toBe(false);
  expect(room.hasRoom(80, 30_001)).toBe(true);
  expect(room.hasRoom(101, 90_000)).toBe(false);
});
