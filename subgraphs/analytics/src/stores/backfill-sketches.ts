import { createSketch, type SketchedFigure, sketchedFigureOf } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import { finestBreakdown, joinGroup } from '../rollups/breakdown.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { withoutGroups } from '../rollups/other-group.ts';
import {
  bucketOf,
  coarserDeltas,
  day,
  hour,
  inEveryBreakdown,
  minute,
  type RollupDelta,
} from '../rollups/rollup-deltas.ts';
import { contributions, type Days, memberNames } from './backfill-statement.ts';
import { findGroups } from './group-store.ts';
import { addSketches } from './sketch-store.ts';

interface SketchedRow {
  time: Date;
  members: string[];
  sketched: string;
}

const rowsAtATime = 5_000;

/** Adds the sketches to rollups that have been filled for these days, from the stored events. */
export async function backfillSketches(
  client: PoolClient,
  metric: MetricDefinition,
  days: Days,
): Promise<void> {
  const figure = sketchedFigureOf(metric);
  if (!figure) return;
  const { text, values } = contributions(metric, days);
  const minutes = createMinuteSketches(metric, figure);
  const members = `ARRAY[${memberNames(metric).join(', ')}]::text[]`;
  await client.query(
    `DECLARE sketched NO SCROLL CURSOR FOR SELECT time, ${members} AS members, sketched FROM (${text}) AS row`,
    values,
  );
  for (let more = true; more; ) {
    const { rows } = await client.query<SketchedRow>(`FETCH ${rowsAtATime} FROM sketched`);
    for (const row of rows) minutes.add(row);
    more = rows.length === rowsAtATime;
  }
  await client.query('CLOSE sketched');
  await addToDays(client, minutes.deltas());
}

/** Into rows that are there: groups without one are beyond the limit, and count in "(other)". */
async function addToDays(client: PoolClient, minutes: readonly RollupDelta[]): Promise<void> {
  const hours = coarserDeltas(minutes, hour);
  const days = coarserDeltas(hours, day);
  const known = await findGroups(client, days);
  const beyond = days.filter((delta) => !known.has(delta));
  await addSketches(client, 'rollup_minute', withoutGroups(minutes, beyond));
  await addSketches(client, 'rollup_hour', withoutGroups(hours, beyond));
  await addSketches(client, 'rollup_day', withoutGroups(days, beyond));
}

function createMinuteSketches({ id, dimensions }: MetricDefinition, figure: SketchedFigure) {
  const minutes = new Map<string, RollupDelta & Required<Pick<RollupDelta, 'sketched'>>>();
  const key = { metricId: id, breakdown: finestBreakdown(dimensions.length) };
  return {
    add({ time, members, sketched }: SketchedRow): void {
      const bucket = bucketOf(time.getTime(), minute);
      const group = joinGroup(members);
      const place = `${bucket} ${group}`;
      const held = minutes.get(place) ?? {
        ...{ ...key, bucket, group, count: 0, sum: 0, min: Infinity, max: -Infinity },
        sketched: { figure, sketch: createSketch(figure) },
      };
      minutes.set(place, held);
      held.sketched.sketch.add(sketched);
    },
    deltas: (): RollupDelta[] => inEveryBreakdown([...minutes.values()]),
  };
}
