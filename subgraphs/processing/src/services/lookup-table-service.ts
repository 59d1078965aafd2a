import { authorise } from '@tributary/chassis';
import { parseInput } from '@tributary/errors';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { LookupTableRow, LookupTableStore } from '../stores/lookup-table-store.ts';
import type { Caller } from './caller.ts';
import { nameSchema } from './input-schemas.ts';
import { assertStorableText, readCsv } from './read-csv.ts';

const largestCsv = 5 * 1_048_576;

const putSchema = z.object({
  name: nameSchema,
  keyColumn: nameSchema,
  csv: z.string().refine((csv) => Buffer.byteLength(csv) <= largestCsv, 'must be at most 5 MB'),
});

export interface LookupTableServiceDeps {
  lookupTables: LookupTableStore;
  definitions: DefinitionCache;
}

export function createLookupTableService({ lookupTables, definitions }: LookupTableServiceDeps) {
  return {
    async byId(caller: Caller, id: string): Promise<LookupTableRow | null> {
      authorise(caller.principal, 'lookupTable.read');
      return caller.loaders.lookupTable.load(id);
    },

    /** By name. */
    async list(caller: Caller): Promise<LookupTableRow[]> {
      const { workspace } = authorise(caller.principal, 'lookupTable.read');
      return lookupTables.list(workspace);
    },

    /** Creates the table or replaces its rows. */
    async put(caller: Caller, input: unknown): Promise<LookupTableRow> {
      const { workspace } = authorise(caller.principal, 'lookupTable.put');
      const { name, keyColumn, csv } = parseInput(putSchema, input);
      assertStorableText(csv);
      const rows = await readCsv(csv, keyColumn);
      const row = await lookupTables.put(workspace, { id: v7(), name, keyColumn, rows });
      await definitions.refresh(workspace);
      return row;
    },
  };
}
