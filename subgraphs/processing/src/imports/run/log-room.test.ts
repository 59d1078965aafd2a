import { expect, test } from 'vitest';
import { createLogRoom } from './log-room.ts';

const options = { mostAdded: 10, mostBacklogMilliseconds: 5_000 };

/** A look at a log with nobody behind. */
const look = (held: number, backlogMilliseconds = 0) => ({ held, most: 100, backlogMilliseconds });

test('an import waits while the log holds much more than at its least, and goes on when it is less', () => {
  const room = createLogRoom(options);
  expect([50, 60, 61, 55, 40, 51].map((held, at) => room.hasRoom(look(held), at))).toEqual([
    true,
    true,
    false,
    true,
    true,
    false,
  ]);
});

test('what stays in the log for other reasons is not waited for for ever, but its bound holds', () => {
  const room = createLogRoom(options);
  expect(room.hasRoom(look(50), 0)).toBe(true);
  expect(room.hasRoom(look(80), 1)).toBe(false);
  expect(room.hasRoom(look(80), 29_999)).toBe(false);
  expect(room.hasRoom(look(80), 30_001)).toBe(true);
  expect(room.hasRoom(look(101), 90_000)).toBe(false);
});

test('while consumers further on are away, a batch in half a minute is all that the log is given', () => {
  const room = createLogRoom(options);
  const hour = Array.from({ length: 36_000 }, (_, at) => at * 100);
  const sent = hour.filter((now) => room.hasRoom(look(50, 6_000 + now), now));
  expect(sent).toHaveLength(119);
  expect(room.hasRoom(look(50, 0), 3_600_001)).toBe(true);
  expect(room.hasRoom(look(101, 6_000), 7_200_000)).toBe(false);
});
