import { authorise } from '@tributary/chassis';
import { parseInput, TributaryError } from '@tributary/errors';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type {
  LookupTableRow,
  LookupTableStore,
  LookupTableVersionRow,
} from '../stores/lookup-table-store.ts';
import type { Caller } from './caller.ts';
import { nameSchema } from './input-schemas.ts';
import { assertStorableText, readCsv } from './read-csv.ts';
import { readRows } from './read-rows.ts';

const largestCsv = 5 * 1_048_576;

const putSchema = z
  .object({
    name: nameSchema,
    keyColumn: nameSchema,
    csv: z
      .string()
      .refine((csv) => Buffer.byteLength(csv) <= largestCsv, 'must be at most 5 MB')
      .nullish(),
    rows: z.unknown().optional(),
  })
  .refine(({ csv, rows }) => (csv == null) !== (rows == null), {
    path: ['csv'],
    message: 'must have either `csv` or `rows`',
  });
const restoreSchema = z.object({ name: nameSchema, version: z.int() });

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

    /** The newest ten, newest first. */
    async versions(caller: Caller, tableId: string): Promise<LookupTableVersionRow[]> {
      authorise(caller.principal, 'lookupTable.read');
      return caller.loaders.lookupTableVersions.load(tableId);
    },

    /** Creates the table, or its next version. */
    async put(caller: Caller, input: unknown): Promise<LookupTableRow> {
      const { workspace } = authorise(caller.principal, 'lookupTable.put');
      const { name, keyColumn, csv, rows: given } = parseInput(putSchema, input);
      if (typeof csv === 'string') assertStorableText(csv);
      const rows =
        typeof csv === 'string' ? await readCsv(csv, keyColumn) : readRows(given, keyColumn);
      const row = await lookupTables.put(workspace, { id: v7(), name, keyColumn, rows });
      await definitions.refresh(workspace);
      return row;
    },

    /** Makes an earlier version's rows the next version. @throws NOT_FOUND. */
    async restore(caller: Caller, input: unknown): Promise<LookupTableRow> {
      const { workspace } = authorise(caller.principal, 'lookupTable.put');
      const { name, version } = parseInput(restoreSchema, input);
      const row = await lookupTables.restore(workspace, name, version);
      if (!row) {
        throw new TributaryError('NOT_FOUND', 'There is no such version of that table.', [
          'input',
          'version',
        ]);
      }
      await definitions.refresh(workspace);
      return row;
    },
  };
}
