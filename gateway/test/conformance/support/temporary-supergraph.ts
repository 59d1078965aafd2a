import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The supergraph as a file, until it is disposed of. */
export async function temporarySupergraph(
  sdl: string,
): Promise<AsyncDisposable & { path: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-supergraph-'));
  const path = join(directory, 'supergraph.graphql');
  await writeFile(path, sdl);
  return {
    path,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true }),
  };
}
