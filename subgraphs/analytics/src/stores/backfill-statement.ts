import type { ComparisonOperator } from '@tributary/prisma/analytics';
import {
  largestNumber,
  longestGroup,
  type MetricDefinition,
  noGroup,
} from '../rollups/metric-definition.ts';
import { filterCondition } from './filter-condition.ts';
import type { RollupTable } from './rollup-tables.ts';

const operators = {
  GREATER: '>',
  GREATER_OR_EQUAL: '>=',
  LESS: '<',
  LESS_OR_EQUAL: '<=',
  EQUAL: '=',
} as const satisfies Record<ComparisonOperator, string>;

const number = `CASE WHEN jsonb_typeof(data -> field) = 'number' THEN (data ->> field)::float8 END`;
const text = `CASE WHEN jsonb_typeof(data -> field) IN ('string', 'number', 'boolean') THEN data ->> field END`;

/** `contributionOf` in SQL; null where that is undefined. */
function contribution({ aggregation, conditionOperator }: MetricDefinition): string {
  if (aggregation === 'COUNT') return '1::float8';
  if (aggregation === 'DISTINCT') return `CASE WHEN (${text}) IS NOT NULL THEN 1::float8 END`;
  if (aggregation !== 'SHARE') {
    return `CASE WHEN abs(${number}) <= ${largestNumber}::float8 THEN ${number} END`;
  }
  const operator = operators[conditionOperator ?? 'EQUAL'];
  return `CASE (${number}) ${operator} threshold WHEN true THEN 1::float8 WHEN false THEN 0::float8 END`;
}

/** `groupOf` in SQL. */
const group = `
  CASE WHEN dimension IS NULL THEN ''
       ELSE CASE jsonb_typeof(data -> dimension)
         WHEN 'string' THEN left(data ->> dimension, ${longestGroup})
         WHEN 'number' THEN left(data ->> dimension, ${longestGroup})
         WHEN 'boolean' THEN data ->> dimension
         ELSE '${noGroup}' END
  END`;

/** Whole days; `from` is null for all that is before `to`. */
export interface Days {
  from: Date | null;
  to: Date;
}

/** What each stored event of these days adds to a metric: `time`, `member`, `value`, and `sketched` as text. */
export function contributions(
  metric: MetricDefinition,
  days: Days,
): { text: string; values: unknown[] } {
  const { workspaceId, sourceId, eventType, field, conditionField, conditionValue, dimension } =
    metric;
  const values: unknown[] = [
    workspaceId,
    sourceId,
    eventType,
    conditionField ?? field,
    conditionValue,
    dimension,
    ...endsOf(days),
  ];
  const conditions = [
    'workspace_id = $1::uuid AND source_id = $2::uuid AND type = $3',
    'time >= $7::timestamptz AND time < $8::timestamptz',
    ...metric.filters.map((filter) => filterCondition(filter, values)),
  ];
  return {
    text: `
      SELECT time, member, value, sketched FROM (
        SELECT time, ${group} AS member, ${contribution(metric)} AS value, ${text} AS sketched
        FROM event, (SELECT $4::text AS field, $5::float8 AS threshold, $6::text AS dimension) AS given
        WHERE ${conditions.join(' AND ')}
      ) AS counted WHERE value IS NOT NULL`,
    values,
  };
}

/** Fills a metric's minutes, empty so far, from the stored events. */
export function backfillMinutes(metric: MetricDefinition, days: Days) {
  const { text, values } = contributions(metric, days);
  return {
    text: `
      INSERT INTO rollup_minute (metric_id, bucket, dimension_value, count, sum, min, max)
      SELECT $${values.length + 1}::uuid, date_trunc('minute', time, 'UTC'), member, count(*), sum(value), min(value), max(value)
      FROM (${text}) AS contribution
      GROUP BY 2, 3`,
    values: [...values, metric.id],
  };
}

/** Fills a metric's hours, empty so far, from its minutes. */
export const backfillHours = (metric: MetricDefinition, days: Days) =>
  sumUp(metric, days, { from: 'rollup_minute', to: 'rollup_hour', step: 'hour' });

/** Fills a metric's days, empty so far, from its hours. */
export const backfillDays = (metric: MetricDefinition, days: Days) =>
  sumUp(metric, days, { from: 'rollup_hour', to: 'rollup_day', step: 'day' });

function sumUp(
  { id }: MetricDefinition,
  days: Days,
  tables: { from: RollupTable; to: RollupTable; step: string },
) {
  return {
    text: `
      INSERT INTO ${tables.to} (metric_id, bucket, dimension_value, count, sum, min, max)
      SELECT metric_id, date_trunc('${tables.step}', bucket, 'UTC'), dimension_value, sum(count), sum(sum), min(min), max(max)
      FROM ${tables.from}
      WHERE metric_id = $1::uuid AND bucket >= $2::timestamptz AND bucket < $3::timestamptz
      GROUP BY 1, 2, 3`,
    values: [id, ...endsOf(days)],
  };
}

export function endsOf({ from, to }: Days): [from: string, to: string] {
  return [from?.toISOString() ?? '-infinity', to.toISOString()];
}
