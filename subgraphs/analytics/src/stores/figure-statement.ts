/** The parts that statements over rollups are made of. */
import type { Selection } from '../queries/selection.ts';
import type { Range, ReadPlan } from '../queries/window.ts';
import { countedMinutes, type MinuteTable, type RollupTable } from './rollup-tables.ts';

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

/** A statement's values, by number as they are given. */
export function createValues() {
  const values: unknown[] = [];
  return { values, given: (value: unknown) => `$${values.push(value)}` };
}

export interface ReadRollups extends Selection {
  metricIds: readonly string[];
  breakdown: number;
}

type Given = (value: unknown) => string;

/**
 * Sums over a read plan by `columns`. Each table is summed up by itself first: of several together
 * PostgreSQL cannot tell how few groups there are, and sorts all rows instead of hashing them.
 */
export function plannedSums(columns: string, plan: ReadPlan, read: ReadRollups, given: Given) {
  const tables: [MinuteTable | RollupTable, readonly Range[]][] = [
    ['rollup_day', plan.days],
    ['rollup_hour', plan.hours],
    ['rollup_minute', plan.minutes],
    [countedMinutes, plan.counted],
  ];
  const sums = tables
    .filter(([, ranges]) => ranges.length > 0)
    .map(([table, ranges]) => rowsWithin(table, ranges, read, given))
    .map((rows) => `SELECT ${columns}, ${parts} FROM ${rows} GROUP BY ${columns}`);
  return `SELECT ${columns}, ${parts} FROM (${sums.join(' UNION ALL ')}) AS part GROUP BY ${columns}`;
}

/** What stands after FROM, up to its conditions. */
function rowsWithin(
  table: MinuteTable | RollupTable,
  ranges: readonly Range[],
  { metricIds, breakdown, where }: ReadRollups,
  given: Given,
): string {
  const times = ranges.map(
    ({ from, to }) => `bucket >= ${given(isoOf(from))} AND bucket < ${given(isoOf(to))}`,
  );
  const groups = where.map(
    ({ place, in: wanted }) => ` AND ${groupColumns([place])} = ANY(${given(wanted)}::text[])`,
  );
  return `${table} WHERE metric_id = ANY(${given(metricIds)}::uuid[])
    AND breakdown = ${given(breakdown)} AND (${times.join(' OR ')})${groups.join('')}`;
}

/** Nothing happens before 1970 (the door refuses it), and years before the first are none for PostgreSQL. */
function isoOf(time: number): string {
  return new Date(Math.max(time, 0)).toISOString();
}
