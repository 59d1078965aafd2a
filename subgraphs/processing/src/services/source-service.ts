import { authorise, type Connection, requireKnown, toConnection, toPage } from '@tributary/chassis';
import { parseInput, TributaryError } from '@tributary/errors';
import { v7 } from 'uuid';
import { z } from 'zod';
import { createWriteKey, hashWriteKey, writeKeyHint } from '../ingest/write-key.ts';
import type { SourceRow, SourceStore } from '../stores/source-store.ts';
import type { Caller } from './caller.ts';
import { nameSchema } from './input-schemas.ts';

const createSchema = z.object({ name: nameSchema });

export function createSourceService({ sources }: { sources: SourceStore }) {
  return {
    async byId(caller: Caller, id: string): Promise<SourceRow | null> {
      authorise(caller.principal, 'source.read');
      return caller.loaders.source.load(id);
    },

    /** For other subgraphs' references: a source's name is open to everybody in its workspace. */
    async reference(caller: Caller, id: string): Promise<SourceRow | null> {
      requireKnown(caller.principal);
      return caller.loaders.source.load(id);
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
      const { workspace } = authorise(caller.principal, 'source.read');
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
