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
import { contributions } from './backfill-statement.ts';
import { addSketches } from './sketch-store.ts';

interface SketchedRow {
  time: Date;
  member: string;
  sketched: string;
}

const rowsAtATime = 5_000;

/**
 * Fills the sketches of a new metric whose rollups have been filled, from the stored events: in the
 * order of time and a day at a time, so that a metric over years takes no more memory than one over a day.
 */
export async function backfillSketches(
  client: PoolClient,
  metric: MetricDefinition,
): Promise<void> {
  const figure = sketchedFigureOf(metric);
  if (!figure) return;
  const { text, values } = contributions(metric);
  await client.query(
    `DECLARE sketched NO SCROLL CURSOR FOR SELECT time, member, sketched FROM (${text}) AS row ORDER BY time`,
    values,
  );
  let ofDay = createDaySketches(metric.id, figure);
  for (let more = true; more; ) {
    const { rows } = await client.query<SketchedRow>(`FETCH ${rowsAtATime} FROM sketched`);
    for (const row of rows) {
      if (!ofDay.holds(row)) {
        await addToAll(client, ofDay.deltas());
        ofDay = createDaySketches(metric.id, figure);
      }
      ofDay.add(row);
    }
    more = rows.length === rowsAtATime;
  }
  await addToAll(client, ofDay.deltas());
  await client.query('CLOSE sketched');
}

async function addToAll(client: PoolClient, minutes: readonly RollupDelta[]): Promise<void> {
  const hours = coarserDeltas(minutes, hour);
  await addSketches(client, 'rollup_minute', minutes);
  await addSketches(client, 'rollup_hour', hours);
  await addSketches(client, 'rollup_day', coarserDeltas(hours, day));
}

/** The minutes of one day and their groups. */
function createDaySketches(metricId: string, figure: SketchedFigure) {
  const minutes = new Map<string, RollupDelta & Required<Pick<RollupDelta, 'sketched'>>>();
  let today: number | undefined;
  return {
    holds: ({ time }: SketchedRow) =>
      today === undefined || bucketOf(time.getTime(), day) === today,
    add({ time, member, sketched }: SketchedRow): void {
      today = bucketOf(time.getTime(), day);
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
