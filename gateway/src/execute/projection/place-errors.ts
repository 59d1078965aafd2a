import type { ResultError } from '../result-error.ts';
import { isResultObject, readOwn } from '../result-object.ts';
import type { ConcretePath } from '../run/object-paths.ts';

/**
 * Errors at places that the answer has. Plans also fetch what the client did not ask for: for a type
 * that turns out to be another, or because a field requires it. An error there is told of the object
 * that lost a field by it, and not at all where nothing was lost.
 */
export function placeErrors(data: unknown, errors: readonly ResultError[]): ResultError[] {
  return errors.flatMap((error) => {
    const path = error.path && placeIn(data, error.path);
    if (path === 'nowhere') return [];
    return [path === undefined ? error : { ...error, path }];
  });
}

function placeIn(data: unknown, path: ConcretePath): ConcretePath | 'nowhere' {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (!isResultObject(value)) return path;
    else if (Object.hasOwn(value, key)) value = readOwn(value, String(key));
    else return Object.values(value).includes(null) ? path.slice(0, depth) : 'nowhere';
  }
  return path;
}
