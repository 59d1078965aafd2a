import { expect, test } from 'vitest';
import { createMessageQueue } from './message-queue.ts';

test('messages come in the order they were pushed, waiting or not', async () => {
  const queue = createMessageQueue<number>({ limit: 10, onEnd: () => {} });
  const first = queue.next();
  queue.push(1);
  queue.push(2);
  queue.push(3);

  expect((await first).value).toBe(1);
  expect((await queue.next()).value).toBe(2);
  expect((await queue.next()).value).toBe(3);
});

test('returning it ends a reader that waits, and says so once', async () => {
  let ends = 0;
  const queue = createMessageQueue<number>({ limit: 10, onEnd: () => void ends++ });
  const waiting = queue.next();

  await queue.return();
  await queue.return();

  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(ends).toBe(1);
});

test('a reader that is too slow gets an error instead of ever more messages', async () => {
  let ends = 0;
  const queue = createMessageQueue<number>({ limit: 2, onEnd: () => void ends++ });
  for (const message of [1, 2, 3]) queue.push(message);

  await expect(queue.next()).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  expect(await queue.next()).toEqual({ done: true, value: undefined });
  expect(ends).toBe(1);
});
