import { expect, test } from 'vitest';
import { createLogRoom, type LogLook } from './log-room.ts';

const options = { mostAdded: 10, mostLagMilliseconds: 2_000, mostBacklogMilliseconds: 5_000 };

/** A look at a log with nobody behind. */
const look = (held: number, others: Partial<LogLook> = {}): LogLook => ({
  held,
  most: 150,
  lagMilliseconds: 0,
  backlogMilliseconds: 0,
  ...others,
});

test('an import waits while the log holds much more than at its least, and goes on when it is less', () => {
  const room = createLogRoom(options);
  expect([50, 60, 61, 55, 40, 51].map((held, at) => room.awaited(look(held), at))).toEqual([
    undefined,
    undefined,
    'MEMORY',
    undefined,
    undefined,
    'MEMORY',
  ]);
});

test('what stays in the log for other reasons is not waited for for ever, but its bound holds', () => {
  const room = createLogRoom(options);
  expect(room.awaited(look(50), 0)).toBeUndefined();
  expect(room.awaited(look(80), 1)).toBe('MEMORY');
  // A server holds a little more or less at each look.
  expect(room.awaited(look(79), 100)).toBe('MEMORY');
  expect(room.awaited(look(81), 29_000)).toBe('MEMORY');
  expect(room.awaited(look(80), 30_099)).toBe('MEMORY');
  expect(room.awaited(look(80), 30_101)).toBeUndefined();
  expect(room.awaited(look(101), 90_000)).toBe('MEMORY');
});

test('other things in the log’s server leave an import half of what is free, however much they hold', () => {
  const room = createLogRoom({ ...options, mostAdded: 100 });
  const held = [120, 134, 136, 134];
  expect(held.map((bytes, at) => room.awaited(look(bytes), at))).toEqual([
    undefined,
    undefined,
    'MEMORY',
    undefined,
  ]);
  expect(createLogRoom(options).awaited(look(151), 0)).toBe('MEMORY');
});

test('what the log came to hold while the pipeline was behind is waited for once it is not', () => {
  const room = createLogRoom(options);
  expect(room.awaited(look(50), 0)).toBeUndefined();
  for (let now = 100; now <= 35_000; now += 100) {
    expect(room.awaited(look(50 + now / 1_000, { lagMilliseconds: 3_000 }), now)).toBe('PIPELINE');
  }
  expect(room.awaited(look(85), 35_100)).toBe('MEMORY');
  expect(room.awaited(look(59), 35_200)).toBeUndefined();
  // At its least it held what it did before.
  expect(room.awaited(look(61), 35_300)).toBe('MEMORY');
});

test('while consumers further on are away, a batch in half a minute is all that the log is given', () => {
  const room = createLogRoom(options);
  const hour = Array.from({ length: 36_000 }, (_, at) => at * 100);
  const away = (held: number, now: number) =>
    room.awaited(look(held, { backlogMilliseconds: 6_000 + now }), now);
  const awaited = hour.map((now) => away(50, now));
  expect(awaited.filter((one) => one === undefined)).toHaveLength(119);
  expect(awaited[0]).toBe('STORES');
  expect(room.awaited(look(50), 3_600_001)).toBeUndefined();
  expect(away(101, 7_200_000)).toBe('MEMORY');
});
