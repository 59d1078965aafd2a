import { createSketch, type SketchedFigure } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import { finestBreakdown, joinGroup } from '../rollups/breakdown.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { bucketOf, inEveryBreakdown, minute, type RollupDelta } from '../rollups/rollup-deltas.ts';
import { contributions, type EventRange, memberNames } from './contributions.ts';

interface SketchedRow {
  time: Date;
  members: string[];
  sketched: string;
}

const rowsAtATime = 5_000;

/** The sketches of a metric's minutes, from the stored events; counts and sums of these deltas say nothing. */
export async function sketchMinutes(
  client: PoolClient,
  metric: MetricDefinition,
  figure: SketchedFigure,
  range: EventRange,
): Promise<RollupDelta[]> {
  const { text, values } = contributions(metric, range);
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
  return minutes.deltas();
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
