import type { ComparisonOperator } from '@tributary/prisma/analytics';
import {
  largestNumber,
  longestGroup,
  type MetricDefinition,
  noGroup,
} from '../rollups/metric-definition.ts';
import { filterCondition } from './filter-condition.ts';
import type { Given } from './statement-values.ts';

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

/** Of the events' own time; `from` is null for all that is before `to`. */
export interface EventRange {
  from: Date | null;
  to: Date;
}

/** The names that `contributions` gives to the values of a metric's dimensions. */
export const memberNames = ({ dimensions }: MetricDefinition): string[] =>
  dimensions.map((_, place) => `member_${place + 1}`);

/** What each stored event of this range adds to a metric: `time`, `members`, `value`, and `sketched` as text. */
export function contributions(metric: MetricDefinition, range: EventRange, given: Given): string {
  const { workspaceId, sourceId, eventType, field, conditionField, conditionValue } = metric;
  const [from, to] = endsOf(range);
  const members = metric.dimensions.map(
    (dimension, place) => `, ${member(`${given(dimension)}::text`)} AS member_${place + 1}`,
  );
  const conditions = [
    `workspace_id = ${given(workspaceId)}::uuid AND source_id = ${given(sourceId)}::uuid`,
    `type = ${given(eventType)}`,
    `time >= ${given(from)}::timestamptz AND time < ${given(to)}::timestamptz`,
    ...metric.filters.map((filter) => filterCondition(filter, given)),
  ];
  return `
    SELECT * FROM (
      SELECT time, ${contribution(metric)} AS value, ${text} AS sketched ${members.join('')}
      FROM event, (SELECT ${given(conditionField ?? field)}::text AS field, ${given(conditionValue)}::float8 AS threshold) AS given
      WHERE ${conditions.join(' AND ')}
    ) AS counted WHERE value IS NOT NULL`;
}

export function endsOf({ from, to }: EventRange): [from: string, to: string] {
  return [from?.toISOString() ?? '-infinity', to.toISOString()];
}
