import type { Decision } from './decide.ts';
import { describeDuration } from './describe-duration.ts';
import { describeInstant } from './describe-instant.ts';
import { describeQuantity } from './describe-quantity.ts';

/** What people read about an alert. */
export interface Notice {
  title: string;
  body: string;
  severity: 'INFO' | 'WARNING' | 'CRITICAL';
}

const aggregationNames = {
  COUNT: 'count',
  SUM: 'sum',
  AVERAGE: 'average',
  MINIMUM: 'minimum',
  MAXIMUM: 'maximum',
  SHARE: 'share',
  PERCENTILE: 'percentile',
  DISTINCT: 'number of different values',
} as const;

/** The notice of a decision; undefined when it is nothing to be told of. */
export function composeNotice(decision: Decision): Notice | undefined {
  const { rule, state } = decision;
  if (decision.effects.includes('TELL_FIRING') && state.status === 'FIRING') {
    return {
      title: `${rule.name} is ${describeCondition(decision)}`,
      body: `${describeValue(decision)} It has been ${describeCondition(decision)} since ${describeInstant(state.startedAt)}.`,
      severity: rule.severity,
    };
  }
  if (decision.effects.includes('TELL_RESOLVED') && state.status === 'RESOLVED') {
    const duration = describeDuration(state.startedAt, state.resolvedAt);
    return {
      title: `${rule.name} is no longer ${describeCondition(decision)}`,
      body: `${describeValue(decision)} The alert lasted ${duration}, from ${describeInstant(state.startedAt)} to ${describeInstant(state.resolvedAt)}.`,
      severity: 'INFO',
    };
  }
  return undefined;
}

function describeCondition({ rule }: Decision): string {
  return `${rule.operator === 'ABOVE' ? 'above' : 'below'} ${describeQuantity(rule.threshold, rule)}`;
}

function describeValue({ rule, value }: Decision): string {
  const { aggregation, windowMinutes } = rule;
  const window = windowMinutes === 1 ? 'the last minute' : `the last ${windowMinutes} minutes`;
  if (value === null || aggregation === null) return `There were no events in ${window}.`;
  return `The ${aggregationNames[aggregation]} over ${window} is ${describeQuantity(value, rule)}.`;
}
