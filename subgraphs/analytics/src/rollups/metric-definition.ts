import type { Aggregation, ComparisonOperator } from '@tributary/prisma/analytics';
import { joinGroup } from './breakdown.ts';
import { type Data, numberAt, textAt } from './event-data.ts';
import { type EventFilter, passes } from './event-filter.ts';

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
  /** PERCENTILE: which one, above 0 and at most 100. */
  percentile: number | null;
  /** An event counts that passes all of them. */
  filters: readonly EventFilter[];
  /** Fields of the events' data; see breakdown.ts. */
  dimensions: readonly string[];
  /** Stored events before this, a day's beginning, are still to be counted; null when all are. */
  unbuiltBefore: Date | null;
}

/** Of events whose dimension is missing or is no text, number or truth value. */
export const noGroup = '(none)';
export const longestGroup = 200;

/** Larger numbers do not count: so no sum of 2^63 events leaves the range of a double. */
export const largestNumber = 1e289;

/**
 * What an event adds to a metric; undefined when it does not count.
 * The same rule stands in SQL in stores/contributions.ts; a property test keeps them equal.
 */
export function contributionOf(metric: MetricDefinition, data: Data): number | undefined {
  if (!metric.filters.every((filter) => passes(filter, data))) return undefined;
  switch (metric.aggregation) {
    case 'COUNT':
      return 1;
    case 'SHARE':
      return hitOf(metric, data);
    case 'DISTINCT':
      return textAt(data, metric.field) === undefined ? undefined : 1;
    default: {
      const value = numberAt(data, metric.field);
      return value !== undefined && Math.abs(value) <= largestNumber ? value : undefined;
    }
  }
}

/** What of an event that counts goes into the metric's sketch. */
export function sketchedValueOf({ aggregation, field }: MetricDefinition, data: Data) {
  return (aggregation === 'DISTINCT' ? textAt(data, field) : numberAt(data, field)) ?? '';
}

/** The group an event belongs to in the metric's finest breakdown; "" for metrics without a dimension. */
export function groupOf({ dimensions }: MetricDefinition, data: Data): string {
  const [first, ...others] = dimensions;
  if (first === undefined) return '';
  if (others.length === 0) return memberOf(first, data);
  return joinGroup(dimensions.map((dimension) => memberOf(dimension, data)));
}

function memberOf(dimension: string, data: Data): string {
  const text = textAt(data, dimension);
  return text === undefined ? noGroup : cut(text);
}

function hitOf(metric: MetricDefinition, data: Data): number | undefined {
  const { conditionField, conditionOperator, conditionValue } = metric;
  const value = numberAt(data, conditionField);
  if (value === undefined || conditionOperator === null || conditionValue === null)
    return undefined;
  return compare(value, conditionOperator, conditionValue) ? 1 : 0;
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
