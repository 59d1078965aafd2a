import type { SketchedFigure } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import { finestBreakdown } from '../rollups/breakdown.ts';
import { keptMinutes } from '../rollups/group-minutes.ts';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { isOther, withoutGroups } from '../rollups/other-group.ts';
import { coarserDeltas, day, hour, inEveryBreakdown } from '../rollups/rollup-deltas.ts';
import type { RollupDelta } from '../rollups/rollup-sums.ts';
import { contributions, type EventRange } from '../stores/contributions.ts';
import { countSketched } from '../stores/count-sketched.ts';
import { insertRollups } from '../stores/insert-rollups.ts';

export interface FillSketchedOptions {
  metric: MetricDefinition;
  figure: SketchedFigure;
  days: EventRange;
  /** See limit-groups.ts. */
  mostGroups: number;
}

/** Fills the rollups of a metric with sketches, empty for these days, from the stored events. */
export async function fillSketched(
  client: PoolClient,
  { metric, figure, days, mostGroups }: FillSketchedOptions,
): Promise<void> {
  const breakdown = finestBreakdown(metric.dimensions.length);
  const options = { metric, breakdown, figure };
  const minutes = inEveryBreakdown(
    await countSketched(client, contributions(metric, days), options),
  );
  const hours = coarserDeltas(minutes, hour);
  const byDay = coarserDeltas(hours, day);
  const beyond = beyondLimit(byDay, mostGroups);
  const kept = withoutGroups(keptMinutes(minutes, Date.now()), beyond);
  await insertRollups(client, 'rollup_minute', kept);
  await insertRollups(client, 'rollup_hour', withoutGroups(hours, beyond));
  await insertRollups(client, 'rollup_day', withoutGroups(byDay, beyond));
}

/** Groups of a day that have no room: those with most events come first. */
function beyondLimit(byDay: readonly RollupDelta[], most: number): RollupDelta[] {
  const groups = byDay.filter((delta) => delta.breakdown !== 0 && !isOther(delta));
  const alike = Map.groupBy(groups, ({ breakdown, bucket }) => `${breakdown} ${bucket}`);
  return [...alike.values()].flatMap((ofDay) =>
    ofDay.toSorted((a, b) => b.count - a.count || (a.group < b.group ? -1 : 1)).slice(most),
  );
}
