/** Brings a database up to date with the migrations in `prisma/<name>/migrations`. */
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { ensureDatabase } from './ensure-database.ts';
import { databaseDirectory, readMigrations } from './migration-list.ts';
import { openSchemaEngine } from './schema-engine.ts';

const filters = { externalTables: [], externalEnums: [] };

export const databaseNames = ['users', 'processing', 'analytics', 'notifications'] as const;
export type DatabaseName = (typeof databaseNames)[number];

export interface ApplyMigrationsOptions {
  /** The database, or with `directory` any name used in messages. */
  name: string;
  /** Where to apply them: the database is created when the server does not have it yet. */
  url: string;
  /** The folder that holds `migrations/`; `prisma/<name>` unless given. */
  directory?: string;
}

/**
 * Applies what is missing, in order, each migration in one transaction. May be called by several
 * processes at once. Answers the names of the migrations applied now.
 */
export async function applyMigrations(options: ApplyMigrationsOptions): Promise<string[]> {
  const { name, url, directory = databaseDirectory(name) } = options;
  const migrationsList = await readMigrations(directory);
  await ensureDatabase(url);
  await using open = await openSchemaEngine(url);
  try {
    return await applyOnce(open.engine, migrationsList);
  } catch (error) {
    const failed = await forgetFailed(open.engine, migrationsList);
    const leftByKilledProcess = failed.length > 0 && open.scriptError() === undefined;
    if (leftByKilledProcess) return applyMigrations(options);
    throw explain({ name, failed, cause: open.scriptError() ?? error });
  }
}

async function applyOnce(engine: SchemaEngine, migrationsList: MigrationList): Promise<string[]> {
  const result = await engine.applyMigrations({ migrationsList, filters });
  return result.appliedMigrationNames;
}

/**
 * The engine refuses to go on after a failed migration until someone looks at what it left. A
 * migration is one transaction here, so it left nothing, and may be tried again.
 */
async function forgetFailed(engine: SchemaEngine, migrationsList: MigrationList) {
  const request = { migrationsList, optInToShadowDatabase: false, filters };
  const { failedMigrationNames } = await engine.diagnoseMigrationHistory(request);
  for (const migrationName of failedMigrationNames) {
    await engine.markMigrationRolledBack({ migrationName });
  }
  return failedMigrationNames;
}

function explain({ name, failed, cause }: { name: string; failed: string[]; cause: unknown }) {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const where = failed.length > 0 ? `, in ${failed.join(', ')}` : '';
  return new Error(`Migrating the database of ${name} failed${where}: ${reason}`, { cause });
}
