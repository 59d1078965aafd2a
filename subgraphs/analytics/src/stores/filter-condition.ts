import type { EventFilter } from '../rollups/event-filter.ts';
import type { Given } from './statement-values.ts';

/** `passes` in SQL, over a row of `event`. */
export function filterCondition(filter: EventFilter, given: Given): string {
  const field = `data -> ${given(filter.field)}::text`;
  const text = `CASE WHEN jsonb_typeof(${field}) IN ('string', 'number', 'boolean') THEN (${field}) #>> '{}' END`;
  const number = `CASE WHEN jsonb_typeof(${field}) = 'number' THEN (${field})::float8 END`;
  const conditions = [
    filter.in && `${text} = ANY(${given(filter.in)}::text[])`,
    filter.notIn && `${text} <> ALL(${given(filter.notIn)}::text[])`,
    filter.atLeast !== undefined && `${number} >= ${given(filter.atLeast)}::float8`,
    filter.below !== undefined && `${number} < ${given(filter.below)}::float8`,
  ].filter((condition) => typeof condition === 'string');
  return conditions.length === 0 ? 'true' : `coalesce(${conditions.join(' AND ')}, false)`;
}
