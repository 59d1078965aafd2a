/** From an operation's text to all that can be known before it runs. */
import {
  type CostConfiguration,
  compileCost,
  fragmentsOf,
  type LimitGuard,
  selectOperation,
  validateOperation,
} from '@tributary/operations';
import { GraphQLError, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compilePlan } from '../execute/programs/compile-plan.ts';
import { createIsOfType, type IsOfType } from '../execute/programs/type-conditions.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import { type TraceStep, untraced } from '../telemetry/trace-steps.ts';
import { compileAuthorization } from './authorization/compile-authorization.ts';
import { cachePolicy } from './cache-policy.ts';
import type { CompiledOperation, PlannedOperation } from './compiled-operation.ts';
import { conditionVariables } from './condition-variables.ts';
import type { Planner } from './plan/planner.ts';
import { withoutReservedVariable } from './reserved-variable.ts';

/** What a client sends to say which operation it means. */
export interface OperationText {
  text: string;
  /** Which one of a document with several. */
  operationName: string | undefined;
}

export interface InvalidOperation {
  kind: 'invalid';
  errors: readonly GraphQLError[];
}

export type CompileOperation = (
  source: OperationText,
  step?: TraceStep,
) => CompiledOperation | InvalidOperation;

export interface CompilerOptions {
  supergraph: Supergraph;
  planner: Planner;
  limits: LimitGuard;
  cost: CostConfiguration;
  introspection: boolean;
}

interface Compiler extends CompilerOptions {
  isOfType: IsOfType;
}

/** Principals fall into few groups by what they may not see; a stranger's token cannot make more plans than these. */
const plansKept = 16;
let compiledSoFar = 0;

export function createCompiler(options: CompilerOptions): CompileOperation {
  const compiler = { ...options, isOfType: createIsOfType(options.supergraph.schema) };
  return (source, step = untraced) => {
    try {
      return compile(source, compiler, step);
    } catch (error) {
      if (error instanceof GraphQLError) return { kind: 'invalid', errors: [error] };
      throw error;
    }
  };
}

function compile(
  source: OperationText,
  compiler: Compiler,
  step: TraceStep,
): CompiledOperation | InvalidOperation {
  const { supergraph, limits, introspection } = compiler;
  const parsed = step('graphql.parse', () => limits.parse(source.text));
  const { document, text, standIn } = withoutReservedVariable(parsed, source.text);
  const operation = selectOperation(document, source.operationName);
  const tooMuch = limits.checkOperation(document, operation);
  if (tooMuch.length > 0) return { kind: 'invalid', errors: tooMuch };
  const errors = step('graphql.validate', () =>
    validateOperation(document, { schema: supergraph.apiSchema, introspection }),
  );
  if (errors.length > 0) return { kind: 'invalid', errors };
  const authorization = compileAuthorization({ supergraph, document, operation });
  const compiled = {
    id: ++compiledSoFar,
    kind: operation.operation,
    name: operation.name?.value,
    document,
    operation,
    fragments: fragmentsOf(document),
    conditionVariables: conditionVariables(document),
    standIn,
    introspects: /__schema|__type\b/.test(source.text),
    authorization,
    cachePolicy: cachePolicy(document, supergraph.apiSchema, supergraph.cacheHints),
    cost: compileCost({
      schema: supergraph.apiSchema,
      directives: supergraph.costDirectives,
      configuration: compiler.cost,
      document,
      operation,
    }),
  };
  return { ...compiled, plan: createPlans({ ...source, text }, compiled, compiler) };
}

function createPlans(
  source: OperationText,
  compiled: Pick<CompiledOperation, 'authorization'>,
  compiler: Compiler,
): CompiledOperation['plan'] {
  const plans = new LRUCache<string, Promise<PlannedOperation>>({ max: plansKept });
  return (unmet, step = untraced) => {
    const known = plans.get(unmet);
    if (known) return known;
    const fresh = step('graphql.plan', () => planOperation(source, compiled, unmet, compiler));
    plans.set(unmet, fresh);
    // A plan that could not be made for the moment may be later.
    fresh.catch(() => plans.delete(unmet));
    return fresh;
  };
}

async function planOperation(
  { text, operationName }: OperationText,
  { authorization }: Pick<CompiledOperation, 'authorization'>,
  unmet: string,
  { planner, isOfType }: Compiler,
): Promise<PlannedOperation> {
  const { document, denied } = authorization.restrict(unmet);
  const allowed = unmet === '' ? text : document && print(document);
  const node =
    allowed === undefined ? undefined : await planner.plan({ text: allowed, operationName });
  const rest = node?.kind === 'Subscription' ? node.rest : node;
  return {
    primary: node?.kind === 'Subscription' ? node.primary : undefined,
    program: rest && compilePlan(rest, isOfType),
    combinations: new Map(),
    denied,
    projections: new Map(),
  };
}
