import { createTestDatabase } from '@tributary/testkit';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createPartitionLeases, type PartitionLeases } from './partition-leases.ts';

const patience = { timeout: 20_000 };

/** A process's leases on ten partitions, through connections of its own. */
function member(url: string) {
  const pool = new pg.Pool({ connectionString: url });
  pool.on('error', () => {});
  const leases = createPartitionLeases({ pool, topic: 'topic', group: 'group', partitions: 10 });
  return { pool, leases };
}

async function heldBy(members: readonly { leases: PartitionLeases }[]): Promise<number[][]> {
  return Promise.all(members.map(async ({ leases }) => [...(await leases.refresh())].sort()));
}

test('leases that are closed while they are opened keep no connection', async () => {
  await using database = await createTestDatabase('analytics');
  const { pool, leases } = member(database.url);
  const opening = leases.refresh();
  leases.close();
  await opening.catch(() => {});
  expect(pool.totalCount - pool.idleCount).toBe(0);
  await pool.end();
});

test('processes share the partitions evenly, each of which one process has, and one that is alone has all', async () => {
  await using database = await createTestDatabase('analytics');
  const [first, second, third] = [member(database.url), member(database.url), member(database.url)];
  expect((await heldBy([first]))[0]).toHaveLength(10);
  const everybody = [first, second, third];
  await expect
    .poll(async () => {
      const sizes = (await heldBy(everybody)).map((partitions) => partitions.length);
      return sizes.toSorted((a, b) => a - b);
    }, patience)
    .toEqual([2, 4, 4]);
  const all = (await heldBy(everybody)).flat();
  expect(new Set(all).size).toBe(10);

  // Its connections break, as when it is killed.
  await second.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_locks
     WHERE locktype = 'advisory' AND objid = $1::text::oid AND pid <> pg_backend_pid()`,
    [String((await heldBy([second]))[0]?.[0])],
  );
  second.leases.close();
  await expect
    .poll(async () => (await heldBy([first, third])).flat().length, { timeout: 10_000 })
    .toBe(10);
  for (const { leases, pool } of everybody) {
    leases.close();
    await pool.end();
  }
});
