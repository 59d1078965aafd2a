import { createEventLog } from '@tributary/event-log';
import { type MemberChanged, memberChanged } from '@tributary/events';
import { createTestDatabase, createTestRedis, startSubgraph } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { signUp } from './users-test.ts';

/** Reads all member changes of a log from its beginning, as they come. */
async function followMembers(url: string) {
  const eventLog = await createEventLog({ url });
  const records: MemberChanged[] = [];
  const failures: unknown[] = [];
  eventLog.consume({
    event: memberChanged,
    group: 'notifications.recipients',
    positions: { load: async () => new Map() },
    handle: async (batch) => void records.push(...batch.records),
    onInvalid: (_, error) => failures.push(error),
    onError: (error) => failures.push(error),
  });
  return { records, failures, [Symbol.asyncDispose]: () => eventLog.close() };
}

const announcementOf = (account: { id: string; email: string; workspace: string }) =>
  expect.objectContaining({
    specversion: '1.0',
    source: '/users',
    type: 'tributary.member.changed',
    workspace: account.workspace,
    data: { userId: account.id, email: account.email, name: 'Ada Lovelace', isMember: true },
  });

test('other services learn of each person who signs up, once', async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  await using users = await startSubgraph('users', { database, redis });
  await using log = await followMembers(redis.url);
  const ada = await signUp(users);
  const grace = await signUp(users);
  await expect.poll(() => log.records).toHaveLength(2);
  expect(log.records).toEqual(expect.arrayContaining([announcementOf(ada), announcementOf(grace)]));
  expect(new Set(log.records.map((record) => record.id)).size).toBe(2);
  expect(log.failures).toEqual([]);
  await expect.poll(async () => (await database.pool.query('SELECT FROM outbox')).rowCount).toBe(0);
});

test('a sign-up is announced even when the service is killed right after its answer', async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  await using users = await startSubgraph('users', { database, redis });
  const ada = await signUp(users);
  users.kill('SIGKILL');
  await users.restart();
  await using log = await followMembers(redis.url);
  await expect.poll(() => log.records, { timeout: 10_000 }).toContainEqual(announcementOf(ada));
});

test('people can sign up while the event log is away, and are announced once it is back', async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  await using absent = await createTestRedis();
  const environment = { EVENT_LOG_URL: absent.url };
  const ada = await (async () => {
    await using users = await startSubgraph('users', { database, redis, environment });
    await absent.stop();
    return await signUp(users);
  })();
  const waiting = await database.pool.query('SELECT name, key FROM outbox');
  expect(waiting.rows).toEqual([{ name: 'members.changed', key: ada.id }]);

  await using _users = await startSubgraph('users', { database, redis });
  await using log = await followMembers(redis.url);
  await expect.poll(() => log.records, { timeout: 10_000 }).toContainEqual(announcementOf(ada));
});
