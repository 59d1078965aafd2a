import { createRowLoader, type Page } from '@tributary/chassis';
import type { Pool } from 'pg';
import type { ImportMapping } from '../imports/import-mapping.ts';
import type { ImportState } from '../imports/import-state.ts';
import type { ImportFormat } from '../imports/read/import-file.ts';
import { onlyRow } from './only-row.ts';

export interface ImportRow {
  id: string;
  workspaceId: string;
  sourceId: string;
  fileName: string;
  format: ImportFormat;
  isFromFolder: boolean;
  bytes: number;
  state: ImportState;
  mapping: ImportMapping | null;
  rowsRead: number;
  bytesRead: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  rowsPerSecond: number;
  errorBytes: number;
  reason: string | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

export interface NewImport {
  id: string;
  sourceId: string;
  fileName: string;
  format: ImportFormat;
  isFromFolder: boolean;
  bytes: number;
}

export type ImportStore = ReturnType<typeof createImportStore>;

/** Counts fit a double: there are fewer than 2^53 of everything. */
export const importColumns = `id, workspace_id AS "workspaceId", source_id AS "sourceId", file_name AS "fileName",
  format, is_from_folder AS "isFromFolder", bytes::float8, state, mapping, rows_read::float8 AS "rowsRead",
  bytes_read::float8 AS "bytesRead", accepted::float8, duplicates::float8, rejected::float8,
  rows_per_second AS "rowsPerSecond", error_bytes::float8 AS "errorBytes", reason, created_at AS "createdAt",
  started_at AS "startedAt", ended_at AS "endedAt"`;

export function createImportStore({ pool }: { pool: Pool }) {
  return {
    async create(workspaceId: string, given: NewImport): Promise<ImportRow> {
      const { rows } = await pool.query<ImportRow>(
        `INSERT INTO import (id, workspace_id, source_id, file_name, format, is_from_folder, bytes)
         VALUES ($1, $2, $3, $4, $5::import_format, $6, $7) RETURNING ${importColumns}`,
        [
          given.id,
          workspaceId,
          given.sourceId,
          given.fileName,
          given.format,
          given.isFromFolder,
          given.bytes,
        ],
      );
      return onlyRow(rows);
    },

    /** Newest first. */
    async page(workspaceId: string, page: Page): Promise<ImportRow[]> {
      const { rows } = await pool.query<ImportRow>(
        `SELECT ${importColumns} FROM import
         WHERE workspace_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
         ORDER BY created_at DESC, id DESC LIMIT $4`,
        [workspaceId, page.after?.time ?? null, page.after?.id ?? null, page.limit],
      );
      return rows;
    },

    async byIds(workspaceId: string, ids: string[]): Promise<ImportRow[]> {
      const { rows } = await pool.query<ImportRow>(
        `SELECT ${importColumns} FROM import WHERE workspace_id = $1 AND id = ANY($2)`,
        [workspaceId, ids],
      );
      return rows;
    },

    /** How many files of a workspace wait or are being read. */
    async countOpen(workspaceId: string): Promise<number> {
      const { rows } = await pool.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM import
         WHERE workspace_id = $1 AND state IN ('UPLOADED', 'RUNNING', 'PAUSED')`,
        [workspaceId],
      );
      return rows[0]?.count ?? 0;
    },

    /** Undefined when it is in none of the states that the move begins with. */
    async move(
      workspaceId: string,
      id: string,
      { from, to }: { from: readonly ImportState[]; to: ImportState },
      mapping?: ImportMapping,
    ): Promise<ImportRow | undefined> {
      const { rows } = await pool.query<ImportRow>(
        `UPDATE import SET state = $4::import_state, changed_at = clock_timestamp(), rows_per_second = 0, reason = NULL,
           mapping = coalesce($5::jsonb, mapping),
           started_at = CASE WHEN $4 = 'RUNNING' THEN coalesce(started_at, clock_timestamp()) ELSE started_at END,
           ended_at = CASE WHEN $4 = 'CANCELLED' THEN clock_timestamp() ELSE ended_at END
         WHERE workspace_id = $1 AND id = $2 AND state = ANY($3::import_state[])
         RETURNING ${importColumns}`,
        [workspaceId, id, from, to, mapping ? JSON.stringify(mapping) : null],
      );
      return rows[0];
    },
  };
}

export const createImportLoader = (store: ImportStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    (row) => row.id,
  );
