import { addFields } from './add-fields.ts';
import { compileExpression } from './expression.ts';
import { type FieldPath, toFieldPath } from './field-path.ts';
import { messageOf } from './message-of.ts';
import { shownPath } from './shown-value.ts';
import type { Stage, StageResult } from './stage.ts';
import type { DeriveDefinition } from './stage-definition.ts';
import { findUnstorable } from './unstorable.ts';

/** Sets fields to what their expressions give; all of them see the data as it was before the stage. */
export function compileDerive({ fields }: DeriveDefinition): Stage {
  const derivations = Object.entries(fields).map(([to, text]) => ({
    to: toFieldPath(to),
    evaluate: compileExpression(text),
  }));
  return (data, event) => {
    const derived: [FieldPath, unknown][] = [];
    for (const { to, evaluate } of derivations) {
      try {
        const value = evaluate(data, event);
        // A part of a text may end within a character.
        const unstorable = findUnstorable(value);
        if (unstorable) return failed(to, unstorable.reason);
        derived.push([to, value]);
      } catch (error) {
        return failed(to, messageOf(error));
      }
    }
    return addFields(data, derived, 'TRANSFORM');
  };
}

function failed(to: FieldPath, problem: string): StageResult {
  const reason = `could not be derived: ${problem}`;
  const field = shownPath(['data', ...to]);
  return { kind: 'failed', failure: { stage: 'TRANSFORM', field, reason } };
}
