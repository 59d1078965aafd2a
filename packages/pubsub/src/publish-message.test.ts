import { createTestRedis } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { compareCursors, createChannelHistory, parseEnvelope, publishMessage } from './index.ts';

const channel = 'test.channel';
const forAnHour = { count: 1_000, milliseconds: 3_600_000 };

async function startChannel() {
  const resources = new AsyncDisposableStack();
  const server = resources.use(await createTestRedis());
  const connect = () => resources.adopt(new Redis(server.url), (client) => client.disconnect());
  const redis = connect();
  const history = createChannelHistory({ redis });
  const subscriber = connect();
  const heard: ReturnType<typeof parseEnvelope>[] = [];
  subscriber.on('message', (_, text: string) => heard.push(parseEnvelope(text)));
  await subscriber.subscribe(channel);
  return {
    redis,
    connect,
    server,
    heard,
    history,
    publish: (number: number, options: { id?: string; history?: typeof forAnHour } = {}) =>
      publishMessage(redis, {
        channel,
        text: JSON.stringify({ number }),
        history: forAnHour,
        ...options,
      }),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

const numbersOf = (messages: readonly { message: unknown }[] | undefined) =>
  messages?.map(({ message }) => (message as { number: number }).number);

test('what several publishers publish at once is heard in the order in which it is kept', async () => {
  await using run = await startChannel();
  const start = await run.history.head(channel);
  const publishers = Array.from({ length: 5 }, run.connect);

  await Promise.all(
    Array.from({ length: 200 }, (_, number) =>
      publishMessage(publishers[number % 5] ?? run.redis, {
        channel,
        text: JSON.stringify({ number }),
        history: forAnHour,
      }),
    ),
  );

  await expect.poll(() => run.heard).toHaveLength(200);
  expect(await run.history.after(channel, start)).toEqual(run.heard);
  const cursors = run.heard.map(({ cursor }) => cursor);
  expect(cursors.toSorted(compareCursors)).toEqual(cursors);
});

test('whoever knows one message finds all that came after it', async () => {
  await using run = await startChannel();
  const cursors = [];
  for (let number = 1; number <= 5; number += 1) cursors.push(await run.publish(number));

  expect(numbersOf(await run.history.after(channel, cursors[2] ?? ''))).toEqual([4, 5]);
  expect(await run.history.after(channel, cursors[4] ?? '')).toEqual([]);
  expect(await run.history.head(channel)).toBe(cursors[4]);
});

test('whoever listens to a silent channel misses nothing of what follows', async () => {
  await using run = await startChannel();
  const start = await run.history.head(channel);
  await run.publish(1);

  expect(numbersOf(await run.history.after(channel, start))).toEqual([1]);
});

test('beyond its count or age a history says that it no longer reaches back', async () => {
  await using run = await startChannel();
  const first = await run.publish(0);
  const few = { count: 100, milliseconds: 3_600_000 };
  for (let number = 1; number <= 400; number += 1) await run.publish(number, { history: few });
  expect(await run.history.after(channel, first ?? '')).toBeUndefined();

  const last = await run.publish(401, { history: { count: 100, milliseconds: 20 } });
  await expect.poll(() => run.history.after(channel, last ?? '')).toBeUndefined();
});

test('whoever missed more than anybody is caught up with hears the same', async () => {
  await using run = await startChannel();
  const start = await run.history.head(channel);
  const many = { count: 10_000, milliseconds: 3_600_000 };
  const numbers = Array.from({ length: 5_000 }, (_, number) => number);
  await Promise.all(numbers.map((number) => run.publish(number, { history: many })));
  expect(await run.history.after(channel, start)).toHaveLength(5_000);
  await run.publish(5_000, { history: many });
  expect(await run.history.after(channel, start)).toBeUndefined();
});

test('a message that is published again under its id is heard once', async () => {
  await using run = await startChannel();
  await run.publish(1, { id: 'a' });
  expect(await run.publish(1, { id: 'a' })).toBeUndefined();
  await run.publish(2, { id: 'b' });

  await expect.poll(() => numbersOf(run.heard)).toEqual([1, 2]);
});

test('what was published is still there after Redis was restarted', async () => {
  await using run = await startChannel();
  run.redis.on('error', () => {});
  const first = await run.publish(1);
  await run.publish(2);
  await run.server.restart();
  await run.publish(3);

  expect(numbersOf(await run.history.after(channel, first ?? ''))).toEqual([2, 3]);
});
