/** Figures that sums do not give: percentiles and distinct counts are told by sketches, added up here. */
import { createSketch, type Sketch, sketchedFigureOf } from '@tributary/sketches';

/** What is read of a metric whose figure its sketches give. */
export interface Sketched {
  aggregation: string;
  percentile: number | null;
  sketches: Buffer[] | null;
}

export function withSketchedValue<Row extends { value: number }>({
  sketches,
  aggregation,
  percentile,
  ...row
}: Row & Sketched): Omit<Row, keyof Sketched> & { value: number } {
  const sum = sumOf({ sketches, aggregation, percentile });
  return sum ? { ...row, value: sum.figure() ?? 0 } : row;
}

export function sumOf({ sketches, ...metric }: Sketched): Sketch | undefined {
  const figure = sketches && sketchedFigureOf(metric);
  if (!figure) return undefined;
  const sum = createSketch(figure);
  for (const sketch of sketches) sum.merge(sketch);
  return sum;
}

/** Groups come ranked by the database, but for those whose values only their sketches give. */
export function highestGroups<Row extends { metricId: string; key: string; value: number }>(
  rows: readonly (Row & Sketched)[],
  limit: number,
): (Omit<Row, keyof Sketched> & { key: string; value: number })[] {
  const byMetric = Map.groupBy(rows, ({ metricId }) => metricId);
  return [...byMetric.values()].flatMap((groups) => {
    const valued = groups.map(withSketchedValue);
    if (!groups.some(({ sketches }) => sketches)) return valued;
    return valued
      .sort((a, b) => b.value - a.value || Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
      .slice(0, limit);
  });
}
