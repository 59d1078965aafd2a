import type { ComparisonOperator } from '@tributary/prisma/analytics';
import { type MetricDefinition, noGroup } from '../rollups/metric-definition.ts';

const operators = {
  GREATER: '>',
  GREATER_OR_EQUAL: '>=',
  LESS: '<',
  LESS_OR_EQUAL: '<=',
  EQUAL: '=',
} as const satisfies Record<ComparisonOperator, string>;

const number = `CASE WHEN jsonb_typeof(data -> field) = 'number' THEN (data ->> field)::float8 END`;

/** `contributionOf` in SQL; null where that is undefined. */
function contribution({ aggregation, conditionOperator }: MetricDefinition): string {
  if (aggregation === 'COUNT') return '1::float8';
  if (aggregation !== 'SHARE') return number;
  const operator = operators[conditionOperator ?? 'EQUAL'];
  return `CASE (${number}) ${operator} threshold WHEN true THEN 1::float8 WHEN false THEN 0::float8 END`;
}

/** `groupOf` in SQL. */
const group = `
  CASE WHEN dimension IS NULL THEN ''
       ELSE CASE jsonb_typeof(data -> dimension)
         WHEN 'string' THEN left(data ->> dimension, 200)
         WHEN 'boolean' THEN data ->> dimension
         WHEN 'number' THEN CASE
           WHEN (data ->> dimension)::numeric = trunc((data ->> dimension)::numeric)
            AND abs((data ->> dimension)::numeric) <= 9007199254740991
           THEN trunc((data ->> dimension)::numeric)::text ELSE '${noGroup}' END
         ELSE '${noGroup}' END
  END`;

/** Fills a new metric's rollup of one step from the stored events. */
export function backfillStatement(metric: MetricDefinition, step: 'minute' | 'hour') {
  const { id, workspaceId, sourceId, eventType, field, conditionField, conditionValue, dimension } =
    metric;
  return {
    text: `
      INSERT INTO rollup_${step} (metric_id, bucket, dimension_value, count, sum, min, max)
      SELECT $1::uuid, date_trunc('${step}', time, 'UTC'), member, count(*), sum(value), min(value), max(value)
      FROM (
        SELECT time, ${group} AS member, ${contribution(metric)} AS value
        FROM event, (SELECT $5::text AS field, $6::float8 AS threshold, $7::text AS dimension) AS given
        WHERE workspace_id = $2::uuid AND source_id = $3::uuid AND type = $4
      ) AS contributions
      WHERE value IS NOT NULL
      GROUP BY 2, 3`,
    values: [
      id,
      workspaceId,
      sourceId,
      eventType,
      conditionField ?? field,
      conditionValue,
      dimension,
    ],
  };
}
