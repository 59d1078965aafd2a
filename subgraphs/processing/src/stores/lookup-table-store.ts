import { createRowLoader, createRowsLoader, transaction } from '@tributary/chassis';
import type { PrismaClient } from '@tributary/prisma/processing';
import type { Pool, PoolClient } from 'pg';
import { onlyRow } from './only-row.ts';

/** Kept of each table, the one in force included. */
const mostVersions = 10;

export interface LookupTableRow {
  id: string;
  name: string;
  keyColumn: string;
  rowCount: number;
  version: number;
  updatedAt: Date;
}

export interface LookupTableVersionRow {
  tableId: string;
  version: number;
  keyColumn: string;
  rowCount: number;
  createdAt: Date;
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

const columns = {
  id: true,
  name: true,
  keyColumn: true,
  rowCount: true,
  version: true,
  updatedAt: true,
} as const;
const returned = `id, name, key_column AS "keyColumn", row_count AS "rowCount", version,
                  updated_at AS "updatedAt"`;

export function createLookupTableStore({ prisma, pool }: { prisma: PrismaClient; pool: Pool }) {
  return {
    /** Creates the table, or its next version, in one transaction. */
    put: (workspaceId: string, table: TableContents): Promise<LookupTableRow> =>
      transaction(pool, async (client) => {
        const row = await upsertTable(client, workspaceId, table);
        await client.query(
          `INSERT INTO lookup_row (table_id, version, key, columns)
           SELECT $1, $2, key, columns FROM unnest($3::text[], $4::jsonb[]) AS new_row(key, columns)`,
          [
            row.id,
            row.version,
            [...table.rows.keys()],
            [...table.rows.values()].map((columnsOfRow) => JSON.stringify(columnsOfRow)),
          ],
        );
        await noteVersion(client, row);
        return row;
      }),

    /** The rows of an earlier version as the next one; undefined when there is no such version. */
    restore: (workspaceId: string, name: string, version: number) =>
      transaction(pool, async (client) => {
        const { rows } = await client.query<LookupTableRow>(
          `UPDATE lookup_table SET version = lookup_table.version + 1, key_column = earlier.key_column,
             row_count = earlier.row_count, updated_at = clock_timestamp()
           FROM lookup_table_version AS earlier
           WHERE workspace_id = $1 AND name = $2 AND earlier.table_id = id AND earlier.version = $3
           RETURNING id, name, lookup_table.key_column AS "keyColumn", lookup_table.row_count AS "rowCount",
                     lookup_table.version, updated_at AS "updatedAt"`,
          [workspaceId, name, version],
        );
        const [row] = rows;
        if (!row) return undefined;
        await client.query(
          `INSERT INTO lookup_row (table_id, version, key, columns)
           SELECT table_id, $3, key, columns FROM lookup_row WHERE table_id = $1 AND version = $2`,
          [row.id, version, row.version],
        );
        await noteVersion(client, row);
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

    /** Those that are kept of each table, newest first. */
    async versionsOf(workspaceId: string, tableIds: string[]): Promise<LookupTableVersionRow[]> {
      const { rows } = await pool.query<LookupTableVersionRow>(
        `SELECT kept.table_id AS "tableId", kept.version, kept.key_column AS "keyColumn",
                kept.row_count AS "rowCount", kept.created_at AS "createdAt"
         FROM lookup_table JOIN lookup_table_version AS kept ON kept.table_id = lookup_table.id
         WHERE lookup_table.workspace_id = $1 AND lookup_table.id = ANY($2)
         ORDER BY kept.version DESC`,
        [workspaceId, tableIds],
      );
      return rows;
    },

    /** The column names of those tables that exist; none for a table without rows. */
    async columnsOf(workspaceId: string, names: string[]): Promise<Map<string, string[]>> {
      const { rows } = await pool.query<{ name: string; columns: object | null }>(
        `SELECT name, (SELECT columns FROM lookup_row
                       WHERE table_id = lookup_table.id AND version = lookup_table.version LIMIT 1)
         FROM lookup_table WHERE workspace_id = $1 AND name = ANY($2)`,
        [workspaceId, names],
      );
      return new Map(rows.map((row) => [row.name, Object.keys(row.columns ?? {})]));
    },
  };
}

/** Holds the row locked, so that two new versions take turns. */
async function upsertTable(client: PoolClient, workspaceId: string, table: TableContents) {
  const { rows } = await client.query<LookupTableRow>(
    `INSERT INTO lookup_table (id, workspace_id, name, key_column, row_count, updated_at)
     VALUES ($1, $2, $3, $4, $5, clock_timestamp())
     ON CONFLICT (workspace_id, name) DO UPDATE
     SET key_column = excluded.key_column, row_count = excluded.row_count,
         version = lookup_table.version + 1, updated_at = clock_timestamp()
     RETURNING ${returned}`,
    [table.id, workspaceId, table.name, table.keyColumn, table.rows.size],
  );
  return onlyRow(rows);
}

/** Writes the version down and forgets those that are too old to be kept. */
async function noteVersion(client: PoolClient, table: LookupTableRow): Promise<void> {
  await client.query(
    `INSERT INTO lookup_table_version (table_id, version, key_column, row_count)
     VALUES ($1, $2, $3, $4)`,
    [table.id, table.version, table.keyColumn, table.rowCount],
  );
  const oldest = table.version - mostVersions;
  for (const kept of ['lookup_table_version', 'lookup_row']) {
    await client.query(`DELETE FROM ${kept} WHERE table_id = $1 AND version <= $2`, [
      table.id,
      oldest,
    ]);
  }
}

export const createLookupTableLoader = (store: LookupTableStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    (row) => row.id,
  );

/** By table, newest first. */
export const createLookupTableVersionsLoader = (store: LookupTableStore, workspaceId: string) =>
  createRowsLoader(
    (ids) => store.versionsOf(workspaceId, ids),
    (row) => row.tableId,
  );
