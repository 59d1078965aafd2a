import {
  createSketch,
  type Sketch,
  type SketchedFigure,
  sketchedFigureOf,
} from '@tributary/sketches';
import {
  contributionOf,
  groupOf,
  type MetricDefinition,
  sketchedValueOf,
} from './metric-definition.ts';
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
  sketched?: Sketched;
}

/** Of metrics whose figure sums do not give. */
interface Sketched {
  figure: SketchedFigure;
  sketch: Sketch;
}

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
}

/** Sums new events up per metric, minute and group, a slice of a batch at a time. */
export function createMinuteSums(metrics: readonly MetricDefinition[]) {
  const bySource = new Map<string, Map<string, SummedMetric[]>>();
  for (const metric of metrics) {
    const byType = getOrCreate(bySource, metric.sourceId, () => new Map<string, SummedMetric[]>());
    const alike = getOrCreate(byType, metric.eventType, (): SummedMetric[] => []);
    alike.push({ metric, figure: sketchedFigureOf(metric) });
  }
  const sums = createSums();

  return {
    add(events: readonly StoredEvent[]): void {
      for (const event of events) {
        const bucket = bucketOf(event.time.getTime(), minute);
        for (const { metric, figure } of bySource.get(event.sourceId)?.get(event.type) ?? []) {
          // The build counts it with all others of its day.
          if (metric.unbuiltBefore && event.time < metric.unbuiltBefore) continue;
          const value = contributionOf(metric, event.data);
          if (value === undefined) continue;
          const sum = sums.of(metric.id, bucket, groupOf(metric, event.data));
          addTo(sum, { count: 1, sum: value, min: value, max: value });
          if (figure) sketchOf(sum, figure).add(sketchedValueOf(metric, event.data));
        }
      }
    },
    deltas: (): RollupDelta[] => sums.all,
  };
}

/** Sums deltas up to longer steps. */
export function coarserDeltas(deltas: readonly RollupDelta[], step: number): RollupDelta[] {
  const sums = createSums();
  for (const delta of deltas) {
    const sum = sums.of(delta.metricId, bucketOf(delta.bucket, step), delta.group);
    addTo(sum, delta);
    const { sketched } = delta;
    if (sketched) sketchOf(sum, sketched.figure).merge(sketched.sketch.toBytes());
  }
  return sums.all;
}

/** The sum of each metric, step and group; begun where there is none. Maps by part: joined keys cost more than the sums. */
function createSums() {
  const byMetric = new Map<string, Map<number, Map<string, RollupDelta>>>();
  const all: RollupDelta[] = [];
  return {
    all,
    of(metricId: string, bucket: number, group: string): RollupDelta {
      const byBucket = getOrCreate(
        byMetric,
        metricId,
        () => new Map<number, Map<string, RollupDelta>>(),
      );
      const byGroup = getOrCreate(byBucket, bucket, () => new Map<string, RollupDelta>());
      return getOrCreate(byGroup, group, () => {
        const empty = { metricId, bucket, group, count: 0, sum: 0, min: Infinity, max: -Infinity };
        all.push(empty);
        return empty;
      });
    },
  };
}

function getOrCreate<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const held = map.get(key);
  if (held !== undefined) return held;
  const value = create();
  map.set(key, value);
  return value;
}

function sketchOf(sum: RollupDelta, figure: SketchedFigure): Sketch {
  sum.sketched ??= { figure, sketch: createSketch(figure) };
  return sum.sketched.sketch;
}

function addTo(sum: RollupDelta, part: Pick<RollupDelta, 'count' | 'sum' | 'min' | 'max'>): void {
  sum.count += part.count;
  sum.sum += part.sum;
  sum.min = Math.min(sum.min, part.min);
  sum.max = Math.max(sum.max, part.max);
}
