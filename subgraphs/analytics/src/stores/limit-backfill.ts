import type { PoolClient } from 'pg';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { type EventRange, endsOf } from './contributions.ts';
import { addToOther, others } from './other-groups.ts';
import { rollupTables } from './rollup-tables.ts';

/** Groups of a day that have no room: the limit is $4, and those with most events come first. */
const beyond = `
  SELECT breakdown, bucket, group_1, group_2, group_3 FROM (
    SELECT *, row_number() OVER (PARTITION BY breakdown, bucket ORDER BY count DESC, group_1, group_2, group_3) AS place
    FROM rollup_day
    WHERE metric_id = $1 AND breakdown <> 0 AND bucket >= $2 AND bucket < $3
      AND (group_1, group_2, group_3) <> (${others()})
  ) AS ranked WHERE place > $4`;

/** Puts into "(other)" what is beyond the limit of limit-groups.ts on days that begin within these hours; answers whether anything was. */
export async function limitBackfill(
  client: PoolClient,
  metric: MetricDefinition,
  hours: EventRange,
  most: number,
): Promise<boolean> {
  if (metric.dimensions.length === 0) return false;
  const values = [metric.id, ...endsOf(hours), most];
  const { rowCount } = await client.query(`${beyond} LIMIT 1`, values);
  if (rowCount === 0) return false;
  // What this transaction wrote PostgreSQL takes for a few rows: it would look through all of them for each group.
  await client.query('SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off');
  // The days come last: they say what is beyond.
  for (const table of rollupTables) {
    const gone = `
      DELETE FROM ${table} AS held USING (${beyond}) AS beyond
      WHERE held.metric_id = $1 AND held.bucket >= $2 AND held.bucket < $3::timestamptz + interval '1 day'
        AND (held.breakdown, date_trunc('day', held.bucket, 'UTC'), held.group_1, held.group_2, held.group_3)
          = (beyond.breakdown, beyond.bucket, beyond.group_1, beyond.group_2, beyond.group_3)
      RETURNING held.*`;
    await client.query(addToOther(table, gone), values);
  }
  await client.query('SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL enable_mergejoin TO DEFAULT');
  return true;
}
