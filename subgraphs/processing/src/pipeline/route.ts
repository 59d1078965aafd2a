import { readField, toFieldPath } from './field-path.ts';
import { shownPath, shownValue } from './shown-value.ts';
import type { Condition, RouteDefinition, Stage } from './stage.ts';

/**
 * Drops events that meet the condition. Less and greater compare numbers with numbers and text with
 * text (by code unit); a field that is not there or null is neither, one of another type fails.
 */
export function compileRoute({ drop }: RouteDefinition): Stage {
  const path = toFieldPath(drop.field);
  const isOrder = drop.operator !== 'EQUAL' && drop.operator !== 'NOT_EQUAL';
  return (data) => {
    const found = readField(data, path);
    const isPresent = found !== undefined && found !== null;
    if (isOrder && isPresent && typeof found !== typeof drop.value) {
      const reason = `expected a ${typeof drop.value} to compare with ${shownValue(drop.value)}, got ${shownValue(found)}`;
      const field = shownPath(['data', ...path]);
      return { kind: 'failed', failure: { stage: 'ROUTE', field, reason } };
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
