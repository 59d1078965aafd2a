import { setImmediate as turn } from 'node:timers/promises';
import { createTestDatabase } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { createDatabasePool } from './database.ts';
import { createService } from './service.ts';
import { transaction } from './transaction.ts';

test('a connection that breaks between two statements fails its transaction, and nothing else', async () => {
  await using database = await createTestDatabase('users');
  const service = createService({
    name: 'test',
    environment: { HOST: '127.0.0.1', PORT: 0, LOG_LEVEL: 'silent' },
  });
  const pool = createDatabasePool({ service, url: database.url });
  const broken = transaction(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    await turn();
    await client.query('SELECT 1');
  });
  await expect(broken).rejects.toThrow();
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
