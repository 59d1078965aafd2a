/**
 * Expressions in CEL, which has no loops but over lists and no way out of its values. What it leaves
 * open is bounded here: the size of an expression, how far it can multiply a value, the functions it
 * may call (a pattern made to take for ever is none of them) and the size of what it answers. How long
 * it may take is bounded where records are run.
 */
import { Environment } from '@marcbachmann/cel-js';
import { assertBoundedExpression } from './assert-bounded-expression.ts';
import type { EventData } from './field-path.ts';
import { jsonOf } from './json-of.ts';
import type { EventFacts } from './stage.ts';

const longest = 2_000;
const numbers = { '+': add, '-': subtract, '*': multiply, '/': divide, '%': remainder };

const environment = new Environment({
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: 200,
    maxDepth: 30,
    maxListElements: 100,
    maxMapEntries: 100,
    maxCallArguments: 8,
  },
})
  .registerVariable('data', 'map')
  .registerVariable('event', 'map');
// JSON has one kind of number, a double; people write whole ones beside it.
for (const [operator, handle] of Object.entries(numbers)) {
  environment.registerOperator(`double ${operator} int`, handle);
  environment.registerOperator(`int ${operator} double`, handle);
}
environment.registerOperator('double % double', remainder);

/** Answers JSON. Throws an Error that says what is wrong with the data. */
export type Expression = (data: EventData, event: EventFacts) => unknown;

/**
 * Compiles an expression over `data` and `event` (id, source, type, time, subject).
 * @throws an Error that says where it is wrong, or which bound it breaks.
 */
export function compileExpression(text: string): Expression {
  if (text.length > longest) throw new Error(`must be at most ${longest} characters`);
  const run = parse(text);
  assertBoundedExpression(run.ast);
  const { valid, error } = run.check();
  if (!valid) throw new Error(error ? shortened(error) : 'is no CEL expression');
  return (data, event) => {
    try {
      return jsonOf(run({ data, event }));
    } catch (error) {
      throw new Error(shortened(error));
    }
  };
}

function parse(text: string) {
  try {
    return environment.parse(text);
  } catch (error) {
    throw new Error(shortened(error));
  }
}

/** The first line; the others repeat the expression. */
function shortened(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n')[0] ?? '').slice(0, 200);
}

function add(left: bigint | number, right: bigint | number): number {
  return Number(left) + Number(right);
}

function subtract(left: bigint | number, right: bigint | number): number {
  return Number(left) - Number(right);
}

function multiply(left: bigint | number, right: bigint | number): number {
  return Number(left) * Number(right);
}

function divide(left: bigint | number, right: bigint | number): number {
  return Number(left) / Number(right);
}

function remainder(left: bigint | number, right: bigint | number): number {
  return Number(left) % Number(right);
}
