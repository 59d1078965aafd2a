/**
 * node prisma/create-migration.ts <name> <title> [--empty]
 *
 * Writes prisma/<name>/migrations/<time>_<title>/migration.sql with what the migrations lack
 * compared to schema.prisma, as `prisma migrate dev --create-only` would. `--empty` writes a file
 * even when nothing differs, for SQL by hand. The comparison happens in a shadow database, on the
 * server that DATABASE_URL names or on one that lives as long as this command.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { databaseDirectory, migrationLock, readMigrations } from './migration-list.ts';
import { openSchemaEngine } from './schema-engine.ts';
import { startScratchPostgres } from './scratch-postgres.ts';

/** What diff exits with when the two sides differ. */
const differs = 2;

export interface CreateMigrationOptions {
  /** The folder that holds schema.prisma and migrations/. */
  directory: string;
  title: string;
  /** Any database on the server on which the shadow database is made. */
  url: string;
  /** Write a migration even when nothing differs. */
  empty?: boolean;
}

/** Answers the path of the file written, or undefined when there is nothing to migrate. */
export async function createMigration(options: CreateMigrationOptions) {
  const { directory, title, url, empty = false } = options;
  const script = await differenceAsSql(directory, url);
  return script || empty ? writeMigration(directory, title, script) : undefined;
}

/**
 * The engine's own createMigration finds no shadow database when it runs as WebAssembly; its diff
 * does, and answers the same script.
 */
export async function differenceAsSql(directory: string, url: string): Promise<string> {
  const path = join(directory, 'schema.prisma');
  const schema = { path, content: await readFile(path, 'utf8') };
  await using open = await openSchemaEngine(url);
  const result = await open.engine.diff({
    from: { tag: 'migrations', ...(await readMigrations(directory)) },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  });
  return result.exitCode === differs ? (result.stdout ?? '') : '';
}

async function writeMigration(directory: string, title: string, script: string) {
  const migrations = join(directory, 'migrations');
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrations, `${time}_${title.toLowerCase().replace(/\W+/g, '_')}`);
  const file = join(folder, 'migration.sql');
  await mkdir(folder, { recursive: true });
  await writeFile(file, script);
  await writeFile(join(migrations, migrationLock.path), migrationLock.content);
  return file;
}

async function main(words: string[]): Promise<void> {
  const empty = words.includes('--empty');
  const [name, title] = words.filter((word) => !word.startsWith('--'));
  if (!name || !title) throw new Error('usage: create-migration.ts <name> <title> [--empty]');
  // A name with a slash is a folder anywhere, which is how this command itself is tried out.
  const directory = name.includes('/') ? resolve(name) : databaseDirectory(name);
  const file = await withServer((url) => createMigration({ directory, title, url, empty }));
  console.log(file ? `wrote ${relative(process.cwd(), file)}` : `${name}: nothing to migrate`);
}

async function withServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL;
  if (given) return work(given);
  await using scratch = await startScratchPostgres();
  return await work(scratch.url);
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
