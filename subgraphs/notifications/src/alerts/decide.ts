import type { EvaluationRow } from '../stores/evaluation-store.ts';
import { type AlertInput, type AlertState, type AlertStep, stepAlert } from './alert-state.ts';
import { windowValue } from './window-value.ts';

/** What an evaluated rule's alert does next. */
export interface Decision extends AlertStep {
  rule: EvaluationRow;
  /** The metric's value over the window; null without events. */
  value: number | null;
}

/** Takes the alert of an evaluated rule one step on. */
export function decide(rule: EvaluationRow, now: Date): Decision {
  const { aggregation, percentile } = rule;
  const value = aggregation === null ? null : windowValue({ aggregation, percentile }, rule);
  return { rule, value, ...stepAlert(toState(rule), toInput(rule, value, now)) };
}

function toInput(rule: EvaluationRow, value: number | null, now: Date): AlertInput {
  const { holdSeconds } = rule;
  if (value !== null && isBeyond(rule, value)) return { holds: true, value, now, holdSeconds };
  return { holds: false, value, now, holdSeconds };
}

function isBeyond({ operator, threshold }: EvaluationRow, value: number): boolean {
  return operator === 'ABOVE' ? value > threshold : value < threshold;
}

function toState({ alertState, alertValue, startedAt, firedAt }: EvaluationRow): AlertState {
  if (alertState === null || alertValue === null || startedAt === null) return { status: 'NONE' };
  if (firedAt === null) return { status: 'PENDING', value: alertValue, startedAt };
  return { status: 'FIRING', value: alertValue, startedAt, firedAt };
}
