import { randomUUID } from 'node:crypto';
import { transaction } from '@tributary/chassis';
import { type EventProcessed, eventProcessed } from '@tributary/events';
import { createTestDatabase, createTestRedis } from '@tributary/testkit';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { expect, test, vi } from 'vitest';
import {
  advancePositions,
  createPositionStore,
  createRedisEventLog,
  PositionConflict,
} from './index.ts';

const group = 'analytics.rollups';
/** How long a test waits for what a consumer does. */
const patience = { timeout: 20_000 };
const workspace = randomUUID();
const sourceid = randomUUID();

function record(id: string, subject = id): EventProcessed {
  return {
    specversion: '1.0',
    id,
    subject,
    source: '/test',
    type: 'test.happened',
    workspace,
    sourceid,
    time: '2026-01-01T00:00:00Z',
    acceptedat: '2026-01-01T00:00:00Z',
    requestid: 'request-1',
    data: {},
  };
}

/** A consumer that stores ids with its positions in one transaction, as a real one does. */
function storeIds(options: {
  pool: Pool;
  url: string;
  event?: typeof eventProcessed;
  beforeCommit?: () => void;
}) {
  const { event = eventProcessed } = options;
  const log = createRedisEventLog({ url: options.url });
  const errors: unknown[] = [];
  const invalid: unknown[] = [];
  log.consume({
    event,
    group,
    positions: createPositionStore({ pool: options.pool }),
    onError: (error) => errors.push(error),
    onInvalid: (found) => invalid.push(found),
    handle: (batch) =>
      transaction(options.pool, async (client) => {
        // IF NOT EXISTS fails when two create it at once.
        await client.query('SELECT pg_advisory_xact_lock(1)');
        await client.query('CREATE TABLE IF NOT EXISTS seen (number bigserial, id text)');
        await client.query('INSERT INTO seen (id) SELECT unnest($1::text[])', [
          batch.records.map(({ id }) => id),
        ]);
        await advancePositions(client, { topic: event.topic, group }, batch.advances);
        options.beforeCommit?.();
      }),
  });
  return { log, errors, invalid, [Symbol.asyncDispose]: () => log.close() };
}

async function seen(pool: Pool): Promise<string[]> {
  const { rows } = await pool
    .query<{ id: string }>('SELECT id FROM seen ORDER BY number')
    .catch(() => ({ rows: [] }));
  return rows.map(({ id }) => id);
}

test('a record that was appended reaches the group, and those of one key in the order of appending', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  await using consumer = storeIds({ pool: database.pool, url: redis.url });
  for (let number = 0; number < 50; number += 1) {
    await consumer.log.append(eventProcessed, [
      record(`a${number}`, 'a'),
      record(`b${number}`, 'b'),
    ]);
  }
  await expect.poll(() => seen(database.pool), patience).toHaveLength(100);
  const ids = await seen(database.pool);
  const expected = Array.from({ length: 50 }, (_, number) => number);
  expect(ids.filter((id) => id.startsWith('a'))).toEqual(expected.map((number) => `a${number}`));
  expect(ids.filter((id) => id.startsWith('b'))).toEqual(expected.map((number) => `b${number}`));
});

test('a batch whose transaction fails comes again and is stored once', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  let failures = 2;
  await using consumer = storeIds({
    pool: database.pool,
    url: redis.url,
    beforeCommit: () => {
      failures -= 1;
      if (failures >= 0) throw new Error('the database is away');
    },
  });
  await consumer.log.append(eventProcessed, [record('1'), record('2')]);
  await expect.poll(() => seen(database.pool), patience).toHaveLength(2);
  expect(consumer.errors).toHaveLength(2);
});

test('two consumers of one group at the same time store every record once', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  await using first = storeIds({ pool: database.pool, url: redis.url });
  await using second = storeIds({ pool: database.pool, url: redis.url });
  const ids = Array.from({ length: 500 }, (_, number) => `${number}`);
  for (const id of ids) await first.log.append(eventProcessed, [record(id)]);
  await expect.poll(() => seen(database.pool), { timeout: 30_000 }).toHaveLength(ids.length);
  expect((await seen(database.pool)).toSorted()).toEqual(ids.toSorted());
  const others = [...first.errors, ...second.errors].filter(
    (error) => !(error instanceof PositionConflict),
  );
  expect(others).toEqual([]);
});

test('a killed Redis keeps what it acknowledged, and the consumer goes on when it is back', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  await using consumer = storeIds({ pool: database.pool, url: redis.url });
  await consumer.log.append(eventProcessed, [record('before')]);
  await expect.poll(() => seen(database.pool), patience).toEqual(['before']);
  await consumer.log.append(eventProcessed, [record('at the last moment')]);
  process.kill(redis.pid, 'SIGKILL');
  await vi.waitFor(() => redis.restart(), { timeout: 10_000 });
  await vi.waitFor(() => consumer.log.append(eventProcessed, [record('after')]), {
    timeout: 10_000,
  });
  await expect
    .poll(() => seen(database.pool), { timeout: 20_000 })
    .toEqual(expect.arrayContaining(['before', 'at the last moment', 'after']));
});

test('a consumer stops at once while Redis is away', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  const consumer = storeIds({ pool: database.pool, url: redis.url });
  await consumer.log.append(eventProcessed, [record('1')]);
  await expect.poll(() => seen(database.pool), patience).toEqual(['1']);
  await redis.stop();
  await expect.poll(() => consumer.errors.length, patience).toBeGreaterThan(0);
  await consumer.log.close();
});

test('records of one append arrive in order, however long they are together', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  await using consumer = storeIds({ pool: database.pool, url: redis.url });
  const long = Array.from({ length: 40 }, (_, number) => ({
    ...record(`${number}`, 'one key'),
    data: { text: 'x'.repeat(number * 500) },
  }));
  await consumer.log.append(eventProcessed, long);
  await expect.poll(() => seen(database.pool), patience).toEqual(long.map(({ id }) => id));
});

test('an append while Redis is away is refused, not kept for later', async () => {
  await using redis = await createTestRedis();
  const log = createRedisEventLog({ url: redis.url });
  await redis.stop();
  await expect(log.append(eventProcessed, [record('1')])).rejects.toThrow();
  await log.close();
});

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
  await using consumer = storeIds({ pool: database.pool, url: redis.url });
  await expect.poll(() => seen(database.pool), patience).toEqual(['good']);
  expect(consumer.invalid).toEqual(['no JSON', { id: 'broken' }]);
});

test('what every group has taken is deleted from Redis, what one has not stays', async () => {
  await using redis = await createTestRedis();
  await using database = await createTestDatabase('analytics');
  await using reader = disconnecting(new Redis(redis.url));
  const kept = { ...eventProcessed, topic: 'events.kept', groups: [group, 'slow.group'] };
  await using consumer = storeIds({ pool: database.pool, url: redis.url });
  await using ofKept = storeIds({ pool: database.pool, url: redis.url, event: kept });
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

async function lengthOf(redis: Redis, topic: string): Promise<number> {
  const keys = await redis.keys(`log:{${topic}:?}`);
  const lengths = await Promise.all(keys.map((key) => redis.xlen(key)));
  return lengths.reduce((sum, length) => sum + length, 0);
}

function disconnecting(redis: Redis) {
  return { redis, [Symbol.asyncDispose]: async () => redis.disconnect() };
}
