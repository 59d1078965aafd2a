/** The parts that statements over rollups are made of. */
import type { Selection } from '../queries/selection.ts';
import type { Range, ReadPlan } from '../queries/window.ts';
import { countedMinutes, type RollupTable } from './rollup-tables.ts';
import type { Given } from './statement-values.ts';

/** A metric's value from summed-up parts named count, sum, min and max; PostgreSQL refuses quotients that round to 0. */
export const value = `
  CASE metric.aggregation
    WHEN 'COUNT' THEN count::float8
    WHEN 'SUM' THEN sum
    WHEN 'MINIMUM' THEN min
    WHEN 'MAXIMUM' THEN max
    ELSE CASE WHEN abs(sum) < 1e-280 THEN 0 ELSE sum / count END
  END`;

/** GraphQL's Int ends there. */
export const shownCount = 'least(count, 2147483647)::int';

/** Sums of rows, or of such sums; sketches laid end to end are read as one. */
export const parts = `sum(count)::bigint AS count, sum(sum) AS sum, min(min) AS min, max(max) AS max,
  string_agg(sketch, ''::bytea) AS sketch`;
export const sketched = 'aggregation, percentile, sketch';

/** The columns with the values of dimensions, by their places. */
export const groupColumns = (places: readonly number[]): string =>
  places.map((place) => `group_${place + 1}`).join(', ');

export interface ReadRollups extends Selection {
  metricIds: readonly string[];
  breakdown: number;
}

/**
 * Sums over a read plan by `columns`. Each table is summed up by itself first: of several together
 * PostgreSQL cannot tell how few groups there are, and sorts all rows instead of hashing them.
 */
export function plannedSums(columns: string, plan: ReadPlan, read: ReadRollups, given: Given) {
  const rollups: [RollupTable, readonly Range[]][] = [
    ['rollup_day', plan.days],
    ['rollup_hour', plan.hours],
    ['rollup_minute', plan.minutes],
  ];
  const rows = rollups
    .filter(([, ranges]) => ranges.length > 0)
    .map(([table, ranges]) => rowsWithin(table, ranges, read, given));
  if (plan.counted.length > 0) rows.push(`${countedMinutes} WHERE ${groupsOf(read, given)}`);
  const sums = rows.map((from) => `SELECT ${columns}, ${parts} FROM ${from} GROUP BY ${columns}`);
  return `SELECT ${columns}, ${parts} FROM (${sums.join(' UNION ALL ')}) AS part GROUP BY ${columns}`;
}

/** What stands after FROM, up to its conditions. */
function rowsWithin(
  table: RollupTable,
  ranges: readonly Range[],
  read: ReadRollups,
  given: Given,
): string {
  const times = ranges.map(
    ({ from, to }) => `bucket >= ${given(isoOf(from))} AND bucket < ${given(isoOf(to))}`,
  );
  return `${table} WHERE metric_id = ANY(${given(read.metricIds)}::uuid[])
    AND breakdown = ${given(read.breakdown)} AND (${times.join(' OR ')}) AND ${groupsOf(read, given)}`;
}

function groupsOf({ where }: Selection, given: Given): string {
  const wanted = where.map(
    ({ place, in: values }) => `${groupColumns([place])} = ANY(${given(values)}::text[])`,
  );
  return ['true', ...wanted].join(' AND ');
}

/** Nothing happens before 1970 (the door refuses it), and years before the first are none for PostgreSQL. */
function isoOf(time: number): string {
  return new Date(Math.max(time, 0)).toISOString();
}
