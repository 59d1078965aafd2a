/** What is read of groups whose minutes are not kept: one breakdown of some minutes, counted from the stored events. */
import { TributaryError } from '@tributary/errors';
import { sketchedFigureOf } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import type { Selection } from '../queries/selection.ts';
import type { Range } from '../queries/window.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { otherGroup } from '../rollups/other-group.ts';
import {
  contributions,
  type EventRange,
  endsOf,
  memberNames,
  type Statement,
} from './contributions.ts';
import { countSketched } from './count-sketched.ts';
import { createCountedMinutes } from './counted-minutes.ts';
import { insertRollups } from './insert-rollups.ts';
import { readDefinitions } from './metric-definition-store.ts';
import { addToOther, others } from './other-groups.ts';
import { rollupKey } from './rollup-key.ts';
import { countedMinutes } from './rollup-tables.ts';

export interface CountedMinutes extends Selection {
  workspaceId: string;
  metricIds: readonly string[];
  ranges: readonly Range[];
  breakdown: number;
}

/**
 * Makes and fills the table of counted minutes with what the rollup would have of them.
 * @throws OPERATION_TOO_COMPLEX for more than `mostEvents`.
 */
export async function countMinutes(
  client: PoolClient,
  wanted: CountedMinutes,
  mostEvents: number,
): Promise<void> {
  await createCountedMinutes(client);
  const metrics = await readDefinitions(client, [wanted.workspaceId]);
  let left = mostEvents;
  for (const metric of metrics.filter(({ id }) => wanted.metricIds.includes(id))) {
    for (const { from, to } of wanted.ranges) {
      const range = { from: new Date(from), to: new Date(to) };
      left -= await countStored(client, metric, range, left);
      if (left < 0) throw tooManyEvents(mostEvents);
      await countRange(client, metric, range, wanted);
    }
  }
  await client.query(addToOther(countedMinutes, beyond));
}

/** Answers how many events of a range would be looked at, `most` and one at most. */
async function countStored(
  client: PoolClient,
  { workspaceId, sourceId }: MetricDefinition,
  range: EventRange,
  most: number,
): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (
       SELECT FROM event WHERE workspace_id = $1 AND source_id = $2 AND time >= $3 AND time < $4 LIMIT $5
     ) AS looked_at`,
    [workspaceId, sourceId, ...endsOf(range), most + 1],
  );
  return rows[0]?.count ?? 0;
}

function tooManyEvents(most: number): TributaryError {
  return new TributaryError(
    'OPERATION_TOO_COMPLEX',
    `Minutes of groups of more than a week ago are counted from the stored events, from ${most} of them at most. Ask for whole hours, or for fewer minutes.`,
  );
}

async function countRange(
  client: PoolClient,
  metric: MetricDefinition,
  range: EventRange,
  { breakdown, where }: CountedMinutes,
): Promise<void> {
  const selected = selectedOf(contributions(metric, range), where);
  const figure = sketchedFigureOf(metric);
  if (figure) {
    const minutes = await countSketched(client, selected, { metric, breakdown, figure });
    return insertRollups(client, countedMinutes, minutes);
  }
  const names = memberNames(metric);
  const groups = [0, 1, 2].map((place) => (breakdown & (1 << place) ? names[place] : "''"));
  const { text, values } = selected;
  await client.query(
    `INSERT INTO ${countedMinutes} (${rollupKey}, count, sum, min, max)
     SELECT $${values.length + 1}::uuid, $${values.length + 2}::smallint, date_trunc('minute', time, 'UTC'), ${groups.join(', ')},
            count(*), sum(value), min(value), max(value)
     FROM (${text}) AS selected GROUP BY 3, 4, 5, 6`,
    [...values, metric.id, breakdown],
  );
}

/** Only the values asked for, where none of them stands for others that are not known yet. */
function selectedOf({ text, values }: Statement, where: Selection['where']): Statement {
  const given = [...values];
  const conditions = where
    .filter(({ in: wanted }) => !wanted.includes(otherGroup))
    .map(({ place, in: wanted }) => `member_${place + 1} = ANY($${given.push(wanted)}::text[])`);
  if (conditions.length === 0) return { text, values };
  return {
    text: `SELECT * FROM (${text}) AS of_all WHERE ${conditions.join(' AND ')}`,
    values: given,
  };
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
