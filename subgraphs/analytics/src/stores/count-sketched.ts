import type { SketchedFigure } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import { joinGroup } from '../rollups/breakdown.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { bucketOf, minute } from '../rollups/rollup-deltas.ts';
import type { RollupDelta } from '../rollups/rollup-sums.ts';
import { addTo, createSums, sketchOf } from '../rollups/rollup-sums.ts';
import { memberNames } from './contributions.ts';
import type { Statement } from './statement-values.ts';

interface SketchedRow {
  time: Date;
  members: string[];
  value: number;
  sketched: string;
}

interface CountSketchedOptions {
  metric: MetricDefinition;
  breakdown: number;
  figure: SketchedFigure;
}

const rowsAtATime = 5_000;

/** The minutes of a metric with sketches, from its contributions: sums and sketches of one breakdown. */
export async function countSketched(
  client: PoolClient,
  { text, values }: Statement,
  { metric, breakdown, figure }: CountSketchedOptions,
): Promise<RollupDelta[]> {
  const sums = createSums();
  const stepAt = sums.stepsOf(metric.id, breakdown);
  const members = memberNames(metric).filter((_, place) => breakdown & (1 << place));
  await client.query(
    `DECLARE sketched NO SCROLL CURSOR FOR
     SELECT time, ARRAY[${members.join(', ')}]::text[] AS members, value, sketched FROM (${text}) AS row`,
    values,
  );
  for (let more = true; more; ) {
    const { rows } = await client.query<SketchedRow>(`FETCH ${rowsAtATime} FROM sketched`);
    for (const { time, members: told, value, sketched } of rows) {
      const sum = stepAt(bucketOf(time.getTime(), minute)).sumOf(joinGroup(told));
      addTo(sum, { count: 1, sum: value, min: value, max: value });
      sketchOf(sum, figure).add(sketched);
    }
    more = rows.length === rowsAtATime;
  }
  await client.query('CLOSE sketched');
  return sums.all;
}
