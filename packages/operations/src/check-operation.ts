/** Whether an operation could run, and where in its text it says what could not. */
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getLocation,
  Kind,
  type OperationDefinitionNode,
  print,
  Source,
  valueFromASTUntyped,
} from 'graphql';
import { compileCost } from './cost/compile-cost.ts';
import type { CostConfiguration } from './cost/cost-configuration.ts';
import type { LimitGuard } from './limits/limit-guard.ts';
import type { RegisteredOperation } from './registered-operation.ts';
import type { CostDirectives } from './supergraph/cost-directives.ts';
import { validateOperation } from './validate-operation.ts';

/** What operations are held to. */
export interface OperationRules {
  /** What clients see of the supergraph. */
  schema: GraphQLSchema;
  costDirectives: CostDirectives;
  cost: CostConfiguration;
  limits: LimitGuard;
  /** What one client may spend in its window; undefined where cost is not limited by rate. */
  costBudget: number | undefined;
  introspection: boolean;
}

export interface OperationProblem {
  operationId: string;
  origin: string;
  /** In the operation's text, from 1. */
  line: number;
  column: number;
  message: string;
}

/** None for an operation that could run. Several operations in one text are held to the rules each. */
export function checkOperation(
  { id, text, origin }: RegisteredOperation,
  rules: OperationRules,
): OperationProblem[] {
  const source = new Source(text, origin);
  return errorsOf(text, rules).map((error) => {
    const start = error.positions?.[0] ?? 0;
    return { operationId: id, origin, ...getLocation(source, start), message: error.message };
  });
}

/** For people: `operations/people.graphql, line 3, column 5: Cannot query field "age" on type "User".` */
export function describeProblem({ origin, line, column, message }: OperationProblem): string {
  return `${origin}, line ${line}, column ${column}: ${message}`;
}

function errorsOf(text: string, rules: OperationRules): readonly GraphQLError[] {
  try {
    const document = rules.limits.parse(text);
    const operations = document.definitions.filter(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    );
    if (operations.length === 0) return [new GraphQLError('There is no operation in it.')];
    const tooMuch = operations.flatMap((operation) =>
      rules.limits.checkOperation(document, operation).map((error) => at(operation, error)),
    );
    if (tooMuch.length > 0) return tooMuch;
    const invalid = validateOperation(document, rules);
    if (invalid.length > 0) return invalid;
    return operations.flatMap((operation) => tooCostly(document, operation, rules) ?? []);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function tooCostly(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  rules: OperationRules,
): GraphQLError | undefined {
  const { schema, costDirectives: directives, cost: configuration, limits, costBudget } = rules;
  const cost = compileCost({ schema, directives, configuration, document, operation });
  const least = cost.evaluate(leastVariables(operation));
  const over = limits.checkCost(least);
  if (over) return at(operation, over);
  if (costBudget === undefined || least <= costBudget) return undefined;
  const message = `The operation costs at least ${least}, which is more than a client's whole budget of ${costBudget}.`;
  return at(operation, new GraphQLError(message));
}

/** What variables come to when nobody gives them; a number without default is one, as the smallest page. */
function leastVariables({ variableDefinitions = [] }: OperationDefinitionNode) {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, type, defaultValue }): [string, unknown][] => {
      if (defaultValue) return [[variable.name.value, valueFromASTUntyped(defaultValue)]];
      return /^Int!?$/.test(print(type)) ? [[variable.name.value, 1]] : [];
    }),
  );
}

/** The same error at the place of its operation. */
function at(operation: OperationDefinitionNode, { message }: GraphQLError): GraphQLError {
  return new GraphQLError(message, { nodes: operation });
}
