import type { Pool } from 'pg';
import { rollupTables } from './rollup-tables.ts';

export type RemovedMetricStore = ReturnType<typeof createRemovedMetricStore>;

/**
 * Figures of metrics that are gone. No request reads them, so they go in small parts that hold nobody up;
 * a part that a crash undid is done again.
 */
export function createRemovedMetricStore({ pool }: { pool: Pool }) {
  /** At most so many rows of one metric; answers whether there were any. */
  async function removeRows(id: string, most: number): Promise<boolean> {
    for (const table of rollupTables) {
      const { rowCount } = await pool.query(
        `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE metric_id = $1 LIMIT $2))`,
        [id, most],
      );
      if (rowCount) return true;
    }
    return false;
  }

  return {
    /** Removes some rows; answers whether there may be more. */
    async removeSome(most: number): Promise<boolean> {
      const { rows } = await pool.query<{ id: string }>('SELECT id FROM removed_metric LIMIT 1');
      const [removed] = rows;
      if (!removed) return false;
      if (await removeRows(removed.id, most)) return true;
      await pool.query('DELETE FROM removed_metric WHERE id = $1', [removed.id]);
      return true;
    },
  };
}
