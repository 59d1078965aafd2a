import { compileExpression, type Expression } from './expression.ts';
import { type EventData, readField, toFieldPath } from './field-path.ts';
import { messageOf } from './message-of.ts';
import { shownPath, shownValue } from './shown-value.ts';
import type { EventFacts, Stage, StageResult } from './stage.ts';
import type { Condition, RouteDefinition } from './stage-definition.ts';

/** Drops events, or gives them another type. */
export function compileRoute({ drop, when, type }: RouteDefinition): Stage {
  if (drop) return dropWhere(drop);
  const evaluate = compileExpression(when ?? 'false');
  return (data, event) => {
    const met = evaluated(evaluate, data, event);
    if (typeof met === 'string') return failed(null, met);
    if (!met) return { kind: 'passed', data };
    return type === undefined ? { kind: 'dropped' } : { kind: 'passed', data, type };
  };
}

/** What the condition gives, or what is wrong with it. */
function evaluated(evaluate: Expression, data: EventData, event: EventFacts): boolean | string {
  try {
    const value = evaluate(data, event);
    return typeof value === 'boolean' ? value : `expected true or false, got ${shownValue(value)}`;
  } catch (error) {
    return messageOf(error);
  }
}

function failed(field: string | null, reason: string): StageResult {
  return { kind: 'failed', failure: { stage: 'ROUTE', field, reason } };
}

/**
 * Drops events that meet the condition. Less and greater compare numbers with numbers and text with
 * text (by code unit); a field that is not there or null is neither, one of another type fails.
 */
function dropWhere(drop: Condition): Stage {
  const path = toFieldPath(drop.field);
  const isOrder = drop.operator !== 'EQUAL' && drop.operator !== 'NOT_EQUAL';
  return (data) => {
    const found = readField(data, path);
    const isPresent = found !== undefined && found !== null;
    if (isOrder && isPresent && typeof found !== typeof drop.value) {
      const reason = `expected a ${typeof drop.value} to compare with ${shownValue(drop.value)}, got ${shownValue(found)}`;
      const field = shownPath(['data', ...path]);
      return failed(field, reason);
    }
    return meets(drop, found) ? { kind: 'dropped' } : { kind: 'passed', data };
  };
}

function meets(condition: Condition, found: unknown): boolean {
  if (condition.operator === 'EQUAL') return (found ?? null) === condition.value;
  if (condition.operator === 'NOT_EQUAL') return (found ?? null) !== condition.value;
  if (typeof found !== 'string' && typeof found !== 'number') return false;
  switch (condition.operator) {
    case 'LESS':
      return found < condition.value;
    case 'LESS_OR_EQUAL':
      return found <= condition.value;
    case 'GREATER':
      return found > condition.value;
    case 'GREATER_OR_EQUAL':
      return found >= condition.value;
  }
}
