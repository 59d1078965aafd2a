/** One PostgreSQL for a whole test run, with a migrated template of each database to copy. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startPostgres } from '@tributary/local-stack';
import { applyMigrations } from '@tributary/prisma/migrate';
import type { TestProject } from 'vitest/node';
import { subgraphNames } from './subgraph-names.ts';
import { templateName } from './test-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection URL of the database `postgres` on the run's server. */
    postgresUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-test-'));
  const postgres = await startPostgres({
    directory: join(directory, 'postgres'),
    port: await freePort(),
    log: console.error,
    // Copying templates is most of what this server does; nothing here outlives the run.
    settings: { fsync: 'off', full_page_writes: 'off' },
  });
  await Promise.all(
    subgraphNames.map((name) => applyMigrations({ name, url: postgres.url(templateName(name)) })),
  );
  project.provide('postgresUrl', postgres.url('postgres'));
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
