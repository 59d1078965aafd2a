import type { PoolClient } from 'pg';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { otherGroup } from '../rollups/other-group.ts';
import { type Days, endsOf } from './backfill-statement.ts';
import { rollupKey } from './rollup-key.ts';
import { rollupTables } from './rollup-tables.ts';

/** The group "(other)" of a row's breakdown. */
const others = [1, 2, 4]
  .map((bit) => `CASE breakdown & ${bit} WHEN 0 THEN '' ELSE '${otherGroup}' END`)
  .join(', ');

/** Groups of a day that have no room: the limit is $4, and those with most events come first. */
const beyond = `
  SELECT breakdown, bucket, group_1, group_2, group_3 FROM (
    SELECT *, row_number() OVER (PARTITION BY breakdown, bucket ORDER BY count DESC, group_1, group_2, group_3) AS place
    FROM rollup_day
    WHERE metric_id = $1 AND breakdown <> 0 AND bucket >= $2 AND bucket < $3
      AND (group_1, group_2, group_3) <> (${others})
  ) AS ranked WHERE place > $4`;

/** Puts into "(other)" what is beyond the limit of limit-groups.ts in rollups that have been filled for these days. */
export async function limitBackfill(
  client: PoolClient,
  metric: MetricDefinition,
  days: Days,
  most: number,
): Promise<void> {
  if (metric.dimensions.length === 0) return;
  const values = [metric.id, ...endsOf(days), most];
  const { rowCount } = await client.query(`${beyond} LIMIT 1`, values);
  if (rowCount === 0) return;
  // The days come last: they say what is beyond.
  for (const table of rollupTables) {
    await client.query(
      `WITH beyond AS (${beyond}), gone AS (
         DELETE FROM ${table} AS held USING beyond
         WHERE held.metric_id = $1 AND held.bucket >= beyond.bucket AND held.bucket < beyond.bucket + interval '1 day'
           AND (held.breakdown, held.group_1, held.group_2, held.group_3) = (beyond.breakdown, beyond.group_1, beyond.group_2, beyond.group_3)
         RETURNING held.*
       )
       INSERT INTO ${table} AS held (${rollupKey}, count, sum, min, max)
       SELECT metric_id, breakdown, bucket, ${others}, sum(count), sum(sum), min(min), max(max)
       FROM gone GROUP BY 1, 2, 3
       ON CONFLICT (${rollupKey}) DO UPDATE SET
         count = held.count + excluded.count,
         sum = held.sum + excluded.sum,
         min = least(held.min, excluded.min),
         max = greatest(held.max, excluded.max)`,
      values,
    );
  }
}
