import { createRowLoader, transaction } from '@tributary/chassis';
import type { PrismaClient } from '@tributary/prisma/processing';
import type { Pool, PoolClient } from 'pg';
import { onlyRow } from './only-row.ts';

export interface LookupTableRow {
  id: string;
  name: string;
  keyColumn: string;
  rowCount: number;
  updatedAt: Date;
}

export interface TableContents {
  /** Taken when the workspace has no table of that name. */
  id: string;
  name: string;
  keyColumn: string;
  /** Columns by key; all rows have the same columns. */
  rows: ReadonlyMap<string, Record<string, string>>;
}

export type LookupTableStore = ReturnType<typeof createLookupTableStore>;

const columns = { id: true, name: true, keyColumn: true, rowCount: true, updatedAt: true } as const;

export function createLookupTableStore({ prisma, pool }: { prisma: PrismaClient; pool: Pool }) {
  return {
    /** Creates the table or replaces all its rows, in one transaction. */
    put: (workspaceId: string, table: TableContents): Promise<LookupTableRow> =>
      transaction(pool, async (client) => {
        const row = await upsertTable(client, workspaceId, table);
        await replaceRows(client, row.id, table.rows);
        return row;
      }),

    list: (workspaceId: string): Promise<LookupTableRow[]> =>
      prisma.lookupTable.findMany({
        where: { workspaceId },
        orderBy: { name: 'asc' },
        select: columns,
      }),

    byIds: (workspaceId: string, ids: string[]): Promise<LookupTableRow[]> =>
      prisma.lookupTable.findMany({ where: { workspaceId, id: { in: ids } }, select: columns }),

    /** The column names of those tables that exist; none for a table without rows. */
    async columnsOf(workspaceId: string, names: string[]): Promise<Map<string, string[]>> {
      const { rows } = await pool.query<{ name: string; columns: object | null }>(
        `SELECT name, (SELECT columns FROM lookup_row WHERE table_id = lookup_table.id LIMIT 1)
         FROM lookup_table WHERE workspace_id = $1 AND name = ANY($2)`,
        [workspaceId, names],
      );
      return new Map(rows.map((row) => [row.name, Object.keys(row.columns ?? {})]));
    },
  };
}

/** Holds the row locked, so that two replacements take turns; `updated_at` always moves on. */
async function upsertTable(client: PoolClient, workspaceId: string, table: TableContents) {
  const { rows } = await client.query<LookupTableRow>(
    `INSERT INTO lookup_table (id, workspace_id, name, key_column, row_count, updated_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp())
     ON CONFLICT (workspace_id, name) DO UPDATE
     SET key_column = excluded.key_column, row_count = excluded.row_count,
         updated_at = greatest(clock_timestamp(), lookup_table.updated_at + interval '1 millisecond')
     RETURNING id, name, key_column AS "keyColumn", row_count AS "rowCount", updated_at AS "updatedAt"`,
    [table.id, workspaceId, table.name, table.keyColumn, table.rows.size],
  );
  return onlyRow(rows);
}

async function replaceRows(client: PoolClient, tableId: string, rows: TableContents['rows']) {
  await client.query('DELETE FROM lookup_row WHERE table_id = $1', [tableId]);
  await client.query(
    `INSERT INTO lookup_row (table_id, key, columns)
     SELECT $1, key, columns FROM unnest($2::text[], $3::jsonb[]) AS new_row(key, columns)`,
    [tableId, [...rows.keys()], [...rows.values()].map((row) => JSON.stringify(row))],
  );
}

export const createLookupTableLoader = (store: LookupTableStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    (row) => row.id,
  );
