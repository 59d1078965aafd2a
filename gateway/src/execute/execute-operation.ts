import { type GraphQLError, type GraphQLSchema, getVariableValues } from 'graphql';
import type { Context } from '../context.ts';
import type { CompiledOperation, PlannedOperation } from '../operations/compiled-operation.ts';
import { renameReserved } from '../operations/reserved-variable.ts';
import { introspect } from './introspect.ts';
import { compileProjection } from './projection/compile-projection.ts';
import { type WrittenAnswer, writeAnswer } from './projection/write-answer.ts';
import type { WriteValue } from './projection/write-value.ts';
import type { ResultError } from './result-error.ts';
import { createFetchQueue } from './run/fetch-queue.ts';
import type { ExplainError } from './run/plan-run.ts';
import { runPlan } from './run/run-plan.ts';
import type { SubgraphClient } from './subgraph-client/subgraph-client.ts';

/** A subscription's message, as the answer to the plan's first fetch. */
export interface PrimaryResult {
  data: Record<string, unknown>;
  errors: readonly ResultError[];
}

export interface Execution {
  /** As the client sent them, and checked: see `coerceVariables`. */
  variables: Variables;
  context: Context;
  primary?: PrimaryResult;
}

export interface Variables {
  given: Readonly<Record<string, unknown>>;
  coerced: Readonly<Record<string, unknown>>;
}

/** Runs a planned operation and writes its answer. What fails is in the answer. */
export type ExecuteOperation = (
  compiled: CompiledOperation,
  planned: PlannedOperation,
  execution: Execution,
) => Promise<WrittenAnswer>;

export interface ExecutorOptions {
  schema: GraphQLSchema;
  clients: ReadonlyMap<string, SubgraphClient>;
  explain: (context: Context) => ExplainError;
}

export function createExecutor({ schema, clients, explain }: ExecutorOptions): ExecuteOperation {
  return async (compiled, planned, { variables, context, primary }) => {
    const root = { ...introspect(schema, compiled, variables.coerced), ...primary?.data };
    const errors = [...(primary?.errors ?? [])];
    if (planned.program) {
      await runPlan(planned.program, {
        context,
        queue: createFetchQueue({
          clients,
          combinations: planned.combinations,
          variables: variables.given,
          context,
        }),
        variables: variables.coerced,
        root,
        errors,
        explain: explain(context),
      });
    }
    const write = projectionOf(schema, compiled, planned, variables.coerced);
    return writeAnswer(write, { root, errors, requestId: context.requestId });
  };
}

/** @returns errors for values that are not of their variables' types. */
export function coerceVariables(
  schema: GraphQLSchema,
  { operation, standIn }: CompiledOperation,
  sent: Readonly<Record<string, unknown>>,
): { errors: readonly GraphQLError[] } | { errors?: undefined; variables: Variables } {
  const given = renameReserved(sent, standIn);
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.length === 0) return { variables: { given, coerced: {} } };
  const { errors, coerced } = getVariableValues(schema, definitions, given, { maxErrors: 10 });
  return errors ? { errors } : { variables: { given, coerced } };
}

const projectionsKept = 32;

function projectionOf(
  schema: GraphQLSchema,
  compiled: CompiledOperation,
  { projections, denied }: PlannedOperation,
  variables: Readonly<Record<string, unknown>>,
): WriteValue {
  const conditions = new Map(
    compiled.conditionVariables.map((name) => [name, variables[name] === true]),
  );
  const key = [...conditions.values()].map(Number).join('');
  const known = projections.get(key);
  if (known) return known;
  const { operation, fragments } = compiled;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The supergraph has no ${operation.operation}.`);
  const fresh = compileProjection({ schema, fragments, conditions, denied }, root, [
    operation.selectionSet,
  ]);
  if (projections.size < projectionsKept) projections.set(key, fresh);
  return fresh;
}
