/** Minutes counted from the stored events, in a table that is the transaction's own: what rollups are built from. */
import type { PoolClient } from 'pg';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { contributions, type EventRange, memberNames } from './contributions.ts';
import { rollupKey } from './rollup-key.ts';
import { countedMinutes } from './rollup-tables.ts';
import { createValues } from './statement-values.ts';

/** Makes the table; it is gone when the transaction ends, whichever way. */
export async function createCountedMinutes(client: PoolClient): Promise<void> {
  await client.query(
    `CREATE TEMPORARY TABLE ${countedMinutes} (LIKE rollup_minute INCLUDING INDEXES) ON COMMIT DROP`,
  );
}

/** Counts a metric's stored events into the table, every breakdown in one pass. Not for metrics with sketches. */
export async function countEvents(
  client: PoolClient,
  metric: MetricDefinition,
  range: EventRange,
): Promise<void> {
  const { values, given } = createValues();
  const text = contributions(metric, range, given);
  const names = memberNames(metric);
  const bits = names.map((name, place) => `(1 - GROUPING(${name})) * ${1 << place}`);
  const groups = [0, 1, 2].map((place) => {
    const name = names[place];
    return name === undefined ? "''" : `coalesce(${name}, '')`;
  });
  await client.query(
    `INSERT INTO ${countedMinutes} (${rollupKey}, count, sum, min, max)
     SELECT ${given(metric.id)}::uuid, ${bits.join(' + ') || '0'}, date_trunc('minute', time, 'UTC'), ${groups.join(', ')},
            count(*), sum(value), min(value), max(value)
     FROM (${text}) AS contribution
     GROUP BY 3${names.length > 0 ? `, CUBE (${names.join(', ')})` : ''}`,
    values,
  );
}
