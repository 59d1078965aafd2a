/** What is read of groups whose minutes are not kept: one breakdown of some minutes, counted from the stored events. */
import { TributaryError } from '@tributary/errors';
import { sketchedFigureOf } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import type { Selection } from '../queries/selection.ts';
import type { Range } from '../queries/window.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { otherGroup } from '../rollups/other-group.ts';
import { contributions, type EventRange, endsOf, memberNames } from './contributions.ts';
import { countSketched } from './count-sketched.ts';
import { readDefinitions } from './metric-definition-store.ts';
import { othersOf } from './other-groups.ts';
import { givenRollups } from './rollup-key.ts';
import { createValues, type Given } from './statement-values.ts';

export interface CountedMinutes extends Selection {
  workspaceId: string;
  metricIds: readonly string[];
  ranges: readonly Range[];
  breakdown: number;
}

/** A query for rows as the rollup of minutes would have them. */
export type CountedRows = (given: Given) => string;

/**
 * How to count the minutes; those of metrics with sketches are counted on the way.
 * @throws OPERATION_TOO_COMPLEX for more than `mostEvents`.
 */
export async function countMinutes(
  client: PoolClient,
  wanted: CountedMinutes,
  mostEvents: number,
): Promise<CountedRows> {
  const metrics = await readDefinitions(client, [wanted.workspaceId]);
  const counted: CountedRows[] = [];
  let left = mostEvents;
  for (const metric of metrics.filter(({ id }) => wanted.metricIds.includes(id))) {
    for (const { from, to } of wanted.ranges) {
      const range = { from: new Date(from), to: new Date(to) };
      const stored = await lookAt(client, metric, range, { ...wanted, most: left });
      left -= stored.events;
      if (left < 0) throw tooManyEvents(mostEvents);
      const rows = await countRange(client, metric, range, wanted);
      counted.push(stored.hasOthers ? (given) => withOthers(rows(given)) : rows);
    }
  }
  if (counted.length === 0) return () => 'SELECT * FROM rollup_minute WHERE false';
  return (given) => counted.map((rows) => rows(given)).join(' UNION ALL ');
}

interface Stored {
  /** That would be looked at, `most` and one at most. */
  events: number;
  /** Whether some groups had no room on one of the range's days. */
  hasOthers: boolean;
}

async function lookAt(
  client: PoolClient,
  { id, workspaceId, sourceId }: MetricDefinition,
  range: EventRange,
  { breakdown, most }: { breakdown: number; most: number },
): Promise<Stored> {
  const { rows } = await client.query<Stored>(
    `SELECT (SELECT count(*)::int FROM (
       SELECT FROM event WHERE workspace_id = $1 AND source_id = $2 AND time >= $3 AND time < $4 LIMIT $5
     ) AS looked_at) AS events,
     EXISTS (
       SELECT FROM generate_series(date_trunc('day', $3::timestamptz, 'UTC'), $4::timestamptz, interval '1 day') AS day
       JOIN rollup_day ON metric_id = $6 AND breakdown = $7 AND bucket = day
        AND (group_1, group_2, group_3) = (${othersOf('$7::int').join(', ')})
     ) AS "hasOthers"`,
    [workspaceId, sourceId, ...endsOf(range), most + 1, id, breakdown],
  );
  return rows[0] ?? { events: 0, hasOthers: false };
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
): Promise<CountedRows> {
  const figure = sketchedFigureOf(metric);
  if (figure) {
    const { values, given } = createValues();
    const text = selected(metric, range, where, given);
    const minutes = await countSketched(client, { text, values }, { metric, breakdown, figure });
    return (given) => `SELECT * FROM ${givenRollups(minutes, given)}`;
  }
  const names = memberNames(metric);
  const groups = [0, 1, 2].map((place) => (breakdown & (1 << place) ? names[place] : "''"));
  return (given) => `
    SELECT ${given(metric.id)}::uuid AS metric_id, ${given(breakdown)}::smallint AS breakdown,
           date_trunc('minute', time, 'UTC') AS bucket,
           ${groups.map((group, place) => `${group} AS group_${place + 1}`).join(', ')},
           count(*) AS count, sum(value) AS sum, min(value) AS min, max(value) AS max, NULL::bytea AS sketch
    FROM (${selected(metric, range, where, given)}) AS selected GROUP BY 3, 4, 5, 6`;
}

/** Only the values asked for, where none of them stands for others that are not known yet. */
function selected(
  metric: MetricDefinition,
  range: EventRange,
  where: Selection['where'],
  given: Given,
): string {
  const text = contributions(metric, range, given);
  const conditions = where
    .filter(({ in: wanted }) => !wanted.includes(otherGroup))
    .map(({ place, in: wanted }) => `member_${place + 1} = ANY(${given(wanted)}::text[])`);
  if (conditions.length === 0) return text;
  return `SELECT * FROM (${text}) AS of_all WHERE ${conditions.join(' AND ')}`;
}

const dayOf = (group: string): string => `
  SELECT FROM rollup_day AS day
  WHERE day.metric_id = counted.metric_id AND day.breakdown = counted.breakdown
    AND day.bucket = date_trunc('day', counted.bucket, 'UTC')
    AND (day.group_1, day.group_2, day.group_3) = (${group})`;

/** Groups that had no room on their day are "(other)" here, too. */
const withOthers = (rows: string): string => `
  SELECT metric_id, breakdown, bucket, ${othersOf('counted.breakdown')
    .map(
      (other, place) =>
        `CASE WHEN beyond THEN ${other} ELSE group_${place + 1} END AS group_${place + 1}`,
    )
    .join(', ')}, count, sum, min, max, sketch
  FROM (
    SELECT *, EXISTS (${dayOf(othersOf('counted.breakdown').join(', '))})
      AND NOT EXISTS (${dayOf('counted.group_1, counted.group_2, counted.group_3')}) AS beyond
    FROM (${rows}) AS counted
  ) AS counted`;
