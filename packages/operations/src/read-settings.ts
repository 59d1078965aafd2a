import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Reads a `.ts`, `.mts`, `.js`, `.mjs` or `.json` file of settings; scripts export theirs as default.
 * @throws when there is none, or no default export.
 */
export async function readSettings(path: string): Promise<unknown> {
  const file = resolve(path);
  if (extname(file) === '.json') return JSON.parse(await readFile(file, 'utf8'));
  const module: { default?: unknown } = await import(pathToFileURL(file).href);
  if (module.default === undefined) throw new Error('it has no default export');
  return module.default;
}
