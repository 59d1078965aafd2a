import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import {
  noCounts,
  type OperationCounts,
  toUsageFields,
  usageBatchesKey,
  usageBatchKey,
  usageKey,
} from '@tributary/operations';
import type { SubgraphProcess } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { createPartner } from './operations-test.ts';
import { test as base, signUp } from './users-test.ts';

const test = base.extend('counts', { scope: 'file' }, async ({ redis }, { onCleanup }) => {
  const client = new Redis(redis.url);
  onCleanup(() => client.disconnect());
  return client;
});

const daysAgo = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/** This many requests of some milliseconds each. */
function requests(count: number, milliseconds: number, bucket: number): OperationCounts {
  const counts = { ...noCounts(), requests: count, microseconds: count * milliseconds * 1_000 };
  counts.buckets[bucket] = count;
  return counts;
}

interface Counted {
  client: string;
  day?: string;
  operation?: string;
}

/** Adds as a gateway does. */
async function count(
  redis: Redis,
  { client, day = daysAgo(0), operation = 'sales' }: Counted,
  counts: OperationCounts,
  key = usageKey,
): Promise<void> {
  for (const [field, growth] of toUsageFields({ client, day, operation }, counts)) {
    await redis.hincrby(key, field, growth);
  }
}

async function usageOf(
  users: SubgraphProcess,
  who: UserPrincipal,
  id: string,
  filter = '(days: 30)',
) {
  const { data } = await users.query(
    who,
    `query ($id: ID!) { workspace { apiClient(id: $id) {
      usage${filter} { day operationId requests errors meanMilliseconds p95Milliseconds }
    } } }`,
    { id },
  );
  return data?.workspace.apiClient.usage;
}

const within = { timeout: 15_000 };

test('what several gateways counted adds up by operation and day', async ({ users, counts }) => {
  const { principal } = await signUp(users);
  const client = await createPartner(users, principal);
  await count(counts, { client }, { ...requests(90, 4, 2), errors: 2 });
  await count(counts, { client, day: daysAgo(1) }, requests(1, 20_000, 13));
  await count(counts, { client, day: daysAgo(40) }, requests(1, 1, 0));
  await count(counts, { client, operation: 'an id with spaces' }, requests(2, 1, 0));
  const totals = async () =>
    (await usageOf(users, principal, client)).map(
      ({ requests: total }: { requests: number }) => total,
    );
  await expect.poll(totals, within).toEqual([90, 2, 1]);
  await count(counts, { client }, { ...requests(10, 90, 6), errors: 1 });
  await expect.poll(totals, within).toEqual([100, 2, 1]);
  expect(await usageOf(users, principal, client)).toEqual([
    {
      ...{ day: daysAgo(0), operationId: 'sales', requests: 100, errors: 3 },
      ...{ meanMilliseconds: 12.6, p95Milliseconds: 100 },
    },
    {
      ...{ day: daysAgo(0), operationId: 'an id with spaces', requests: 2, errors: 0 },
      ...{ meanMilliseconds: 1, p95Milliseconds: 1 },
    },
    {
      ...{ day: daysAgo(1), operationId: 'sales', requests: 1, errors: 0 },
      ...{ meanMilliseconds: 20_000, p95Milliseconds: null },
    },
  ]);
  const filtered = await usageOf(users, principal, client, '(days: 1, operationId: "sales")');
  expect(filtered).toMatchObject([{ day: daysAgo(0), operationId: 'sales' }]);
});

test('a batch that was added before the service died is not added again', async ({
  users,
  counts,
  database,
}) => {
  const { principal } = await signUp(users);
  const client = await createPartner(users, principal);
  const [added, waiting] = [randomUUID(), randomUUID()];
  await database.pool.query('INSERT INTO operation_usage_batch (id) VALUES ($1)', [added]);
  await count(counts, { client }, requests(5, 1, 0), usageBatchKey(added));
  await count(counts, { client }, requests(7, 1, 0), usageBatchKey(waiting));
  await counts.sadd(usageBatchesKey, added, waiting);
  await expect
    .poll(async () => (await usageOf(users, principal, client))[0]?.requests, within)
    .toBe(7);
  await expect.poll(() => counts.exists(usageBatchKey(added)), within).toBe(0);
  expect((await usageOf(users, principal, client))[0].requests).toBe(7);
});

test('counts of a client that is no more hold up nobody else’s', async ({ users, counts }) => {
  const { principal } = await signUp(users);
  const client = await createPartner(users, principal);
  await count(counts, { client: randomUUID() }, requests(1, 1, 0));
  await count(counts, { client: 'no-id' }, requests(1, 1, 0));
  await counts.hset(usageKey, 'something else', 'no number');
  await count(counts, { client }, requests(3, 1, 0));
  await expect
    .poll(async () => (await usageOf(users, principal, client))[0]?.requests, within)
    .toBe(3);
});

test('days that are none are refused', async ({ users }) => {
  const { principal } = await signUp(users);
  const client = await createPartner(users, principal);
  const { errors } = await users.query(
    principal,
    'query ($id: ID!) { workspace { apiClient(id: $id) { usage(days: 0) { day } } } }',
    { id: client },
  );
  expect(errors?.[0]).toMatchObject({
    message: 'days: must be 1 to 366',
    extensions: { code: 'INVALID_INPUT', field: ['days'] },
  });
});
