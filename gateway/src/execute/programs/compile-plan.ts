import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { type ObjectPath, pathTree } from '../run/object-paths.ts';
import { compileFetch, type FetchProgram } from './fetch-program.ts';
import type { IsOfType } from './type-conditions.ts';

/** A plan that is ready to run. */
export type PlanProgram =
  | { kind: 'sequence'; steps: readonly PlanProgram[] }
  | { kind: 'parallel'; steps: readonly PlanProgram[] }
  | { kind: 'fetch'; fetch: FetchProgram }
  | {
      kind: 'condition';
      variable: string;
      whenTrue: PlanProgram | undefined;
      whenFalse: PlanProgram | undefined;
    };

/** @throws for a plan with `@defer`, which the planner makes only when it is told to. */
export function compilePlan(node: PlanNode, isOfType: IsOfType): PlanProgram {
  const paths = [...fetchPaths(node, [])];
  let count = 0;

  function compile(step: PlanNode, path: ObjectPath): PlanProgram {
    switch (step.kind) {
      case 'Sequence':
        return { kind: 'sequence', steps: step.nodes.map((child) => compile(child, path)) };
      case 'Parallel':
        return { kind: 'parallel', steps: step.nodes.map((child) => compile(child, path)) };
      case 'Flatten':
        return compile(step.node, [...path, ...step.path.map(String)]);
      case 'Fetch':
        return { kind: 'fetch', fetch: fetchProgram(step, path) };
      case 'Condition':
        return {
          kind: 'condition',
          variable: step.condition,
          whenTrue: step.ifClause && compile(step.ifClause, path),
          whenFalse: step.elseClause && compile(step.elseClause, path),
        };
      case 'Defer':
        throw new Error('The planner made a plan with @defer, which is not executed here.');
    }
  }

  function fetchProgram(fetch: FetchNode, path: ObjectPath): FetchProgram {
    const changedLater = pathTree(pathsBeneath(path, paths));
    return compileFetch(fetch, { id: count++, path, changedLater }, isOfType);
  }

  return compile(node, []);
}

function* fetchPaths(node: PlanNode, path: ObjectPath): Generator<ObjectPath> {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) yield* fetchPaths(child, path);
      break;
    case 'Flatten':
      yield* fetchPaths(node.node, [...path, ...node.path.map(String)]);
      break;
    case 'Condition':
      if (node.ifClause) yield* fetchPaths(node.ifClause, path);
      if (node.elseClause) yield* fetchPaths(node.elseClause, path);
      break;
    case 'Fetch':
      yield path;
      break;
    case 'Defer':
      break;
  }
}

/** The parts of the longer paths that go on from this one. */
function pathsBeneath(path: ObjectPath, paths: readonly ObjectPath[]): ObjectPath[] {
  return paths
    .filter((other) => other.length > path.length && path.every((key, at) => other[at] === key))
    .map((other) => other.slice(path.length));
}
