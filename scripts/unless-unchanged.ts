import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { repository } from './repository.ts';

export interface Step {
  /** Patterns of the files the step reads, from the repository's root. */
  inputs: readonly string[];
  /** A file or folder the step makes. */
  output: string;
  /** Where the hash of the inputs is kept. */
  stamp: string;
  run: () => Promise<void>;
}

/** Runs a step when its inputs changed since it last succeeded. Answers whether it ran. */
export async function unlessUnchanged({ inputs, output, stamp, run }: Step): Promise<boolean> {
  const stampFile = join(repository, stamp);
  const hash = await hashFiles(inputs);
  const known = await readFile(stampFile, 'utf8').catch(() => '');
  if (known === hash && existsSync(join(repository, output))) return false;
  await run();
  await mkdir(dirname(stampFile), { recursive: true });
  await writeFile(stampFile, hash);
  return true;
}

async function hashFiles(patterns: readonly string[]): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob([...patterns], { cwd: repository, withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  const hash = createHash('sha256');
  for (const file of files.sort())
    hash.update(file.slice(repository.length)).update(await readFile(file));
  return hash.digest('hex');
}
