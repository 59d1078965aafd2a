import { type SketchedFigure, sketchedFigureOf } from '@tributary/sketches';
import { coarserBreakdowns, coarserGroup, finestBreakdown, mostDimensions } from './breakdown.ts';
import {
  contributionOf,
  groupOf,
  type MetricDefinition,
  sketchedValueOf,
} from './metric-definition.ts';
import {
  addTo,
  createSums,
  getOrCreate,
  merge,
  type RollupDelta,
  type Step,
  sketchOf,
} from './rollup-sums.ts';
import type { StoredEvent } from './stored-event.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The beginning of the step that holds `time`; steps are counted in UTC. */
export function bucketOf(time: number, step: number): number {
  return Math.floor(time / step) * step;
}

interface SummedMetric {
  metric: MetricDefinition;
  figure: SketchedFigure | undefined;
  stepAt: (bucket: number) => Step;
}

/** Sums new events up per metric, minute and group of every breakdown, a slice of a batch at a time. */
export function createMinuteSums(metrics: readonly MetricDefinition[]) {
  const sums = createSums();
  const bySource = new Map<string, Map<string, SummedMetric[]>>();
  for (const metric of metrics) {
    const byType = getOrCreate(bySource, metric.sourceId, () => new Map<string, SummedMetric[]>());
    const alike = getOrCreate(byType, metric.eventType, (): SummedMetric[] => []);
    const stepAt = sums.stepsOf(metric.id, finestBreakdown(metric.dimensions.length));
    alike.push({ metric, figure: sketchedFigureOf(metric), stepAt });
  }

  return {
    add(events: readonly StoredEvent[]): void {
      for (const event of events) {
        const bucket = bucketOf(event.time.getTime(), minute);
        for (const { metric, figure, stepAt } of bySource.get(event.sourceId)?.get(event.type) ??
          []) {
          // The build counts it with all others of its day.
          if (metric.unbuiltBefore && event.time < metric.unbuiltBefore) continue;
          const value = contributionOf(metric, event.data);
          if (value === undefined) continue;
          const sum = stepAt(bucket).sumOf(groupOf(metric, event.data));
          addTo(sum, { count: 1, sum: value, min: value, max: value });
          if (figure) sketchOf(sum, figure).add(sketchedValueOf(metric, event.data));
        }
      }
    },
    deltas: (): RollupDelta[] => inEveryBreakdown(sums.all),
  };
}

/** Deltas of the finest breakdown together with what they come to in all coarser ones. */
export function inEveryBreakdown(finest: readonly RollupDelta[]): RollupDelta[] {
  const sums = createSums();
  for (const delta of finest) {
    const { metricId, breakdown: finer, bucket, group } = delta;
    for (const breakdown of coarserOf[finer] ?? []) {
      merge(sums.of(metricId, breakdown, bucket, coarserGroup(group, finer, breakdown)), delta);
    }
  }
  return [...finest, ...sums.all];
}

const coarserOf = Array.from({ length: finestBreakdown(mostDimensions) + 1 }, (_, breakdown) =>
  coarserBreakdowns(breakdown),
);

/** Sums deltas up to longer steps. */
export function coarserDeltas(deltas: readonly RollupDelta[], step: number): RollupDelta[] {
  return regrouped(deltas, ({ bucket, group }) => ({ bucket: bucketOf(bucket, step), group }));
}

/** Sums deltas up by another step or group of each. */
export function regrouped(
  deltas: readonly RollupDelta[],
  placeOf: (delta: RollupDelta) => Pick<RollupDelta, 'bucket' | 'group'>,
): RollupDelta[] {
  const sums = createSums();
  for (const delta of deltas) {
    const { bucket, group } = placeOf(delta);
    merge(sums.of(delta.metricId, delta.breakdown, bucket, group), delta);
  }
  return sums.all;
}
