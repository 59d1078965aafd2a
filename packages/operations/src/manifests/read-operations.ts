/** Registered operations in a file: Apollo's manifest, Relay's map, plain GraphQL. */
import { extname } from 'node:path';
import { z } from 'zod';
import type { RegisteredOperation } from '../registered-operation.ts';
import { textHash } from './text-hash.ts';

export interface OperationFile {
  /** Its extension says what it holds: `.json`, or else GraphQL. */
  name: string;
  content: string;
}

const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), name: z.string(), body: z.string() })),
});

/**
 * A file of GraphQL is one document of any number of operations; its id is the SHA-256 of the file.
 * @throws naming the file, when it is none of these.
 */
export function readOperations({ name, content }: OperationFile): RegisteredOperation[] {
  if (extname(name) !== '.json') return [{ id: textHash(content), text: content, origin: name }];
  return readJson(name, parseJson(name, content));
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
