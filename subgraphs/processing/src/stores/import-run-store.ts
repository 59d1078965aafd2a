/** What the processes that run imports know of them, over all workspaces. */
import type { Pool } from 'pg';
import type { ImportState } from '../imports/import-state.ts';
import { type ImportRow, importColumns } from './import-store.ts';

/** What a batch of rows came to. */
export interface Checkpoint {
  /** Where the batch began; of two processes that took it, the second finds this gone. */
  from: number;
  rowsRead: number;
  bytesRead: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  errorBytes: number;
  rowsPerSecond: number;
  /** There are no more rows. */
  isLast: boolean;
}

export class CheckpointConflict extends Error {
  constructor() {
    super('Another process reads this file; its work stands');
    this.name = 'CheckpointConflict';
  }
}

export type ImportRunStore = ReturnType<typeof createImportRunStore>;

export function createImportRunStore({ pool }: { pool: Pool }) {
  return {
    /** Those that somebody has to run, the longest without progress first. */
    async running(): Promise<{ id: string; workspaceId: string }[]> {
      const { rows } = await pool.query<{ id: string; workspaceId: string }>(
        `SELECT id, workspace_id AS "workspaceId" FROM import WHERE state = 'RUNNING' ORDER BY changed_at LIMIT 100`,
      );
      return rows;
    },

    async byId(id: string): Promise<ImportRow | undefined> {
      const { rows } = await pool.query<ImportRow>(
        `SELECT ${importColumns} FROM import WHERE id = $1`,
        [id],
      );
      return rows[0];
    },

    /**
     * Notes that rows are settled, whatever somebody did with the import meanwhile: they are on the log.
     * @returns the state then. @throws CheckpointConflict.
     */
    async settle(id: string, checkpoint: Checkpoint): Promise<ImportState> {
      const { rows } = await pool.query<{ state: ImportState }>(
        `UPDATE import SET rows_read = $3, bytes_read = $4, accepted = accepted + $5,
           duplicates = duplicates + $6, rejected = rejected + $7, error_bytes = $8, rows_per_second = $9,
           changed_at = clock_timestamp(), reason = CASE WHEN $10 THEN NULL ELSE reason END,
           state = CASE WHEN $10 AND state = 'RUNNING' THEN 'DONE'::import_state ELSE state END,
           ended_at = CASE WHEN $10 AND state = 'RUNNING' THEN clock_timestamp() ELSE ended_at END
         WHERE id = $1 AND rows_read = $2 RETURNING state`,
        [
          id,
          checkpoint.from,
          checkpoint.rowsRead,
          checkpoint.bytesRead,
          checkpoint.accepted,
          checkpoint.duplicates,
          checkpoint.rejected,
          checkpoint.errorBytes,
          checkpoint.isLast ? 0 : checkpoint.rowsPerSecond,
          checkpoint.isLast,
        ],
      );
      const [row] = rows;
      if (!row) throw new CheckpointConflict();
      return row.state;
    },

    /** What a running import waits for; null when it does not any more. */
    async tellWait(id: string, reason: string | null): Promise<void> {
      await pool.query(`UPDATE import SET reason = $2 WHERE id = $1 AND state = 'RUNNING'`, [
        id,
        reason,
      ]);
    },

    /** Ends a running import for good. */
    async fail(id: string, reason: string): Promise<void> {
      await pool.query(
        `UPDATE import SET state = 'FAILED', reason = $2, rows_per_second = 0,
           ended_at = clock_timestamp(), changed_at = clock_timestamp()
         WHERE id = $1 AND state = 'RUNNING'`,
        [id, reason.replaceAll('\u0000', '\ufffd').slice(0, 2_000)],
      );
    },

    /** Cancels what nobody has touched for so long. */
    async cancelForgotten(milliseconds: number): Promise<void> {
      await pool.query(
        `UPDATE import SET state = 'CANCELLED', reason = 'Nobody went on with it.',
           ended_at = clock_timestamp(), changed_at = clock_timestamp()
         WHERE state IN ('UPLOADED', 'PAUSED') AND changed_at < clock_timestamp() - $1 * interval '1 millisecond'`,
        [milliseconds],
      );
    },

    /** Which of these files’ imports still need them: the upload until the end, rejected rows for a while after. */
    async needed(ids: readonly string[], errorMilliseconds: number) {
      const { rows } = await pool.query<{ id: string; upload: boolean; errors: boolean }>(
        `SELECT id, state IN ('UPLOADED', 'RUNNING', 'PAUSED') AS upload,
                ended_at IS NULL OR ended_at > clock_timestamp() - $2 * interval '1 millisecond' AS errors
         FROM import WHERE id = ANY($1)`,
        [ids, errorMilliseconds],
      );
      return new Map(rows.map((row) => [row.id, row]));
    },
  };
}
