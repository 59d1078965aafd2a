import type { Aggregation, ComparisonOperator } from '@tributary/prisma/analytics';
import { plainDecimal } from './plain-decimal.ts';

/** What of a metric decides which events count, and as what. */
export interface MetricDefinition {
  id: string;
  workspaceId: string;
  sourceId: string;
  eventType: string;
  aggregation: Aggregation;
  field: string | null;
  conditionField: string | null;
  conditionOperator: ComparisonOperator | null;
  conditionValue: number | null;
  dimension: string | null;
}

type Data = Readonly<Record<string, unknown>>;

/** The group of events whose dimension is missing or is no text, number or truth value. */
export const noGroup = '(none)';
export const longestGroup = 200;

/** Larger numbers do not count: so no sum of 2^63 events leaves the range of a double. */
export const largestNumber = 1e289;

/**
 * What an event adds to a metric; undefined when it does not count.
 * The same rule stands in SQL in stores/backfill-statement.ts; a property test keeps them equal.
 */
export function contributionOf(metric: MetricDefinition, data: Data): number | undefined {
  if (metric.aggregation === 'COUNT') return 1;
  if (metric.aggregation === 'SHARE') return hitOf(metric, data);
  const value = numberAt(data, metric.field);
  return value !== undefined && Math.abs(value) <= largestNumber ? value : undefined;
}

/** The group an event belongs to; "" for metrics without a dimension. */
export function groupOf({ dimension }: MetricDefinition, data: Data): string {
  if (dimension === null) return '';
  const value = Object.hasOwn(data, dimension) ? data[dimension] : undefined;
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'number' && Number.isFinite(value)) return cut(plainDecimal(value));
  if (typeof value === 'boolean') return String(value);
  return noGroup;
}

function hitOf(metric: MetricDefinition, data: Data): number | undefined {
  const { conditionField, conditionOperator, conditionValue } = metric;
  const value = numberAt(data, conditionField);
  if (value === undefined || conditionOperator === null || conditionValue === null)
    return undefined;
  return compare(value, conditionOperator, conditionValue) ? 1 : 0;
}

function numberAt(data: Data, field: string | null): number | undefined {
  if (field === null || !Object.hasOwn(data, field)) return undefined;
  const value = data[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function compare(value: number, operator: ComparisonOperator, limit: number): boolean {
  switch (operator) {
    case 'GREATER':
      return value > limit;
    case 'GREATER_OR_EQUAL':
      return value >= limit;
    case 'LESS':
      return value < limit;
    case 'LESS_OR_EQUAL':
      return value <= limit;
    case 'EQUAL':
      return value === limit;
  }
}

/** By code points, as PostgreSQL counts characters. */
function cut(text: string): string {
  return text.length <= longestGroup ? text : [...text].slice(0, longestGroup).join('');
}
