import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { SubgraphName } from './subgraph-names.ts';

export interface TestDatabase extends AsyncDisposable {
  url: string;
  pool: pg.Pool;
}

export const templateName = (name: SubgraphName): string => `template_${name}`;

/** A migrated, empty database of its own, dropped when it goes out of scope. */
export async function createTestDatabase(name: SubgraphName): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const database = `${name}_${randomUUID().replaceAll('-', '')}`;
  await runOnServer(
    server,
    `CREATE DATABASE ${database} TEMPLATE ${templateName(name)} STRATEGY FILE_COPY`,
  );
  const url = new URL(server);
  url.pathname = database;
  const pool = new pg.Pool({ connectionString: url.href, max: 5 });
  // Dropping the database ends connections that are idle.
  pool.on('error', () => {});
  return {
    url: url.href,
    pool,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await runOnServer(server, `DROP DATABASE ${database} WITH (FORCE)`);
    },
  };
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
