import { isResultObject, type ResultObject, readOwn, writeOwn } from '../result-object.ts';

/**
 * Adds what a subgraph answered to an object of the result. Only `target` itself is changed: what is
 * beneath it may belong to other requests too, so an object that gains fields is replaced by a new one.
 */
export function mergeAnswer(target: ResultObject, answer: ResultObject): void {
  for (const key of Object.keys(answer)) {
    const given = answer[key];
    const held = readOwn(target, key);
    writeOwn(target, key, isMergeable(held) ? merged(held, given) : given);
  }
}

function isMergeable(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function merged(held: object, given: unknown): unknown {
  if (Array.isArray(held)) {
    if (!Array.isArray(given) || given.length !== held.length) return given;
    return held.map((item: unknown, index) =>
      isMergeable(item) ? merged(item, given[index]) : given[index],
    );
  }
  if (!isResultObject(given)) return given;
  const copy = { ...held };
  mergeAnswer(copy, given);
  return copy;
}
