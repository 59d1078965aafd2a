import type { FetchProgram } from '../programs/fetch-program.ts';
import { isResultObject, type ResultObject, readOwn, writeOwn } from '../result-object.ts';
import type { SubgraphAnswer, SubgraphError } from '../subgraph-client/subgraph-answer.ts';
import { mergeAnswer } from './merge-answer.ts';
import { type ConcretePath, copiedAlong, objectsAt, placeAbove, placesAt } from './object-paths.ts';
import type { PlanRun } from './plan-run.ts';

/** The objects that a fetch adds to, and what stands for each in its request. */
interface Targets {
  /** JSON texts of the representations without repetitions, and the place of each among them. */
  representations: Map<string, number>;
  /** By object: which representation is its; objects that lack their key are not here. */
  indexes: Map<ResultObject, number>;
}

/** Asks a subgraph and adds its answer to the result. Never throws. */
export async function runFetch(fetch: FetchProgram, run: PlanRun): Promise<void> {
  const targets = findTargets(fetch, run.root);
  if (targets.indexes.size === 0) return;
  try {
    const answer = await run.queue.send(fetch, [...targets.representations.keys()]);
    for (const error of answer.errors ?? []) report(error, fetch, targets, run);
    if (answer.data) add(fetch, targets, answer);
  } catch (error) {
    // Nobody is there to be told, and a fetch that was broken off for that is no fault.
    if (run.context.signal?.aborted) return;
    const path = placeAbove(fetch.path);
    run.errors.push({
      ...run.explain(fetch.subgraph, error),
      ...(path.length > 0 && { path }),
    });
  }
}

function findTargets({ path, represent }: FetchProgram, root: ResultObject): Targets {
  const representations = new Map<string, number>();
  const indexes = new Map<ResultObject, number>();
  for (const object of objectsAt(root, path)) {
    // One entity may stand in many places as one object.
    if (indexes.has(object)) continue;
    const text = represent ? represent(object) : '';
    if (text === undefined) continue;
    const known = represent ? representations.get(text) : 0;
    const index = known ?? representations.size;
    if (known === undefined) representations.set(text, index);
    indexes.set(object, index);
  }
  return { representations, indexes };
}

function add(fetch: FetchProgram, targets: Targets, answer: SubgraphAnswer): void {
  const data = ownData(fetch, answer);
  if (!fetch.represent) {
    for (const object of targets.indexes.keys()) mergeAnswer(object, data);
    return;
  }
  const entities = data._entities;
  if (!Array.isArray(entities) || entities.length !== targets.representations.size) {
    throw new Error(`${fetch.subgraph} did not answer an entity for each representation.`);
  }
  for (const [object, index] of targets.indexes) {
    const entity: unknown = entities[index];
    if (isResultObject(entity)) addEntity(object, entity, fetch);
    else if (entity !== null) {
      throw new Error(`${fetch.subgraph} answered an entity that is no object.`);
    }
  }
}

/** A subgraph that knows a type as `@interfaceObject` names it by its interface, which tells less than is known. */
function addEntity(object: ResultObject, entity: ResultObject, { isOfType }: FetchProgram): void {
  const known = readOwn(object, '__typename');
  mergeAnswer(object, entity);
  const told = readOwn(object, '__typename');
  if (told !== known && !isOfType(told, String(known))) writeOwn(object, '__typename', known);
}

/** The answer's data, as far as it is going to be changed a copy when others hold it too. */
function ownData(fetch: FetchProgram, { data, shared }: SubgraphAnswer): ResultObject {
  if (!data) return {};
  if (fetch.rewrite) {
    const own = shared ? structuredClone(data) : data;
    fetch.rewrite(fetch.represent ? own._entities : own);
    return own;
  }
  if (!shared || !fetch.changedLater) return data;
  const tree = fetch.changedLater;
  if (!fetch.represent) return copiedAlong(data, tree) as ResultObject;
  const entities = data._entities;
  return {
    _entities: Array.isArray(entities)
      ? entities.map((entity) => copiedAlong(entity, tree))
      : entities,
  };
}

function report(error: SubgraphError, fetch: FetchProgram, targets: Targets, run: PlanRun): void {
  const explained = run.explain(fetch.subgraph, error);
  for (const path of placesOf(error, fetch, targets, run.root)) {
    run.errors.push(path.length > 0 ? { ...explained, path } : explained);
  }
}

/** Where in the whole answer an error belongs: with an entity's, everywhere that entity is. */
function placesOf(
  { path }: SubgraphError,
  fetch: FetchProgram,
  targets: Targets,
  root: ResultObject,
): ConcretePath[] {
  const renamed = path?.map((key) =>
    typeof key === 'string' ? (fetch.renames.get(key) ?? key) : key,
  );
  if (!renamed) return [placeAbove(fetch.path)];
  if (!fetch.represent) return [[...placeAbove(fetch.path), ...renamed]];
  const [, index, ...rest] = renamed;
  const objects = objectsAt(root, fetch.path);
  const places = placesAt(root, fetch.path).filter((_, at) => {
    const object = objects[at];
    return object !== undefined && targets.indexes.get(object) === index;
  });
  return places.length > 0 ? places.map((place) => [...place, ...rest]) : [placeAbove(fetch.path)];
}
