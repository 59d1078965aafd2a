import { formatNumber, formatValue } from '../../format/format-value.ts';
import type { AlertsQuery } from '../../generated/graphql.ts';
import { formatDuration } from '../../time/format-time.ts';

export type AlertRule = NonNullable<AlertsQuery['workspace']>['alertRules'][number];

type Condition = Pick<AlertRule, 'operator' | 'threshold' | 'isStanding' | 'metric'>;

/** e.g. "Average delay above 15 min"; what a rule that nobody made watches, its name says. */
export function describeThreshold({ operator, threshold, isStanding, metric }: Condition): string {
  const comparison = operator === 'ABOVE' ? 'above' : 'below';
  const watched = isStanding ? 'Its value' : (metric?.name ?? 'A metric that is gone');
  return `${watched} ${comparison} ${limitOf(threshold, metric)}`;
}

/** e.g. "Average delay above 15 min over 5 min, for 30 s" */
export function describeCondition(
  rule: Condition & Pick<AlertRule, 'windowMinutes' | 'holdSeconds'>,
): string {
  const window = `over ${formatDuration(rule.windowMinutes * 60)}`;
  const hold = rule.holdSeconds > 0 ? `, for ${formatDuration(rule.holdSeconds)}` : '';
  return `${describeThreshold(rule)} ${window}${hold}`;
}

/** A threshold is written as people gave it: 15 min, not 15.0 min. */
function limitOf(threshold: number, metric: AlertRule['metric']): string {
  if (metric?.aggregation !== 'AVERAGE') return measured(threshold, metric);
  return `${formatNumber(threshold)} ${metric.unit}`.trim();
}

/** The metric's value with its unit, as far as the metric is still known. */
export function measured(value: number, metric: AlertRule['metric']): string {
  return metric ? formatValue(value, metric) : formatNumber(value);
}
