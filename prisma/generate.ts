/**
 * node prisma/generate.ts
 *
 * Generates the Prisma client of every database whose schema changed since the last time. Works
 * offline: generating runs no schema engine, but the CLI downloads one unless it is told of a
 * binary, and does not mind which.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { databaseNames } from './migrate.ts';
import { databaseDirectory } from './migration-list.ts';

const run = promisify(execFile);
const require = createRequire(import.meta.url);

export type Generated = 'generated' | 'unchanged' | 'no schema.prisma yet';

/** Generates `<directory>/generated` from `<directory>/schema.prisma` when it is out of date. */
export async function generateClient(directory: string): Promise<Generated> {
  const schema = await readIfThere(join(directory, 'schema.prisma'));
  if (schema === undefined) return 'no schema.prisma yet';
  const hashFile = join(directory, 'generated', 'schema.sha256');
  const hash = createHash('sha256').update(schema).update(prismaVersion()).digest('hex');
  if ((await readIfThere(hashFile)) === hash) return 'unchanged';
  await runPrisma(directory);
  await writeFile(hashFile, hash);
  return 'generated';
}

async function runPrisma(directory: string): Promise<void> {
  const cli = require.resolve('prisma/build/index.js');
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  try {
    await run(process.execPath, [cli, 'generate', '--no-hints'], { cwd: directory, env });
  } catch (error) {
    const { stderr, stdout } = error as { stderr?: string; stdout?: string };
    throw new Error(`prisma generate failed in ${directory}:\n${stdout ?? ''}${stderr ?? ''}`);
  }
}

function prismaVersion(): string {
  const manifest: { version: string } = require('prisma/package.json');
  return manifest.version;
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Generates all clients; one line each that says what happened. */
export async function generateClients(report: (line: string) => void): Promise<void> {
  for (const name of databaseNames) {
    const directory = databaseDirectory(name);
    const outcome = await generateClient(directory);
    report(`${relative(process.cwd(), directory) || directory}: ${outcome}`);
  }
}

if (import.meta.main) {
  await generateClients(console.log).catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
