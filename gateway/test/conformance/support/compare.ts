import type { ExecutionResult } from 'graphql';

/** An answer's data as bytes would have it: the order of keys counts. */
export function textOf({ data }: ExecutionResult): string {
  return JSON.stringify(data, undefined, 1) ?? 'no data';
}

/** Its data without an order of keys. */
export function contentOf({ data }: ExecutionResult): string {
  return data === undefined ? 'no data' : JSON.stringify(sorted(data));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.map(([key, nested]) => [key, sorted(nested)]);
}

/**
 * The nulls that errors left in the data, each once; of an error where the data has no place, the
 * object that has none. Of several errors below one null the
 * specification asks for one, and does not say which.
 * @see https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
 */
export function nullsOfErrors({ data, errors = [] }: ExecutionResult): string[] {
  const places = errors.map(({ path = [] }) => {
    let value: unknown = data;
    const length = path.findIndex((step) => {
      if (typeof value !== 'object' || value === null || !(step in value)) return true;
      value = (value as Record<string | number, unknown>)[step];
      return false;
    });
    return path.slice(0, length < 0 ? path.length : length).join('.');
  });
  return [...new Set(places)].sort();
}
