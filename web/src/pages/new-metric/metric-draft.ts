import type {
  Aggregation,
  ComparisonOperator,
  CreateMetricInput,
  MetricFilterInput,
} from '../../generated/graphql.ts';
import { type CountedMetric, suggestName } from '../../metrics/describe-metric.ts';

export type FilterTest = 'in' | 'notIn' | 'atLeast' | 'below';

/** One condition on one field, as the form holds it. */
export interface FilterDraft {
  field: string;
  test: FilterTest;
  /** For `in` and `notIn`. */
  values: string[];
  /** For `atLeast` and `below`, as typed. */
  limit: string;
}

/** A metric as the form holds it; what its aggregation does not take is kept, and not sent. */
export interface MetricDraft {
  name: string;
  unit: string;
  sourceId: string;
  eventType: string;
  aggregation: Aggregation;
  field: string;
  percentile: string;
  conditionField: string;
  conditionOperator: ComparisonOperator;
  conditionValue: string;
  filters: readonly FilterDraft[];
  dimensions: string[];
}

export const emptyDraft: MetricDraft = {
  name: '',
  unit: '',
  sourceId: '',
  eventType: '',
  aggregation: 'COUNT',
  field: '',
  percentile: '95',
  conditionField: '',
  conditionOperator: 'GREATER',
  conditionValue: '',
  filters: [],
  dimensions: [],
};

export const emptyFilter: FilterDraft = { field: '', test: 'in', values: [], limit: '' };

export const takesField = (aggregation: Aggregation): boolean =>
  aggregation !== 'COUNT' && aggregation !== 'SHARE';

/** What is sent; a metric without a name gets the one that is proposed. */
export function toMetricInput(draft: MetricDraft): CreateMetricInput {
  const { unit, sourceId, eventType, aggregation, field, percentile, dimensions } = draft;
  return {
    name: draft.name || suggestName(toCounted(draft)),
    unit,
    sourceId,
    eventType,
    aggregation,
    ...(takesField(aggregation) && { field }),
    ...(aggregation === 'PERCENTILE' && { percentile: Number(percentile) }),
    ...(aggregation === 'SHARE' && { condition: conditionOf(draft) }),
    filters: draft.filters.map(toFilterInput),
    dimensions,
  };
}

/** For its description in words. */
export function toCounted(draft: MetricDraft, source?: { name: string }): CountedMetric {
  const { eventType, aggregation, percentile, dimensions } = draft;
  return {
    eventType: eventType || '…',
    aggregation,
    field: draft.field || '…',
    percentile: Number(percentile),
    condition: conditionOf({ ...draft, conditionField: draft.conditionField || '…' }),
    filters: draft.filters.filter(({ field }) => field !== '').map(toFilterInput),
    dimensions,
    source: source ?? null,
  };
}

function conditionOf({ conditionField, conditionOperator, conditionValue }: MetricDraft) {
  return { field: conditionField, operator: conditionOperator, value: Number(conditionValue) };
}

function toFilterInput({ field, test, values, limit }: FilterDraft): MetricFilterInput {
  const isList = test === 'in' || test === 'notIn';
  return { field, [test]: isList ? values : Number(limit) };
}
