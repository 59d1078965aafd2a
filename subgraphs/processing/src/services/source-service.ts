import {
  authorise,
  authoriseAny,
  type Connection,
  requireKnown,
  toConnection,
  toPage,
} from '@tributary/chassis';
import { parseInput, TributaryError } from '@tributary/errors';
import { v7 } from 'uuid';
import { z } from 'zod';
import { createWriteKey, hashWriteKey, writeKeyHint } from '../ingest/write-key.ts';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { UnknownTypes } from '../pipeline/unknown-types.ts';
import type { SourceRow, SourceStore } from '../stores/source-store.ts';
import type { Caller } from './caller.ts';
import { nameSchema } from './input-schemas.ts';

const createSchema = z.object({ name: nameSchema });

const changeSchema = z.object({
  id: z.string(),
  unknownTypes: z.enum(['ACCEPT', 'QUARANTINE', 'REJECT']),
});

export interface SourceServiceDeps {
  sources: SourceStore;
  definitions: DefinitionCache;
}

/** That there is a source, and its name: also for who may read figures of it, but not of pipelines. */
const nameReaders = ['source.read', 'metric.read'] as const;

export function createSourceService({ sources, definitions }: SourceServiceDeps) {
  return {
    async byId(caller: Caller, id: string): Promise<SourceRow | null> {
      authoriseAny(caller.principal, nameReaders);
      return caller.loaders.source.load(id);
    },

    /** For other subgraphs' references: a source's name is open to everybody in its workspace. */
    async reference(caller: Caller, id: string): Promise<SourceRow | null> {
      requireKnown(caller.principal);
      return caller.loaders.source.load(id);
    },

    unknownTypes(caller: Caller, source: SourceRow): UnknownTypes {
      authorise(caller.principal, 'source.read');
      return source.unknownTypes;
    },

    /** In force within a second, in every process. @throws NOT_FOUND. */
    async change(caller: Caller, input: unknown): Promise<SourceRow | null> {
      const { workspace } = authorise(caller.principal, 'source.change');
      const { id, unknownTypes } = parseInput(changeSchema, input);
      if (!(await caller.loaders.source.load(id))) {
        throw new TributaryError('NOT_FOUND', 'There is no such source.', ['input', 'id']);
      }
      await sources.setUnknownTypes(workspace, id, unknownTypes);
      await definitions.refresh(workspace);
      return caller.loaders.source.clear(id).load(id);
    },

    writeKeyHint(caller: Caller, source: SourceRow): string {
      authorise(caller.principal, 'source.read');
      return source.writeKeyHint;
    },

    /** Newest first. */
    async list(
      caller: Caller,
      paging: { first: number; after?: string | null },
    ): Promise<Connection<SourceRow>> {
      const { workspace } = authoriseAny(caller.principal, nameReaders);
      const page = toPage(paging);
      const rows = await sources.page(workspace, page);
      return toConnection(rows, page, ({ createdAt, id }) => ({ time: createdAt, id }));
    },

    /** The write key leaves here once; only its hash stays. */
    async create(caller: Caller, input: unknown): Promise<{ source: SourceRow; writeKey: string }> {
      const { workspace } = authorise(caller.principal, 'source.create');
      const { name } = parseInput(createSchema, input);
      const writeKey = createWriteKey();
      const source = await sources.create(workspace, {
        id: v7(),
        name,
        writeKeyHash: hashWriteKey(writeKey),
        writeKeyHint: writeKeyHint(writeKey),
      });
      if (source) return { source, writeKey };
      throw new TributaryError('CONFLICT', `There is a source named “${name}” already.`, [
        'input',
        'name',
      ]);
    },
  };
}
