import { findKafka } from '@tributary/local-stack';
import { createTestDatabase, createTestKafka, createTestRedis } from '@tributary/testkit';
import { afterAll, test as baseTest, beforeAll, describe, expect, vi } from 'vitest';
import {
  createEventLog,
  createPositionStore,
  type EventLog,
  PositionConflict,
  readBacklog,
} from '../src/index.ts';
import { group, ownEvent, patience, record, seen, storeIds } from './stored-ids.ts';

/** A server of its own, or one that others use too: then by topics of its own. */
interface LogServer extends AsyncDisposable {
  url: string;
  pid: number;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** In place of a server that cannot be had; its tests are skipped. */
const absent: LogServer = {
  url: '',
  pid: 0,
  stop: async () => {},
  restart: async () => {},
  [Symbol.asyncDispose]: async () => {},
};

function disposing(log: EventLog) {
  return { ...log, [Symbol.asyncDispose]: () => log.close() };
}

const kafkaIsThere = (await findKafka()) !== undefined;

describe.each<[string, boolean, () => Promise<LogServer | undefined>]>([
  ['Redis Streams', true, createTestRedis],
  ['Apache Kafka (needs Java, and Maven to fetch it)', kafkaIsThere, createTestKafka],
])('the log on %s', (_name, isThere, startServer) => {
  let server: LogServer;
  beforeAll(async () => {
    server = (isThere ? await startServer() : undefined) ?? absent;
  }, 120_000);
  afterAll(() => server[Symbol.asyncDispose]());
  const test = baseTest.skipIf(!isThere);

  test('a record that was appended reaches the group, and those of one key in the order of appending', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    await using consumer = await storeIds({ pool: database.pool, url: server.url, event });
    for (let number = 0; number < 50; number += 1) {
      await consumer.log.append(event, [record(`a${number}`, 'a'), record(`b${number}`, 'b')]);
    }
    await expect.poll(() => seen(database.pool), patience).toHaveLength(100);
    const ids = await seen(database.pool);
    const expected = Array.from({ length: 50 }, (_, number) => number);
    expect(ids.filter((id) => id.startsWith('a'))).toEqual(expected.map((number) => `a${number}`));
    expect(ids.filter((id) => id.startsWith('b'))).toEqual(expected.map((number) => `b${number}`));
  });

  test('a batch whose transaction fails comes again and is stored once', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    let failures = 2;
    await using consumer = await storeIds({
      pool: database.pool,
      url: server.url,
      event,
      beforeCommit: () => {
        failures -= 1;
        if (failures >= 0) throw new Error('the database is away');
      },
    });
    await consumer.log.append(event, [record('1'), record('2')]);
    await expect.poll(() => seen(database.pool), patience).toHaveLength(2);
    expect(consumer.errors).toHaveLength(2);
  });

