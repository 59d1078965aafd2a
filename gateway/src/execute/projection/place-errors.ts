import type { ResultError } from '../result-error.ts';
import { isResultObject, type ResultObject, readOwn } from '../result-object.ts';
import type { ConcretePath } from '../run/object-paths.ts';

/**
 * Errors at places that the answer has. Plans also fetch what the client did not ask for: for a type
 * that turns out to be another, or because a field requires it. An error there is told of the object
 * that lost a field by it, when no other error says why that field is null, and else not at all.
 */
export function placeErrors(data: unknown, errors: readonly ResultError[]): ResultError[] {
  const told = errors.filter(({ path }) => !path || isPlace(data, path));
  if (told.length === errors.length) return told;
  const moved = errors.flatMap((error) => {
    if (!error.path || isPlace(data, error.path)) return [];
    const path = objectThatLost(data, error.path, told);
    return path ? [{ ...error, path }] : [];
  });
  return [...told, ...moved];
}

/** A null on the way is a place too: what is beneath it went with it. */
function isPlace(data: unknown, path: ConcretePath): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return true;
    if (isResultObject(value) && !Object.hasOwn(value, key)) return false;
    value = readOwn(value as ResultObject, String(key));
  }
  return true;
}

function objectThatLost(
  data: unknown,
  path: ConcretePath,
  told: readonly ResultError[],
): ConcretePath | undefined {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (isResultObject(value) && !Object.hasOwn(value, key)) {
      const place = path.slice(0, depth);
      const lost = Object.entries(value).some(
        ([field, held]) => held === null && !isExplained([...place, field], told),
      );
      return lost ? place : undefined;
    }
    value = readOwn(value as ResultObject, String(key));
  }
  return undefined;
}

/** Whether an error is told at a place or beneath it. */
export function isExplained(place: ConcretePath, errors: readonly ResultError[]): boolean {
  return errors.some(
    ({ path }) => path !== undefined && place.every((key, index) => path[index] === key),
  );
}
