/** Registered operations in files: Apollo's manifest, Relay's map, plain GraphQL. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import type { RegisteredOperation } from './operation-source.ts';
import { textHash } from './text-hash.ts';

const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), name: z.string(), body: z.string() })),
});

const extensions = ['.json', '.graphql', '.gql'];

/**
 * Reads a file, or every `.json`, `.graphql` and `.gql` of a folder and those in it. A `.graphql`
 * file is one document of any number of operations; its id is the SHA-256 of the file.
 * @throws naming the file, when one is none of these.
 */
export async function readOperationFiles(path: string): Promise<RegisteredOperation[]> {
  const files = (await stat(path)).isDirectory() ? await filesIn(path) : [path];
  const read = await Promise.all(files.map(readOperationFile));
  return read.flat();
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && extensions.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function readOperationFile(file: string): Promise<RegisteredOperation[]> {
  const content = await readFile(file, 'utf8');
  if (extname(file) !== '.json') return [{ id: textHash(content), text: content, origin: file }];
  return readJson(file, parseJson(file, content));
}

function parseJson(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${String(error)}`, { cause: error });
  }
}

function readJson(file: string, content: unknown): RegisteredOperation[] {
  const isManifest = z.object({ format: z.string() }).safeParse(content).success;
  if (isManifest) {
    const manifest = parseAs(file, 'Apollo’s manifest', manifestSchema, content);
    return manifest.operations.map(({ id, name, body }) => ({
      id,
      text: body,
      origin: `${file}, operation ${name}`,
    }));
  }
  const map = parseAs(file, 'a map of ids to texts', z.record(z.string(), z.string()), content);
  return Object.entries(map).map(([id, text]) => ({ id, text, origin: `${file}, id ${id}` }));
}

function parseAs<Schema extends z.ZodType>(
  file: string,
  what: string,
  schema: Schema,
  content: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is not ${what}: ${z.prettifyError(parsed.error)}`);
}
