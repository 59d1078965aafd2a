import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTakenNotes } from './taken-notes.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const to = (partition: number, position: string) => [{ partition, from: null, to: position }];

function noting({ failures = 0 } = {}) {
  const noted: [number, string][][] = [];
  const notes = createTakenNotes(async (positions) => {
    failures -= 1;
    if (failures >= 0) throw new Error('The server is away.');
    noted.push([...positions]);
  });
  return { notes, noted };
}

test('positions are noted every two seconds, also when nothing more is taken', async () => {
  const { notes, noted } = noting();
  await notes.taken(to(0, '1-0'));
  await notes.taken(to(0, '2-0'));
  await notes.taken(to(1, '3-0'));
  expect(noted).toEqual([[[0, '1-0']]]);
  vi.advanceTimersByTime(2_000);
  await notes.taken([]);
  await notes.taken([]);
  expect(noted.slice(1)).toEqual([
    [
      [0, '2-0'],
      [1, '3-0'],
    ],
  ]);
});

test('of a partition that was given up nothing more is noted: who has it now is further', async () => {
  const { notes, noted } = noting();
  await notes.taken(to(0, '1-0'));
  await notes.taken([...to(0, '2-0'), ...to(1, '3-0')]);
  notes.begin(new Map([[1, '3-0']]));
  vi.advanceTimersByTime(2_000);
  await notes.taken([]);
  expect(noted).toEqual([[[0, '1-0']], [[1, '3-0']]]);
});

test('what could not be noted is noted later, with nothing taken meanwhile', async () => {
  const { notes, noted } = noting({ failures: 1 });
  await expect(notes.taken(to(0, '1-0'))).rejects.toThrow('away');
  vi.advanceTimersByTime(2_000);
  await notes.taken([]);
  expect(noted).toEqual([[[0, '1-0']]]);
});
