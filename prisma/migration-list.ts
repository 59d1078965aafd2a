/** Reads `prisma/<name>/migrations` in the shape the schema engine takes. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm';

export const migrationLock = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };

/** The directory of one of the databases, e.g. `users`. */
export const databaseDirectory = (name: string): string => join(import.meta.dirname, name);

export async function readMigrations(directory: string): Promise<MigrationList> {
  const baseDir = join(directory, 'migrations');
  const names = await migrationNames(baseDir);
  return {
    baseDir,
    lockfile: migrationLock,
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(names.map((name) => readMigration(baseDir, name))),
  };
}

async function migrationNames(baseDir: string): Promise<string[]> {
  const entries = await readdir(baseDir, { withFileTypes: true }).catch(noDirectory);
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function noDirectory(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

async function readMigration(baseDir: string, name: string) {
  const value = await readFile(join(baseDir, name, 'migration.sql'), 'utf8');
  return {
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } },
  } as const;
}
