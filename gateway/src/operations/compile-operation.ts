/** From an operation's text to all that can be known before it runs. */
import { GraphQLError } from 'graphql';
import { compilePlan } from '../execute/programs/compile-plan.ts';
import { createIsOfType, type IsOfType } from '../execute/programs/type-conditions.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import type { CompiledOperation, PlannedOperation } from './compiled-operation.ts';
import { conditionVariables } from './condition-variables.ts';
import type { OperationSource } from './operation-source.ts';
import { parseOperation, validateDocument } from './parse-operation.ts';
import type { Planner } from './plan/planner.ts';

export interface InvalidOperation {
  kind: 'invalid';
  errors: readonly GraphQLError[];
}

export type CompileOperation = (source: OperationSource) => CompiledOperation | InvalidOperation;

export interface CompilerOptions {
  supergraph: Supergraph;
  planner: Planner;
  introspection: boolean;
  maxTokens: number;
}

let compiledSoFar = 0;

export function createCompiler(options: CompilerOptions): CompileOperation {
  const isOfType = createIsOfType(options.supergraph.schema);
  return (source) => {
    try {
      return compile(source, { ...options, isOfType });
    } catch (error) {
      if (error instanceof GraphQLError) return { kind: 'invalid', errors: [error] };
      throw error;
    }
  };
}

function compile(
  source: OperationSource,
  options: CompilerOptions & { isOfType: IsOfType },
): CompiledOperation | InvalidOperation {
  const { supergraph, introspection, maxTokens } = options;
  const parsed = parseOperation(source, { maxTokens });
  const { document, operation } = parsed;
  const errors = validateDocument(document, { schema: supergraph.apiSchema, introspection });
  if (errors.length > 0) return { kind: 'invalid', errors };
  const plans = new Map<string, Promise<PlannedOperation>>();
  return {
    ...parsed,
    id: ++compiledSoFar,
    kind: operation.operation,
    name: operation.name?.value,
    conditionVariables: conditionVariables(document),
    introspects: /__schema|__type\b/.test(source.text),
    plan(unmet) {
      const known = plans.get(unmet);
      if (known) return known;
      const fresh = planOperation(source, options);
      plans.set(unmet, fresh);
      // A plan that could not be made for the moment may be later.
      fresh.catch(() => plans.delete(unmet));
      return fresh;
    },
  };
}

async function planOperation(
  { text, operationName }: OperationSource,
  { planner, isOfType }: CompilerOptions & { isOfType: IsOfType },
): Promise<PlannedOperation> {
  const node = await planner.plan({ text, operationName });
  const rest = node?.kind === 'Subscription' ? node.rest : node;
  return {
    primary: node?.kind === 'Subscription' ? node.primary : undefined,
    program: rest && compilePlan(rest, isOfType),
    combinations: new Map(),
    denied: new Map(),
    projections: new Map(),
  };
}
