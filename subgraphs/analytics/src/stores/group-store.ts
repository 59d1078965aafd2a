import type { PoolClient } from 'pg';
import type { RollupDelta } from '../rollups/rollup-sums.ts';
import { rollupKey, rollupKeyArrays, rollupKeyValues } from './rollup-key.ts';

/** How many groups a breakdown has on a day. */
export async function countGroups(
  client: PoolClient,
  { metricId, breakdown, bucket }: Pick<RollupDelta, 'metricId' | 'breakdown' | 'bucket'>,
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM rollup_day WHERE metric_id = $1 AND breakdown = $2 AND bucket = $3',
    [metricId, breakdown, new Date(bucket).toISOString()],
  );
  return rows[0]?.count ?? 0;
}

/** Those of a day's deltas whose groups the day has already. */
export async function findGroups(
  client: PoolClient,
  days: readonly RollupDelta[],
): Promise<Set<RollupDelta>> {
  const { rows } = await client.query<{ place: number }>(
    `SELECT key.place::int - 1 AS place
     FROM unnest(${rollupKeyArrays}) WITH ORDINALITY AS key (${rollupKey}, place)
     JOIN rollup_day USING (${rollupKey})`,
    rollupKeyValues(days),
  );
  return new Set(rows.flatMap(({ place }) => days[place] ?? []));
}