  test('two consumers of one group at the same time store every record once', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    await using first = await storeIds({ pool: database.pool, url: server.url, event });
    await using second = await storeIds({ pool: database.pool, url: server.url, event });
    const ids = Array.from({ length: 500 }, (_, number) => `${number}`);
    for (const id of ids) await first.log.append(event, [record(id)]);
    await expect.poll(() => seen(database.pool), { timeout: 30_000 }).toHaveLength(ids.length);
    expect((await seen(database.pool)).toSorted()).toEqual(ids.toSorted());
    const others = [...first.errors, ...second.errors].filter(
      (error) => !(error instanceof PositionConflict),
    );
    expect(others).toEqual([]);
  });

  test('a killed server keeps what it acknowledged, and the consumer goes on when it is back', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    await using consumer = await storeIds({ pool: database.pool, url: server.url, event });
    await consumer.log.append(event, [record('before')]);
    await expect.poll(() => seen(database.pool), patience).toEqual(['before']);
    await consumer.log.append(event, [record('at the last moment')]);
    process.kill(server.pid, 'SIGKILL');
    await vi.waitFor(() => server.restart(), patience);
    await vi.waitFor(() => consumer.log.append(event, [record('after')]), {
      timeout: 20_000,
    });
    await expect
      .poll(() => seen(database.pool), { timeout: 20_000 })
      .toEqual(expect.arrayContaining(['before', 'at the last moment', 'after']));
  });

  test('while the server is away an append is refused, not kept for later, and a consumer stops at once', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    const consumer = await storeIds({ pool: database.pool, url: server.url, event });
    await consumer.log.append(event, [record('1')]);
    await expect.poll(() => seen(database.pool), patience).toEqual(['1']);
    await server.stop();
    await expect(consumer.log.append(event, [record('2')])).rejects.toThrow();
    await expect.poll(() => consumer.errors.length, patience).toBeGreaterThan(0);
    await consumer.log.close();
    await server.restart();
    await using later = await storeIds({ pool: database.pool, url: server.url, event });
    await vi.waitFor(() => later.log.append(event, [record('3')]), patience);
    await expect.poll(() => seen(database.pool), patience).toEqual(['1', '3']);
  });

  test('records of one append arrive in order, however long they are together', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    await using consumer = await storeIds({ pool: database.pool, url: server.url, event });
    const long = Array.from({ length: 40 }, (_, number) => ({
      ...record(`${number}`, 'one key'),
      data: { text: 'x'.repeat(number * 500) },
    }));
    await consumer.log.append(event, long);
    await expect.poll(() => seen(database.pool), patience).toEqual(long.map(({ id }) => id));
  });

  test('many appends at the same time are all stored, each key in its order', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    await using consumer = await storeIds({ pool: database.pool, url: server.url, event });
    const keys = Array.from({ length: 20 }, (_, number) => `key-${number}`);
    await Promise.all(
      keys.map(async (key) => {
        for (let number = 0; number < 20; number += 1) {
          await consumer.log.append(event, [record(`${key}/${number}`, key)]);
        }
      }),
    );
    await expect.poll(() => seen(database.pool), patience).toHaveLength(400);
    const ids = await seen(database.pool);
    for (const key of keys) {
      const ofKey = ids.filter((id) => id.startsWith(`${key}/`));
      expect(ofKey).toEqual(Array.from({ length: 20 }, (_, number) => `${key}/${number}`));
    }
  });

  test('what waits is told by partition, from when it was appended', async () => {
    const event = ownEvent();
    await using log = disposing(await createEventLog({ url: server.url }));
    await log.append(event, [record('first', 'one key')]);
    await vi.waitFor(async () => {
      const waiting = await log.waiting(event, new Map());
      expect(waiting).toHaveLength(10);
      expect(waiting.filter((milliseconds) => milliseconds > 0)).toHaveLength(1);
    }, patience);
    await using database = await createTestDatabase('analytics');
    await using consumer = await storeIds({ pool: database.pool, url: server.url, event });
    await expect.poll(() => seen(database.pool), patience).toEqual(['first']);
    const taken = await createPositionStore({ pool: database.pool }).load(event.topic, group);
    expect(await consumer.log.waiting(event, taken)).toEqual(Array(10).fill(0));
  });

  test('how far a group is behind is seen by others too, soon after it has taken its last', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    await using log = disposing(await createEventLog({ url: server.url }));
    const backlog = () => readBacklog({ log, event });
    await log.append(event, [record('1', 'one key')]);
    // Who has never taken anything may never do so.
    expect(await backlog()).toBe(0);
    await using consumer = await storeIds({ pool: database.pool, url: server.url, event });
    await expect.poll(async () => (await log.noted(event)).size, patience).toBe(1);
    await log.append(event, [record('2', 'one key')]);
    await expect.poll(() => seen(database.pool), patience).toHaveLength(2);
    await expect.poll(backlog, patience).toBe(0);
    await consumer.log.close();
    await log.append(event, [record('3', 'one key')]);
    await expect.poll(backlog, patience).toBeGreaterThan(0);
  });

  test('a group that ended before it noted what it took is seen to be up to date once it runs again', async () => {
    const event = ownEvent();
    await using database = await createTestDatabase('analytics');
    await using log = disposing(await createEventLog({ url: server.url }));
    const backlog = () => readBacklog({ log, event });
    {
      await using consumer = await storeIds({ pool: database.pool, url: server.url, event });
      await log.append(event, [record('1', 'one key')]);
      await expect.poll(async () => (await log.noted(event)).size, patience).toBe(1);
      // Within two seconds of its last note, so it does not note this one.
      await log.append(event, [record('2', 'one key')]);
      await expect.poll(() => seen(database.pool), patience).toHaveLength(2);
      await consumer.log.close();
    }
    await expect.poll(backlog, patience).toBeGreaterThan(0);
    await using _again = await storeIds({ pool: database.pool, url: server.url, event });
    await expect.poll(backlog, patience).toBe(0);
  });
});
