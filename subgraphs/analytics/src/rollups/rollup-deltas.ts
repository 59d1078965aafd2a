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

/** Sums new events up per metric, minute and group, a slice of a batch at a time. */
export function createMinuteSums(metrics: readonly MetricDefinition[]) {
  const bySource = new Map<string, Map<string, MetricDefinition[]>>();
  for (const metric of metrics) {
    const byType = bySource.get(metric.sourceId) ?? new Map<string, MetricDefinition[]>();
    bySource.set(metric.sourceId, byType);
    byType.set(metric.eventType, [...(byType.get(metric.eventType) ?? []), metric]);
  }
  const deltas = new Map<string, RollupDelta>();

  return {
    add(events: readonly StoredEvent[]): void {
      for (const event of events) {
        const bucket = bucketOf(event.time.getTime(), minute);
        for (const metric of bySource.get(event.sourceId)?.get(event.type) ?? []) {
          const value = contributionOf(metric, event.data);
          if (value === undefined) continue;
          const group = groupOf(metric, event.data);
          const one = { count: 1, sum: value, min: value, max: value };
          add(deltas, { metricId: metric.id, bucket, group, ...one });
        }
      }
    },
    deltas: (): RollupDelta[] => [...deltas.values()],
  };
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
