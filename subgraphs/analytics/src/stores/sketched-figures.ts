/** Figures that sums do not give: percentiles and distinct counts are told by sketches, added up here. */
import { createSketch, sketchedFigureOf } from '@tributary/sketches';

/** What is read of a metric whose figure its sketches give: one, or several laid end to end. */
export interface Sketched {
  aggregation: string;
  percentile: number | null;
  sketch: Buffer | null;
}

export function withSketchedValue<Row extends { value: number }>({
  sketch,
  aggregation,
  percentile,
  ...row
}: Row & Sketched): Omit<Row, keyof Sketched> & { value: number } {
  const figure = sketch && sketchedFigureOf({ aggregation, percentile });
  if (!figure) return row;
  const sum = createSketch(figure);
  sum.merge(sketch);
  return { ...row, value: sum.figure() ?? 0 };
}

/** Groups come ranked by the database, but for those whose values only their sketches give. */
export function highestGroups<Row extends { metricId: string; keys: string[]; value: number }>(
  rows: readonly (Row & Sketched)[],
  limit: number,
): (Omit<Row, keyof Sketched> & { keys: string[]; value: number })[] {
  const byMetric = Map.groupBy(rows, ({ metricId }) => metricId);
  return [...byMetric.values()].flatMap((groups) => {
    const valued = groups.map(withSketchedValue);
    if (!groups.some(({ sketch }) => sketch)) return valued;
    return valued.sort((a, b) => b.value - a.value || compareKeys(a.keys, b.keys)).slice(0, limit);
  });
}

/** As PostgreSQL compares texts in the collation "C": by their bytes. */
function compareKeys(left: readonly string[], right: readonly string[]): number {
  for (const [place, key] of left.entries()) {
    const order = Buffer.compare(Buffer.from(key), Buffer.from(right[place] ?? ''));
    if (order !== 0) return order;
  }
  return 0;
}
