/**
 * What a workspace has defined (schemas, pipelines, look-up tables), compiled. Versions are read again
 * at most every second, so what is published is in force within about a second in every process.
 */
import { LRUCache } from 'lru-cache';
import type { DefinitionStore } from '../stores/definition-store.ts';
import {
  type Compiled,
  type CompiledDefinitions,
  createDefinitionCompiler,
} from './compile-definitions.ts';
import type { HttpLookups } from './http-lookups.ts';
import type { SchemaCompiler } from './validate.ts';

const freshMilliseconds = 1_000;
const mostWorkspaces = 1_000;

export type { CompiledDefinitions };

export interface DefinitionCache {
  /** At most a second old; older only while the database is away. */
  get(workspace: string): Promise<CompiledDefinitions>;
  /** As they are now. For what a person does and expects to see at once. */
  refresh(workspace: string): Promise<CompiledDefinitions>;
}

interface Entry {
  held: Compiled | undefined;
  readAt: number;
  reading: Promise<CompiledDefinitions> | undefined;
}

export interface DefinitionCacheDeps {
  store: DefinitionStore;
  compileSchema: SchemaCompiler;
  http: HttpLookups;
  onError: (error: unknown) => void;
}

export function createDefinitionCache(deps: DefinitionCacheDeps): DefinitionCache {
  const compile = createDefinitionCompiler(deps);
  const entries = new LRUCache<string, Entry>({ max: mostWorkspaces });

  function entryOf(workspace: string): Entry {
    const known = entries.get(workspace);
    if (known) return known;
    const entry: Entry = { held: undefined, readAt: 0, reading: undefined };
    entries.set(workspace, entry);
    return entry;
  }

  async function read(workspace: string, entry: Entry): Promise<CompiledDefinitions> {
    entry.readAt = Date.now();
    entry.held = await compile(workspace, entry.held);
    return entry.held.definitions;
  }

  /** One read at a time for a workspace; everybody who asks meanwhile gets its result. */
  function readOnce(workspace: string, entry: Entry): Promise<CompiledDefinitions> {
    entry.reading ??= read(workspace, entry).finally(() => {
      entry.reading = undefined;
    });
    return entry.reading;
  }

  return {
    async get(workspace) {
      const entry = entryOf(workspace);
      const { held } = entry;
      if (held && Date.now() - entry.readAt < freshMilliseconds) return held.definitions;
      const reading = readOnce(workspace, entry);
      if (!held) return reading;
      return reading.catch((error: unknown) => {
        deps.onError(error);
        return held.definitions;
      });
    },
    async refresh(workspace) {
      const entry = entryOf(workspace);
      // A read that is under way may have begun before the change.
      await entry.reading?.catch(() => {});
      return readOnce(workspace, entry);
    },
  };
}
