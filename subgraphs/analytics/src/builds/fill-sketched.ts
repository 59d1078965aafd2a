import type { SketchedFigure } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import { finestBreakdown } from '../rollups/breakdown.ts';
import { keptMinutes } from '../rollups/group-minutes.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { coarserDeltas, hour, inEveryBreakdown } from '../rollups/rollup-deltas.ts';
import { contributions, type EventRange } from '../stores/contributions.ts';
import { countSketched } from '../stores/count-sketched.ts';
import { insertRollups } from '../stores/insert-rollups.ts';
import { createValues } from '../stores/statement-values.ts';

export interface SketchedPart {
  metric: MetricDefinition;
  figure: SketchedFigure;
  hours: EventRange;
}

/** Fills minutes and hours of a metric with sketches, empty for these hours, from the stored events. */
export async function fillSketched(
  client: PoolClient,
  { metric, figure, hours }: SketchedPart,
): Promise<void> {
  const { values, given } = createValues();
  const breakdown = finestBreakdown(metric.dimensions.length);
  const text = contributions(metric, hours, given);
  const minutes = inEveryBreakdown(
    await countSketched(client, { text, values }, { metric, breakdown, figure }),
  );
  await insertRollups(client, 'rollup_minute', keptMinutes(minutes, Date.now()));
  await insertRollups(client, 'rollup_hour', coarserDeltas(minutes, hour));
}
