import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * The content of a file that only its owner may read, made by `create` when it is missing. Of
 * two processes that create it at once, both get the content that came first.
 */
export async function readOrCreatePrivateFile(
  path: string,
  create: () => string | Promise<string>,
): Promise<string> {
  const found = await readIfThere(path);
  if (found !== undefined) return found;
  const content = await create();
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
    return content;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return await readFile(path, 'utf8');
  } finally {
    await rm(draft);
  }
}

/** A random password kept in a private file. */
export const readOrCreatePassword = (path: string): Promise<string> =>
  readOrCreatePrivateFile(path, () => randomBytes(24).toString('hex'));

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
