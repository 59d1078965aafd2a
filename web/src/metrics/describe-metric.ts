import type { Aggregation, ComparisonOperator, MetricPartsFragment } from '../generated/graphql.ts';

/** What of a metric says what it counts. */
export type CountedMetric = Pick<
  MetricPartsFragment,
  'aggregation' | 'eventType' | 'dimensions'
> & {
  field?: string | null;
  percentile?: number | null;
  condition?: { field: string; operator: ComparisonOperator; value: number } | null;
  filters: readonly CountedFilter[];
  source?: { name: string } | null;
};

export interface CountedFilter {
  field: string;
  in?: readonly string[] | null | undefined;
  notIn?: readonly string[] | null | undefined;
  atLeast?: number | null | undefined;
  below?: number | null | undefined;
}

export const aggregationWords = {
  COUNT: 'Number of events',
  SUM: 'Sum',
  AVERAGE: 'Average',
  MINIMUM: 'Lowest value',
  MAXIMUM: 'Highest value',
  SHARE: 'Share of events',
  PERCENTILE: 'Percentile',
  DISTINCT: 'Different values',
} satisfies Record<Aggregation, string>;

export const operatorWords = {
  GREATER: 'above',
  GREATER_OR_EQUAL: 'at least',
  LESS: 'below',
  LESS_OR_EQUAL: 'at most',
  EQUAL: 'equal to',
} satisfies Record<ComparisonOperator, string>;

/** e.g. "95th percentile of delay, flight.departed events of Flights, by origin" */
export function describeMetric(metric: CountedMetric): string {
  const { aggregation, eventType, source, filters } = metric;
  const events = `${eventType} events of ${source?.name ?? 'a source that is gone'}`;
  const counted =
    aggregation === 'COUNT' ? `Number of ${events}` : `${describeFigure(metric)}, ${events}`;
  const only = filters.length > 0 ? [`where ${listed(filters.map(describeFilter))}`] : [];
  return [counted, ...only, ...describeDimensions(metric)].join(', ');
}

/** What a metric could be called, e.g. "Average of delay by origin". */
export function suggestName(metric: CountedMetric): string {
  return [describeFigure(metric), ...describeDimensions(metric)].join(' ');
}

function describeFigure({ aggregation, field, percentile, condition }: CountedMetric): string {
  switch (aggregation) {
    case 'COUNT':
      return 'Number of events';
    case 'SUM':
      return `Sum of ${field}`;
    case 'AVERAGE':
      return `Average of ${field}`;
    case 'MINIMUM':
      return `Lowest ${field}`;
    case 'MAXIMUM':
      return `Highest ${field}`;
    case 'PERCENTILE':
      return `${ordinal(percentile ?? 0)} percentile of ${field}`;
    case 'DISTINCT':
      return `Different values of ${field}`;
    case 'SHARE':
      return condition
        ? `Share with ${condition.field} ${operatorWords[condition.operator]} ${condition.value}`
        : 'Share';
  }
}

function describeFilter(filter: CountedFilter): string {
  const { field, in: wanted, notIn, atLeast, below } = filter;
  const tests = [
    ...(wanted ? [`is ${listed(wanted, 'or')}`] : []),
    ...(notIn ? [`is not ${listed(notIn, 'or')}`] : []),
    ...(isNumber(atLeast) ? [`is at least ${atLeast}`] : []),
    ...(isNumber(below) ? [`is below ${below}`] : []),
  ];
  return `${field} ${listed(tests)}`;
}

const isNumber = (value: number | null | undefined): boolean => typeof value === 'number';

function describeDimensions({ dimensions }: CountedMetric): string[] {
  return dimensions.length > 0 ? [`by ${listed(dimensions)}`] : [];
}

/** e.g. "a, b and c" */
function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  const shown = words.length > 5 ? [...words.slice(0, 4), `${words.length - 4} more`] : words;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}

/** e.g. 1st, 95th, 99.9th */
function ordinal(number: number): string {
  const rules = new Intl.PluralRules('en', { type: 'ordinal' });
  const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };
  const ending = Number.isInteger(number) ? endings[rules.select(number)] : undefined;
  return `${number}${ending ?? 'th'}`;
}
