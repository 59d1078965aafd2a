import { createSketch, type Sketch, type SketchedFigure } from '@tributary/sketches';

/** What a batch adds to one metric, in one step of time and one group of a breakdown. */
export interface RollupDelta {
  metricId: string;
  /** As in breakdown.ts. */
  breakdown: number;
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

/** The sums of a step's groups, begun where there are none. */
export interface Step {
  sumOf: (group: string) => RollupDelta;
}

/** Sums of all metrics, by metric and breakdown, then step, then group. */
export function createSums() {
  const byMetric = new Map<string, ((bucket: number) => Step)[]>();
  const all: RollupDelta[] = [];

  function createStep(key: Pick<RollupDelta, 'metricId' | 'breakdown' | 'bucket'>): Step {
    const byGroup = new Map<string, RollupDelta>();
    return {
      sumOf(group) {
        const held = byGroup.get(group);
        if (held) return held;
        const empty = { ...key, group, count: 0, sum: 0, min: Infinity, max: -Infinity };
        all.push(empty);
        byGroup.set(group, empty);
        return empty;
      },
    };
  }

  /** Mostly the step of an event is that of the one before. */
  function createSteps(metricId: string, breakdown: number): (bucket: number) => Step {
    const byBucket = new Map<number, Step>();
    let last: { bucket: number; step: Step } | undefined;
    return (bucket) => {
      if (last?.bucket === bucket) return last.step;
      const step = getOrCreate(byBucket, bucket, () => createStep({ metricId, breakdown, bucket }));
      last = { bucket, step };
      return step;
    };
  }

  function stepsOf(metricId: string, breakdown: number): (bucket: number) => Step {
    const byBreakdown = getOrCreate(byMetric, metricId, () => []);
    byBreakdown[breakdown] ??= createSteps(metricId, breakdown);
    return byBreakdown[breakdown];
  }

  return {
    all,
    stepsOf,
    of: (metricId: string, breakdown: number, bucket: number, group: string): RollupDelta =>
      stepsOf(metricId, breakdown)(bucket).sumOf(group),
  };
}

export function sketchOf(sum: RollupDelta, figure: SketchedFigure): Sketch {
  sum.sketched ??= { figure, sketch: createSketch(figure) };
  return sum.sketched.sketch;
}

export function merge(sum: RollupDelta, part: RollupDelta): void {
  addTo(sum, part);
  const { sketched } = part;
  if (sketched) sketchOf(sum, sketched.figure).merge(sketched.sketch.toBytes());
}

export function addTo(
  sum: RollupDelta,
  part: Pick<RollupDelta, 'count' | 'sum' | 'min' | 'max'>,
): void {
  sum.count += part.count;
  sum.sum += part.sum;
  sum.min = Math.min(sum.min, part.min);
  sum.max = Math.max(sum.max, part.max);
}

export function getOrCreate<Key, Value>(
  map: Map<Key, Value>,
  key: Key,
  create: () => Value,
): Value {
  const held = map.get(key);
  if (held !== undefined) return held;
  const value = create();
  map.set(key, value);
  return value;
}
