import { contributionOf, groupOf, type MetricDefinition } from './metric-definition.ts';
import type { StoredEvent } from './stored-event.ts';

/** What a batch adds to one metric, in one step of time and one group. */
export interface RollupDelta {
  metricId: string;
  /** The step's beginning, in milliseconds since 1970. */
  bucket: number;
  group: string;
  count: number;
  sum: number;
  min: number;
  max: number;
}

export const minute = 60_000;
export const hour = 60 * minute;

/** The beginning of the step that holds `time`; steps are counted in UTC. */
export function bucketOf(time: number, step: number): number {
  return Math.floor(time / step) * step;
}

/** Sums new events up per metric, minute and group. */
export function minuteDeltas(
  events: readonly StoredEvent[],
  metrics: readonly MetricDefinition[],
): RollupDelta[] {
  const bySourceAndType = Map.groupBy(
    metrics,
    ({ sourceId, eventType }) => `${sourceId}/${eventType}`,
  );
  const deltas = new Map<string, RollupDelta>();
  for (const event of events) {
    for (const metric of bySourceAndType.get(`${event.sourceId}/${event.type}`) ?? []) {
      const value = contributionOf(metric, event.data);
      if (value === undefined) continue;
      const bucket = bucketOf(event.time.getTime(), minute);
      const group = groupOf(metric, event.data);
      add(deltas, {
        metricId: metric.id,
        bucket,
        group,
        count: 1,
        sum: value,
        min: value,
        max: value,
      });
    }
  }
  return [...deltas.values()];
}

/** Sums minutes up to hours. */
export function hourDeltas(minutes: readonly RollupDelta[]): RollupDelta[] {
  const deltas = new Map<string, RollupDelta>();
  for (const delta of minutes) add(deltas, { ...delta, bucket: bucketOf(delta.bucket, hour) });
  return [...deltas.values()];
}

function add(deltas: Map<string, RollupDelta>, delta: RollupDelta): void {
  const key = `${delta.metricId}/${delta.bucket}/${delta.group}`;
  const held = deltas.get(key);
  if (!held) {
    deltas.set(key, delta);
    return;
  }
  held.count += delta.count;
  held.sum += delta.sum;
  held.min = Math.min(held.min, delta.min);
  held.max = Math.max(held.max, delta.max);
}
