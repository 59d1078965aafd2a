/**
 * Minutes counted from the stored events, in a table that is the transaction's own: what rollups are
 * built from, and what is read of groups whose minutes are not kept (rollups/group-minutes.ts).
 */
import { sketchedFigureOf } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import type { Range } from '../queries/window.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { contributions, type EventRange, memberNames } from './contributions.ts';
import { readDefinitions } from './metric-definition-store.ts';
import { addToOther, others } from './other-groups.ts';
import { rollupKey } from './rollup-key.ts';
import { countedMinutes } from './rollup-tables.ts';
import { sketchMinutes } from './sketch-minutes.ts';
import { addSketches } from './sketch-store.ts';

/** Makes the table unless the connection has it; when the transaction ends it is empty again. */
export async function openCountedMinutes(client: PoolClient): Promise<void> {
  await client.query(
    `CREATE TEMPORARY TABLE IF NOT EXISTS ${countedMinutes} (LIKE rollup_minute INCLUDING INDEXES) ON COMMIT DELETE ROWS`,
  );
}

/** Counts a metric's stored events, without their sketches: every breakdown in one pass. */
export async function countEvents(
  client: PoolClient,
  metric: MetricDefinition,
  range: EventRange,
): Promise<void> {
  const { text, values } = contributions(metric, range);
  const names = memberNames(metric);
  const bits = names.map((name, place) => `(1 - GROUPING(${name})) * ${1 << place}`);
  const groups = [0, 1, 2].map((place) => {
    const name = names[place];
    return name === undefined ? "''" : `coalesce(${name}, '')`;
  });
  await client.query(
    `INSERT INTO ${countedMinutes} (${rollupKey}, count, sum, min, max)
     SELECT $${values.length + 1}::uuid, ${bits.join(' + ') || '0'}, date_trunc('minute', time, 'UTC'), ${groups.join(', ')},
            count(*), sum(value), min(value), max(value)
     FROM (${text}) AS contribution
     GROUP BY 3${names.length > 0 ? `, CUBE (${names.join(', ')})` : ''}`,
    [...values, metric.id],
  );
}

export interface CountedMinutes {
  workspaceId: string;
  metricIds: readonly string[];
  ranges: readonly Range[];
}

/** Fills the table with what the rollup would have of these minutes. */
export async function countMinutes(
  client: PoolClient,
  { workspaceId, metricIds, ranges }: CountedMinutes,
): Promise<void> {
  await openCountedMinutes(client);
  const metrics = await readDefinitions(client, [workspaceId]);
  for (const metric of metrics.filter(({ id }) => metricIds.includes(id))) {
    for (const { from, to } of ranges) {
      const range = { from: new Date(from), to: new Date(to) };
      await countEvents(client, metric, range);
      const figure = sketchedFigureOf(metric);
      if (!figure) continue;
      await addSketches(client, countedMinutes, await sketchMinutes(client, metric, figure, range));
    }
  }
  await client.query(addToOther(countedMinutes, beyond));
}

const dayOf = (group: string): string => `
  SELECT FROM rollup_day AS day
  WHERE day.metric_id = held.metric_id AND day.breakdown = held.breakdown
    AND day.bucket = date_trunc('day', held.bucket, 'UTC')
    AND (day.group_1, day.group_2, day.group_3) = (${group})`;

/** Groups that had no room on their day, which then has a group "(other)". */
const beyond = `
  DELETE FROM ${countedMinutes} AS held
  WHERE breakdown <> 0 AND EXISTS (${dayOf(others('held.'))})
    AND NOT EXISTS (${dayOf('held.group_1, held.group_2, held.group_3')})
  RETURNING held.*`;
