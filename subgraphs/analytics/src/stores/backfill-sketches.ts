import { createSketch, type SketchedFigure, sketchedFigureOf } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import {
  bucketOf,
  coarserDeltas,
  day,
  hour,
  minute,
  type RollupDelta,
} from '../rollups/rollup-deltas.ts';
import { contributions, type Days } from './backfill-statement.ts';
import { addSketches } from './sketch-store.ts';

interface SketchedRow {
  time: Date;
  member: string;
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
  const minutes = createMinuteSketches(metric.id, figure);
  await client.query(
    `DECLARE sketched NO SCROLL CURSOR FOR SELECT time, member, sketched FROM (${text}) AS row`,
    values,
  );
  for (let more = true; more; ) {
    const { rows } = await client.query<SketchedRow>(`FETCH ${rowsAtATime} FROM sketched`);
    for (const row of rows) minutes.add(row);
    more = rows.length === rowsAtATime;
  }
  await client.query('CLOSE sketched');
  const deltas = minutes.deltas();
  const hours = coarserDeltas(deltas, hour);
  await addSketches(client, 'rollup_minute', deltas);
  await addSketches(client, 'rollup_hour', hours);
  await addSketches(client, 'rollup_day', coarserDeltas(hours, day));
}

function createMinuteSketches(metricId: string, figure: SketchedFigure) {
  const minutes = new Map<string, RollupDelta & Required<Pick<RollupDelta, 'sketched'>>>();
  return {
    add({ time, member, sketched }: SketchedRow): void {
      const bucket = bucketOf(time.getTime(), minute);
      const key = `${bucket} ${member}`;
      const held = minutes.get(key) ?? {
        ...{ metricId, bucket, group: member, count: 0, sum: 0, min: Infinity, max: -Infinity },
        sketched: { figure, sketch: createSketch(figure) },
      };
      minutes.set(key, held);
      held.sketched.sketch.add(sketched);
    },
    deltas: (): RollupDelta[] => [...minutes.values()],
  };
}
