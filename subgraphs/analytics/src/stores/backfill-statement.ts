import type { ComparisonOperator } from '@tributary/prisma/analytics';
import {
  largestNumber,
  longestGroup,
  type MetricDefinition,
  noGroup,
} from '../rollups/metric-definition.ts';
import { filterCondition } from './filter-condition.ts';
import { rollupKey } from './rollup-key.ts';
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

/** `memberOf` in SQL; `dimension` is an expression for its name. */
const member = (dimension: string) => `
  CASE jsonb_typeof(data -> ${dimension})
    WHEN 'string' THEN left(data ->> ${dimension}, ${longestGroup})
    WHEN 'number' THEN left(data ->> ${dimension}, ${longestGroup})
    WHEN 'boolean' THEN data ->> ${dimension}
    ELSE '${noGroup}' END`;

interface Statement {
  text: string;
  values: unknown[];
}

/** Whole days; `from` is null for all that is before `to`. */
export interface Days {
  from: Date | null;
  to: Date;
}

/** The names that `contributions` gives to the values of a metric's dimensions. */
export const memberNames = ({ dimensions }: MetricDefinition): string[] =>
  dimensions.map((_, place) => `member_${place + 1}`);

/** What each stored event of these days adds to a metric: `time`, `members`, `value`, and `sketched` as text. */
export function contributions(metric: MetricDefinition, days: Days): Statement {
  const { workspaceId, sourceId, eventType, field, conditionField, conditionValue } = metric;
  const values: unknown[] = [
    workspaceId,
    sourceId,
    eventType,
    conditionField ?? field,
    conditionValue,
    ...endsOf(days),
  ];
  const members = metric.dimensions.map(
    (dimension, place) => `, ${member(`$${values.push(dimension)}::text`)} AS member_${place + 1}`,
  );
  const conditions = [
    'workspace_id = $1::uuid AND source_id = $2::uuid AND type = $3',
    'time >= $6::timestamptz AND time < $7::timestamptz',
    ...metric.filters.map((filter) => filterCondition(filter, values)),
  ];
  return {
    text: `
      SELECT * FROM (
        SELECT time, ${contribution(metric)} AS value, ${text} AS sketched ${members.join('')}
        FROM event, (SELECT $4::text AS field, $5::float8 AS threshold) AS given
        WHERE ${conditions.join(' AND ')}
      ) AS counted WHERE value IS NOT NULL`,
    values,
  };
}

/** Fills a metric's minutes, empty so far, from the stored events: every breakdown in one pass. */
export function backfillMinutes(metric: MetricDefinition, days: Days): Statement {
  const { text, values } = contributions(metric, days);
  const names = memberNames(metric);
  const bits = names.map((name, place) => `(1 - GROUPING(${name})) * ${1 << place}`);
  const groups = [0, 1, 2].map((place) => {
    const name = names[place];
    return name === undefined ? "''" : `coalesce(${name}, '')`;
  });
  return {
    text: `
      INSERT INTO rollup_minute (${rollupKey}, count, sum, min, max)
      SELECT $${values.length + 1}::uuid, ${bits.join(' + ') || '0'}, date_trunc('minute', time, 'UTC'), ${groups.join(', ')},
             count(*), sum(value), min(value), max(value)
      FROM (${text}) AS contribution
      GROUP BY 3${names.length > 0 ? `, CUBE (${names.join(', ')})` : ''}`,
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
): Statement {
  return {
    text: `
      INSERT INTO ${tables.to} (${rollupKey}, count, sum, min, max)
      SELECT metric_id, breakdown, date_trunc('${tables.step}', bucket, 'UTC'), group_1, group_2, group_3,
             sum(count), sum(sum), min(min), max(max)
      FROM ${tables.from}
      WHERE metric_id = $1::uuid AND bucket >= $2::timestamptz AND bucket < $3::timestamptz
      GROUP BY 1, 2, 3, 4, 5, 6`,
    values: [id, ...endsOf(days)],
  };
}

export function endsOf({ from, to }: Days): [from: string, to: string] {
  return [from?.toISOString() ?? '-infinity', to.toISOString()];
}
