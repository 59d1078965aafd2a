import { randomUUID } from 'node:crypto';
import { eventProcessed } from '@tributary/events';
import { createTestDatabase, createTestRedis } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { createEventLog, type LogRisk } from '../src/index.ts';
import { group, patience, record, seen, storeIds } from './stored-ids.ts';

test('a record on the log that does not fit the catalogue is told and passed over', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  await using writer = disconnecting(new Redis(redis.url));
  await writer.redis.xadd('log:{events.processed:0}', '*', 'r', 'no JSON');
  await writer.redis.xadd(
    'log:{events.processed:0}',
    '*',
    'r',
    JSON.stringify([{ id: 'broken' }, record('good')]),
  );
  await using consumer = await storeIds({ pool: database.pool, url: redis.url });
  await expect.poll(() => seen(database.pool), patience).toEqual(['good']);
  expect(consumer.invalid).toEqual(['no JSON', { id: 'broken' }]);
});

test('what every group has taken is deleted from Redis, what one has not stays', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  await using reader = disconnecting(new Redis(redis.url));
  const kept = { ...eventProcessed, topic: 'events.kept', groups: [group, 'slow.group'] };
  await using consumer = await storeIds({ pool: database.pool, url: redis.url });
  await using ofKept = await storeIds({ pool: database.pool, url: redis.url, event: kept });
  // Redis trims whole blocks of a hundred entries.
  for (let number = 0; number < 1_500; number += 1) {
    await consumer.log.append(eventProcessed, [record(`${number}`, 'one key')]);
    await ofKept.log.append(kept, [record(`${number}`, 'one key')]);
  }
  await expect.poll(() => seen(database.pool), { timeout: 20_000 }).toHaveLength(3_000);
  let appended = 1_500;
  await expect
    .poll(
      async () => {
        await consumer.log.append(eventProcessed, [record(randomUUID(), 'one key')]);
        await ofKept.log.append(kept, [record(randomUUID(), 'one key')]);
        appended += 1;
        return lengthOf(reader.redis, eventProcessed.topic);
      },
      { timeout: 20_000 },
    )
    .toBeLessThan(1_000);
  expect(await lengthOf(reader.redis, kept.topic)).toBe(appended);
});

test('what Redis holds is told, and where it takes no more', async () => {
  await using redis = await createTestRedis();
  await using client = disconnecting(new Redis(redis.url));
  const log = await createEventLog({ url: redis.url });
  expect(await log.memory()).toMatchObject({ limit: Number.POSITIVE_INFINITY });
  await client.redis.config('SET', 'maxmemory', '64mb');
  const { held, limit } = await log.memory();
  expect(limit).toBe(67_108_864);
  expect(held).toBeGreaterThan(500_000);
  expect(held).toBeLessThan(limit);
  await log.close();
});

test('settings of Redis that lose what it acknowledged are told', async () => {
  await using redis = await createTestRedis();
  await using client = disconnecting(new Redis(redis.url));
  const settings = (...pairs: string[]) => client.redis.call('CONFIG', 'SET', ...pairs);
  expect(await risksOf(redis.url)).toEqual([]);
  await settings('appendfsync', 'everysec');
  expect(await risksOf(redis.url)).toEqual(['writesLate']);
  await settings('appendfsync', 'always', 'maxmemory', '64mb', 'maxmemory-policy', 'allkeys-lru');
  expect(await risksOf(redis.url)).toEqual(['evicts']);
  await settings('appendonly', 'no');
  expect(await risksOf(redis.url)).toEqual(['memoryOnly', 'evicts']);
});

test('a Redis that shows nobody its settings is taken as it is', async () => {
  await using redis = await createTestRedis();
  await using client = disconnecting(new Redis(redis.url));
  await client.redis.config('SET', 'appendonly', 'no');
  await client.redis.acl('SETUSER', 'tenant', 'on', '>rented', '~*', '+@all', '-config');
  const url = new URL(redis.url);
  url.username = 'tenant';
  url.password = 'rented';
  expect(await risksOf(url.href)).toEqual([]);
});

/** What a log that reaches this server tells of it. */
async function risksOf(url: string): Promise<LogRisk[]> {
  const { promise, resolve } = Promise.withResolvers<LogRisk[]>();
  const log = await createEventLog({ url, onRisks: resolve });
  const risks = await promise;
  await log.close();
  return risks;
}

async function lengthOf(redis: Redis, topic: string): Promise<number> {
  const keys = await redis.keys(`log:{${topic}:?}`);
  const lengths = await Promise.all(keys.map((key) => redis.xlen(key)));
  return lengths.reduce((sum, length) => sum + length, 0);
}

function disconnecting(redis: Redis) {
  return { redis, [Symbol.asyncDispose]: async () => redis.disconnect() };
}
