import type { FailureStage } from './failure.ts';
import { type EventData, type FieldPath, withField } from './field-path.ts';
import { shownPath } from './shown-value.ts';
import type { StageResult } from './stage.ts';

/** The data with these fields set; fails where a path leads through something that is no object. */
export function addFields(
  data: EventData,
  fields: readonly (readonly [to: FieldPath, value: unknown])[],
  stage: FailureStage = 'ENRICH',
): StageResult {
  const owned = new Set<object>();
  let changed = data;
  for (const [to, value] of fields) {
    const written = withField(changed, to, value, owned);
    if (!written) {
      const reason = 'expected objects on the way to this field';
      return { kind: 'failed', failure: { stage, field: shownPath(['data', ...to]), reason } };
    }
    changed = written;
  }
  return { kind: 'passed', data: changed };
}
