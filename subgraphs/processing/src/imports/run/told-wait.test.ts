import { expect, test } from 'vitest';
import { createToldWait } from './told-wait.ts';

function telling(before: string | null = null) {
  const told: (string | null)[] = [];
  const wait = createToldWait(async (reason) => void told.push(reason), before);
  return { wait, told };
}

test('what an import waits for is told after a minute, once, and that it is over too', async () => {
  const { wait, told } = telling();
  for (let now = 0; now < 60_000; now += 100) await wait.waits('MEMORY', now);
  expect(told).toEqual([]);
  for (let now = 60_000; now < 70_000; now += 100) await wait.waits('MEMORY', now);
  await wait.waits('PIPELINE', 70_000);
  const sentences = [expect.stringContaining('memory'), expect.stringContaining('pipeline')];
  expect(told).toEqual(sentences);
  await wait.goesOn(70_100);
  await wait.goesOn(70_200);
  expect(told).toEqual([...sentences, null]);
});

test('an import that gets a batch in half a minute is told to wait all the time', async () => {
  const { wait, told } = telling();
  for (let now = 0; now < 300_000; now += 100) {
    if (now % 30_000 === 29_900) await wait.goesOn(now);
    else await wait.waits('STORES', now);
  }
  expect(told).toEqual([expect.stringContaining('analytics and notifications')]);
});

test('waits of seconds are in the way of an import and are not told, however many', async () => {
  const { wait, told } = telling();
  for (let now = 0; now < 300_000; now += 100) {
    if (now % 5_000 === 0) await wait.goesOn(now);
    else await wait.waits('PIPELINE', now);
  }
  expect(told).toEqual([]);
});

test('what a process told that is gone is taken back by the next one', async () => {
  const { wait, told } = telling('Waits for something.');
  await wait.goesOn(0);
  expect(told).toEqual([null]);
});
