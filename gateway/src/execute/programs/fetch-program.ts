import type { FetchDataRewrite, FetchNode } from '@apollo/query-planner';
import type { ObjectPath, PathTree } from '../run/object-paths.ts';
import { type ApplyRewrites, compileRewrites } from './data-rewrites.ts';
import { compileRepresentation, type Represent } from './representations.ts';
import type { IsOfType } from './type-conditions.ts';

/** One fetch of a plan, with all that can be known before it runs. */
export interface FetchProgram {
  /** Its place among the plan's fetches. */
  id: number;
  subgraph: string;
  kind: 'query' | 'mutation';
  operation: string;
  operationName: string | undefined;
  /** The request's JSON up to the variables' own fields. */
  head: string;
  /** The client's variables that it sends on. */
  variables: readonly string[];
  /** Where the objects are that it adds to; the root for the first fetches. */
  path: ObjectPath;
  /** How it names those objects; undefined for fetches of root fields. */
  represent: Represent | undefined;
  rewrite: ApplyRewrites | undefined;
  isOfType: IsOfType;
  /** The planner's own aliases and what clients know the fields by. */
  renames: ReadonlyMap<string, string>;
  /** What of its answer later fetches will add to. */
  changedLater: PathTree | undefined;
}

export interface FetchPlace {
  id: number;
  path: ObjectPath;
  changedLater: PathTree | undefined;
}

export function compileFetch(node: FetchNode, place: FetchPlace, isOfType: IsOfType): FetchProgram {
  const { operation, operationName, variableUsages, requires } = node;
  return {
    ...place,
    subgraph: node.serviceName,
    kind: node.operationKind === 'mutation' ? 'mutation' : 'query',
    operation,
    operationName,
    head: requestHead(operation, operationName),
    variables: (variableUsages ?? []).filter((name) => !requires || name !== 'representations'),
    represent: requires && compileRepresentation(requires, node.inputRewrites, isOfType),
    rewrite: compileRewrites(node.outputRewrites, isOfType),
    isOfType,
    renames: new Map((node.outputRewrites ?? []).flatMap(renaming)),
  };
}

function renaming(rewrite: FetchDataRewrite): [string, string][] {
  const alias = rewrite.path.at(-1);
  return rewrite.kind === 'KeyRenamer' && alias ? [[alias, rewrite.renameKeyTo]] : [];
}

/** Ends where the variables' fields follow; `}}` completes it. */
export function requestHead(operation: string, operationName: string | undefined): string {
  const name = operationName ? `"operationName":${JSON.stringify(operationName)},` : '';
  return `{"query":${JSON.stringify(operation)},${name}"variables":{`;
}
