/**
 * The jars of Apache Kafka: no registry carries a broker for Node, but Maven Central has its jars. Kept in
 * `.runtime/kafka`, so that they are fetched once for a copy of the repository, by one process: Maven's own
 * store of files bears no two at a time.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from './process-signals.ts';
import { waitUntil } from './wait-until.ts';

const run = promisify(execFile);
const kept = join(import.meta.dirname, '../../../.runtime/kafka');
const lock = `${kept}.lock`;
const pom = join(import.meta.dirname, '../kafka/pom.xml');
const fetchMilliseconds = 300_000;

/** The folder that holds the jars; undefined where there is no Java, or no Maven to fetch them. */
export async function findKafka(): Promise<string | undefined> {
  if (!(await works('java', ['-version']))) return undefined;
  if (await exists(kept)) return kept;
  if (!(await waitUntil(takeLock, { milliseconds: fetchMilliseconds }))) return undefined;
  try {
    if (!(await exists(kept))) await fetchJars();
  } finally {
    await rm(lock, { force: true });
  }
  return (await exists(kept)) ? kept : undefined;
}

async function fetchJars(): Promise<void> {
  const fetched = `${kept}-${process.pid}`;
  await mkdir(fetched, { recursive: true });
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${fetched}`];
  if (await works('mvn', ['-q', '-B', '-f', pom, ...goal])) await rename(fetched, kept);
  await rm(fetched, { recursive: true, force: true });
}

/** True for one process at a time; one that died holding it is passed over. */
async function takeLock(): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
    if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true });
    return false;
  }
}

async function works(command: string, args: readonly string[]): Promise<boolean> {
  return run(command, args, { timeout: fetchMilliseconds }).then(
    () => true,
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
