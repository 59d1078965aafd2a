/**
 * The jars of Apache Kafka: no registry carries a broker for Node, but Maven Central has its jars. Kept in
 * `.runtime/kafka`, so that they are fetched once for a copy of the repository.
 */
import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kept = join(import.meta.dirname, '../../../.runtime/kafka');
const pom = join(import.meta.dirname, '../kafka/pom.xml');
const fetchMilliseconds = 300_000;

/** The folder that holds the jars; undefined where there is no Java, or no Maven to fetch them. */
export async function findKafka(): Promise<string | undefined> {
  if (!(await works('java', ['-version']))) return undefined;
  if (await exists(kept)) return kept;
  return fetchJars();
}

async function fetchJars(): Promise<string | undefined> {
  const fetched = `${kept}-${process.pid}`;
  await mkdir(fetched, { recursive: true });
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${fetched}`];
  const isFetched = await works('mvn', ['-q', '-B', '-f', pom, ...goal]);
  // Whoever fetched them at the same time has the same.
  if (isFetched) await rename(fetched, kept).catch(() => {});
  await rm(fetched, { recursive: true, force: true });
  return (await exists(kept)) ? kept : undefined;
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
