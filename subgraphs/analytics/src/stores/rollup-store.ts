import type { Pool, PoolClient } from 'pg';
import type { RollupDelta } from '../rollups/rollup-sums.ts';
import { rollupArrays, rollupKey, rollupValues } from './rollup-key.ts';
import type { RollupTable } from './rollup-tables.ts';
import { addSketches } from './sketch-store.ts';

/** Adds deltas in the caller's transaction; in the order of the key, so that two batches never deadlock. */
export async function addToRollups(
  client: PoolClient,
  table: RollupTable,
  deltas: readonly RollupDelta[],
): Promise<void> {
  if (deltas.length === 0) return;
  await client.query(
    `INSERT INTO ${table} AS held (${rollupKey}, count, sum, min, max)
     SELECT * FROM unnest(${rollupArrays})
     ORDER BY 1, 2, 3, 4, 5, 6
     ON CONFLICT (${rollupKey}) DO UPDATE SET
       count = held.count + excluded.count,
       sum = held.sum + excluded.sum,
       min = least(held.min, excluded.min),
       max = greatest(held.max, excluded.max)`,
    rollupValues(deltas),
  );
  await addSketches(client, table, deltas);
}

const rowsAtATime = 10_000;

/**
 * Deletes some of the minutes of groups before a time, in milliseconds since 1970; answers whether there may
 * be more. In the order of the index: otherwise PostgreSQL hopes to find some soon and reads the whole table.
 */
export async function deleteGroupMinutes(pool: Pool, before: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `DELETE FROM rollup_minute WHERE ctid = ANY (ARRAY(
       SELECT old.ctid FROM metric, generate_series(1, (1 << cardinality(dimensions)) - 1) AS told,
         LATERAL (SELECT ctid FROM rollup_minute
                  WHERE metric_id = metric.id AND breakdown = told AND bucket < $1::timestamptz
                  ORDER BY metric_id, breakdown, bucket LIMIT ${rowsAtATime} FOR UPDATE SKIP LOCKED) AS old
       LIMIT ${rowsAtATime}))`,
    [new Date(before).toISOString()],
  );
  return rowCount === rowsAtATime;
}
