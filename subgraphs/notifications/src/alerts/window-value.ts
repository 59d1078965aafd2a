import { createSketch, sketchedFigureOf } from '@tributary/sketches';

export type Aggregation =
  | 'COUNT'
  | 'SUM'
  | 'AVERAGE'
  | 'MINIMUM'
  | 'MAXIMUM'
  | 'SHARE'
  | 'PERCENTILE'
  | 'DISTINCT';

/** How a metric's value comes about. */
export interface Measure {
  aggregation: Aggregation;
  /** Of PERCENTILE. */
  percentile: number | null;
}

/** A metric's minutes in a window, added up. */
export interface WindowTotals {
  count: number;
  sum: number;
  min: number;
  max: number;
  /** Of PERCENTILE and DISTINCT. */
  sketches: readonly Buffer[] | null;
}

/** The metric's value over the window; null when there were no events in it. */
export function windowValue(measure: Measure, totals: WindowTotals): number | null {
  const { count, sum, min, max } = totals;
  if (count === 0) return null;
  switch (measure.aggregation) {
    case 'COUNT':
      return count;
    case 'SUM':
      return sum;
    case 'AVERAGE':
    case 'SHARE':
      return sum / count;
    case 'MINIMUM':
      return min;
    case 'MAXIMUM':
      return max;
    case 'PERCENTILE':
    case 'DISTINCT':
      return sketchedValue(measure, totals.sketches ?? []);
  }
}

function sketchedValue(measure: Measure, sketches: readonly Buffer[]): number | null {
  const figure = sketchedFigureOf(measure);
  if (!figure) return null;
  const sum = createSketch(figure);
  for (const sketch of sketches) sum.merge(sketch);
  return sum.figure() ?? null;
}
