import { otherGroup } from '../rollups/other-group.ts';
import { rollupKey } from './rollup-key.ts';
import type { RollupTable } from './rollup-tables.ts';

/** The group "(other)" of a breakdown, a column each. */
export const othersOf = (breakdown: string): string[] =>
  [1, 2, 4].map((bit) => `CASE ${breakdown} & ${bit} WHEN 0 THEN '' ELSE '${otherGroup}' END`);

export const others = (): string => othersOf('breakdown').join(', ');

/** Adds the rows that `gone`, a statement, takes out of the table to the groups "(other)" of their breakdowns. */
export const addToOther = (table: RollupTable, gone: string): string => `
  WITH gone AS (${gone})
  INSERT INTO ${table} AS held (${rollupKey}, count, sum, min, max, sketch)
  SELECT metric_id, breakdown, bucket, ${others()}, sum(count), sum(sum), min(min), max(max),
         string_agg(sketch, ''::bytea)
  FROM gone GROUP BY 1, 2, 3
  ON CONFLICT (${rollupKey}) DO UPDATE SET
    count = held.count + excluded.count,
    sum = held.sum + excluded.sum,
    min = least(held.min, excluded.min),
    max = greatest(held.max, excluded.max),
    sketch = held.sketch || excluded.sketch`;
