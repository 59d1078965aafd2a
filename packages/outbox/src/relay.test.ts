import { transaction } from '@tributary/chassis';
import { createTestDatabase } from '@tributary/testkit';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { createOutboxRelay, enqueue, type OutboxMessage } from './index.ts';

const message = (key: string): OutboxMessage => ({ name: 'test', key, payload: { key } });

function collect(pool: Pool, refuse: () => boolean = () => false) {
  const delivered: string[] = [];
  const errors: unknown[] = [];
  const relay = createOutboxRelay({
    pool,
    pollMilliseconds: 50,
    onError: (error) => errors.push(error),
    deliver: async (messages) => {
      if (refuse()) throw new Error('the log is away');
      delivered.push(...messages.map(({ key }) => key));
    },
  });
  return { delivered, errors, relay, [Symbol.asyncDispose]: () => relay.stop() };
}

test('a message leaves once its transaction has committed, in the order of writing', async () => {
  await using database = await createTestDatabase('users');
  await using collected = collect(database.pool);
  await transaction(database.pool, (client) => enqueue(client, [message('1'), message('2')]));
  await transaction(database.pool, (client) => enqueue(client, [message('3')]));
  await expect.poll(() => collected.delivered).toEqual(['1', '2', '3']);
});

test('a message of a transaction that rolled back never leaves', async () => {
  await using database = await createTestDatabase('users');
  await using collected = collect(database.pool);
  const failing = transaction(database.pool, async (client) => {
    await enqueue(client, [message('never')]);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await transaction(database.pool, (client) => enqueue(client, [message('later')]));
  await expect.poll(() => collected.delivered).toEqual(['later']);
});

test('a message whose delivery failed is delivered later', async () => {
  await using database = await createTestDatabase('users');
  let refusals = 2;
  await using collected = collect(database.pool, () => {
    refusals -= 1;
    return refusals >= 0;
  });
  await transaction(database.pool, (client) => enqueue(client, [message('1')]));
  await expect.poll(() => collected.delivered).toEqual(['1']);
  expect(collected.errors).toHaveLength(2);
});

test('two relays on one database deliver every message once between them', async () => {
  await using database = await createTestDatabase('users');
  await using first = collect(database.pool);
  await using second = collect(database.pool);
  const keys = Array.from({ length: 300 }, (_, number) => `${number}`);
  for (const key of keys)
    await transaction(database.pool, (client) => enqueue(client, [message(key)]));
  const all = () => [...first.delivered, ...second.delivered];
  await expect.poll(all).toHaveLength(keys.length);
  expect(all().toSorted()).toEqual(keys.toSorted());
});
