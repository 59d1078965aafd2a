import type { ClientBase, Pool } from 'pg';
import type { Aggregation } from '../alerts/window-value.ts';

export interface MetricMinuteRow {
  workspaceId: string;
  metricId: string;
  bucket: Date;
  aggregation: Aggregation;
  /** Of PERCENTILE. */
  percentile: number | null;
  unit: string;
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Of PERCENTILE and DISTINCT. */
  sketch: Buffer | null;
}

/** Stores minutes as they stand now. A metric stays in the workspace that told of it first. */
export async function upsertMetricMinutes(
  client: ClientBase,
  rows: readonly MetricMinuteRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO metric_minute AS held
       (workspace_id, metric_id, bucket, aggregation, unit, count, sum, min, max, percentile, sketch)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[],
                          $6::bigint[], $7::float8[], $8::float8[], $9::float8[],
                          $10::float8[], $11::bytea[])
     ON CONFLICT (metric_id, bucket) DO UPDATE
       SET aggregation = excluded.aggregation, unit = excluded.unit, count = excluded.count,
           sum = excluded.sum, min = excluded.min, max = excluded.max,
           percentile = excluded.percentile, sketch = excluded.sketch
       WHERE held.workspace_id = excluded.workspace_id`,
    [
      rows.map((row) => row.workspaceId),
      rows.map((row) => row.metricId),
      rows.map((row) => row.bucket),
      rows.map((row) => row.aggregation),
      rows.map((row) => row.unit),
      rows.map((row) => row.count),
      rows.map((row) => row.sum),
      rows.map((row) => row.min),
      rows.map((row) => row.max),
      rows.map((row) => row.percentile),
      rows.map((row) => row.sketch),
    ],
  );
}

/** Deletes minutes of all workspaces that begin before `oldest`. */
export async function pruneMetricMinutes(pool: Pool, oldest: Date): Promise<void> {
  await pool.query('DELETE FROM metric_minute WHERE bucket < $1', [oldest]);
}
