import type { PoolClient } from 'pg';
import type { RollupDelta } from '../rollups/rollup-deltas.ts';
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
    `INSERT INTO ${table} AS held (metric_id, bucket, dimension_value, count, sum, min, max)
     SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bigint[], $5::float8[], $6::float8[], $7::float8[])
     ORDER BY 1, 2, 3
     ON CONFLICT (metric_id, bucket, dimension_value) DO UPDATE SET
       count = held.count + excluded.count,
       sum = held.sum + excluded.sum,
       min = least(held.min, excluded.min),
       max = greatest(held.max, excluded.max)`,
    [
      deltas.map(({ metricId }) => metricId),
      deltas.map(({ bucket }) => new Date(bucket).toISOString()),
      deltas.map(({ group }) => group),
      deltas.map(({ count }) => count),
      deltas.map(({ sum }) => sum),
      deltas.map(({ min }) => min),
      deltas.map(({ max }) => max),
    ],
  );
  await addSketches(client, table, deltas);
}
