import { createDistinctSketch } from './distinct-sketch.ts';
import { createPercentileSketch } from './percentile-sketch.ts';
import type { Sketch } from './sketch.ts';

export type SketchedFigure =
  /** The value that so many percent of the numbers do not exceed. */
  | { kind: 'percentile'; percent: number }
  /** How many different texts there are. */
  | { kind: 'distinct' };

export function createSketch(figure: SketchedFigure): Sketch {
  return figure.kind === 'distinct'
    ? createDistinctSketch()
    : createPercentileSketch(figure.percent);
}

/** The figure that a metric's aggregation asks of a sketch; undefined where plain sums are enough. */
export function sketchedFigureOf(metric: {
  aggregation: string;
  percentile: number | null;
}): SketchedFigure | undefined {
  if (metric.aggregation === 'DISTINCT') return { kind: 'distinct' };
  if (metric.aggregation !== 'PERCENTILE' || metric.percentile === null) return undefined;
  return { kind: 'percentile', percent: metric.percentile };
}
