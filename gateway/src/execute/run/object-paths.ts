/** Where a plan's fetches find their objects: response keys, and `@` for every item of a list. */
import { isResultObject, type ResultObject, readOwn, writeOwn } from '../result-object.ts';

export type ObjectPath = readonly string[];
export type ConcretePath = readonly (string | number)[];

const everyItem = '@';

/** The objects at a path, in the order of the answer; nulls on the way lead to none. */
export function objectsAt(root: ResultObject, path: ObjectPath): ResultObject[] {
  const found: ResultObject[] = [];
  collect(root, path, 0, found);
  return found;
}

function collect(value: unknown, path: ObjectPath, at: number, found: ResultObject[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    const next = path[at] === everyItem ? at + 1 : at;
    for (const item of value) collect(item, path, next, found);
  } else if (at === path.length) {
    found.push(value as ResultObject);
  } else {
    collect(readOwn(value as ResultObject, path[at] ?? ''), path, at + 1, found);
  }
}

/** The place of each object that `objectsAt` finds, in the same order. */
export function placesAt(root: ResultObject, path: ObjectPath): ConcretePath[] {
  const places: ConcretePath[] = [];
  collectPlaces({ value: root, at: 0, place: [] }, path, places);
  return places;
}

interface Visit {
  value: unknown;
  at: number;
  place: ConcretePath;
}

function collectPlaces(
  { value, at, place }: Visit,
  path: ObjectPath,
  places: ConcretePath[],
): void {
  if (Array.isArray(value)) {
    const next = path[at] === everyItem ? at + 1 : at;
    value.forEach((item, index) => {
      collectPlaces({ value: item, at: next, place: [...place, index] }, path, places);
    });
  } else if (isResultObject(value)) {
    const key = path[at];
    if (key === undefined) places.push(place);
    else {
      collectPlaces(
        { value: readOwn(value, key), at: at + 1, place: [...place, key] },
        path,
        places,
      );
    }
  }
}

/** The keys of a path up to its first list: where an error belongs that concerns all beneath. */
export function placeAbove(path: ObjectPath): ConcretePath {
  const list = path.indexOf(everyItem);
  return list === -1 ? path : path.slice(0, list);
}

/** Paths as a tree: what lies on the way to objects that are still going to be changed. */
export interface PathTree {
  children: Map<string, PathTree>;
}

export function pathTree(paths: readonly ObjectPath[]): PathTree | undefined {
  if (paths.every(({ length }) => length === 0)) return undefined;
  const root: PathTree = { children: new Map() };
  for (const path of paths) {
    let node = root;
    for (const key of path) {
      const child = node.children.get(key) ?? { children: new Map() };
      node.children.set(key, child);
      node = child;
    }
  }
  return root;
}

/** A value whose objects along the tree are copies; the rest is the value's own. */
export function copiedAlong(value: unknown, tree: PathTree): unknown {
  if (Array.isArray(value)) {
    const items = tree.children.get(everyItem);
    return items ? value.map((item) => copiedAlong(item, items)) : value;
  }
  if (!isResultObject(value)) return value;
  const copy = { ...value };
  for (const [key, child] of tree.children) {
    const held = readOwn(value, key);
    if (held !== undefined) writeOwn(copy, key, copiedAlong(held, child));
  }
  return copy;
}
