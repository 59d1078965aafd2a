import type { FetchNode } from '@apollo/query-planner';
import type { OperationCost } from '@tributary/operations';
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
} from 'graphql';
import type { PlanProgram } from '../execute/programs/compile-plan.ts';
import type { Denial, WriteValue } from '../execute/projection/write-value.ts';
import type { Combinations } from '../execute/run/fetch-queue.ts';
import type { TraceStep } from '../telemetry/trace-steps.ts';
import type { OperationAuthorization } from './authorization/compile-authorization.ts';
import type { CachePolicy } from './cache-policy.ts';

/** An operation that may run, with all that is known of it before it does. */
export interface CompiledOperation {
  /** Unique among the operations that a process has compiled. */
  id: number;
  kind: 'query' | 'mutation' | 'subscription';
  name: string | undefined;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  conditionVariables: readonly string[];
  /** What its variable `$representations` is called inside, if it has one. */
  standIn: string | undefined;
  /** Whether it asks for the schema itself. */
  introspects: boolean;
  authorization: OperationAuthorization;
  cost: OperationCost;
  cachePolicy: CachePolicy;
  /** What it takes to run it without what `authorization.unmet` said; planned once each. */
  plan(unmet: string, step?: TraceStep): Promise<PlannedOperation>;
}

/** An operation as it runs for everybody who may see the same of it. */
export interface PlannedOperation {
  /** A subscription's first fetch, which the message stands for. */
  primary: FetchNode | undefined;
  /** Undefined when nothing is left to fetch. */
  program: PlanProgram | undefined;
  combinations: Combinations;
  denied: ReadonlyMap<FieldNode, Denial>;
  /** The answer's shape, by what `@skip` and `@include` come to. */
  projections: Map<string, WriteValue>;
}
