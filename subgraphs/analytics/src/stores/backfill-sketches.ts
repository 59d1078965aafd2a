import { sketchedFigureOf } from '@tributary/sketches';
import type { PoolClient } from 'pg';
import type { MetricDefinition } from '../rollups/metric-definition.ts';
import { withoutGroups } from '../rollups/other-group.ts';
import { coarserDeltas, day, hour } from '../rollups/rollup-deltas.ts';
import type { EventRange } from './contributions.ts';
import { findGroups } from './group-store.ts';
import { countedMinutes } from './rollup-tables.ts';
import { sketchMinutes } from './sketch-minutes.ts';
import { addSketches } from './sketch-store.ts';

/**
 * Adds the sketches to what has been filled for these days, from the stored events. Into rows that are
 * there: groups without one are beyond the limit, and count in "(other)".
 */
export async function backfillSketches(
  client: PoolClient,
  metric: MetricDefinition,
  range: EventRange,
): Promise<void> {
  const figure = sketchedFigureOf(metric);
  if (!figure) return;
  const minutes = await sketchMinutes(client, metric, figure, range);
  const hours = coarserDeltas(minutes, hour);
  const days = coarserDeltas(hours, day);
  const known = await findGroups(client, days);
  const beyond = days.filter((delta) => !known.has(delta));
  await addSketches(client, countedMinutes, withoutGroups(minutes, beyond));
  await addSketches(client, 'rollup_hour', withoutGroups(hours, beyond));
  await addSketches(client, 'rollup_day', withoutGroups(days, beyond));
}
