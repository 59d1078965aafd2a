/**
 * Values within an event's data by dotted path, e.g. `flight.origin`. A path goes through objects
 * only, and only through their own properties. Writes copy what they change, and once only: what is
 * in `owned` is a copy that the same pass made before, and is written in place.
 */
export type FieldPath = readonly string[];
export type EventData = Readonly<Record<string, unknown>>;

export const toFieldPath = (dotted: string): FieldPath => dotted.split('.');

/** The value at the path; undefined where there is none. */
export function readField(data: EventData, path: FieldPath): unknown {
  let value: unknown = data;
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** The data with the value at the path; undefined where the path leads through something that is no object. */
export function withField(
  data: EventData,
  path: FieldPath,
  value: unknown,
  owned = new Set<object>(),
): EventData | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return undefined;
  if (rest.length === 0) return write(data, name, value, owned);
  const inner = Object.hasOwn(data, name) ? data[name] : {};
  if (!isObject(inner)) return undefined;
  const written = withField(inner, rest, value, owned);
  return written && write(data, name, written, owned);
}

/** The data without the value at the path; the same data where there was none. */
export function withoutField(
  data: EventData,
  path: FieldPath,
  owned = new Set<object>(),
): EventData {
  const [name, ...rest] = path;
  if (name === undefined || !Object.hasOwn(data, name)) return data;
  const inner = data[name];
  if (rest.length > 0) {
    return isObject(inner) ? write(data, name, withoutField(inner, rest, owned), owned) : data;
  }
  const copy = ownCopy(data, owned);
  delete copy[name];
  return copy;
}

function write(data: EventData, name: string, value: unknown, owned: Set<object>): EventData {
  const copy = ownCopy(data, owned);
  copy[name] = value;
  return copy;
}

function ownCopy(data: EventData, owned: Set<object>): Record<string, unknown> {
  if (owned.has(data)) return data;
  const copy = { ...data };
  owned.add(copy);
  return copy;
}

function isObject(value: unknown): value is EventData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
