import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { OperationFile } from './read-operations.ts';

const extensions = ['.json', '.graphql', '.gql'];

/** Reads a file, or every `.json`, `.graphql` and `.gql` of a folder and those in it. */
export async function readOperationFiles(path: string): Promise<OperationFile[]> {
  const names = (await stat(path)).isDirectory() ? await filesIn(path) : [path];
  return Promise.all(names.map(async (name) => ({ name, content: await readFile(name, 'utf8') })));
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && extensions.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
