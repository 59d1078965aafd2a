import { compileExpression } from './expression.ts';
import type { Failure } from './failure.ts';
import { messageOf } from './message-of.ts';
import type { Stage } from './stage.ts';
import type { CheckDefinition } from './stage-definition.ts';

/**
 * Rules of data quality: the first whose condition is not true fails the event, or holds it for review.
 * Events that somebody has approved pass rules that ask for review.
 */
export function compileCheck({ rules }: CheckDefinition): Stage {
  const compiled = rules.map((rule) => ({ ...rule, evaluate: compileExpression(rule.condition) }));
  return (data, event) => {
    for (const { name, otherwise, evaluate } of compiled) {
      if (otherwise === 'REVIEW' && event.approved === true) continue;
      const problem = problemOf(() => evaluate(data, event));
      if (problem === undefined) continue;
      const failure: Failure = { stage: 'VALIDATE', field: null, reason: `${name}: ${problem}` };
      return { kind: otherwise === 'REVIEW' ? 'held' : 'failed', failure };
    }
    return { kind: 'passed', data };
  };
}

function problemOf(evaluate: () => unknown): string | undefined {
  try {
    return evaluate() === true ? undefined : 'the rule does not hold';
  } catch (error) {
    return messageOf(error);
  }
}
