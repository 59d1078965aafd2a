export type Aggregation = 'COUNT' | 'SUM' | 'AVERAGE' | 'MINIMUM' | 'MAXIMUM' | 'SHARE';

/** A metric's minutes in a window, added up. */
export interface WindowTotals {
  count: number;
  sum: number;
  min: number;
  max: number;
}

/** The metric's value over the window; null when there were no events in it. */
export function windowValue(aggregation: Aggregation, totals: WindowTotals): number | null {
  const { count, sum, min, max } = totals;
  if (count === 0) return null;
  switch (aggregation) {
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
  }
}
