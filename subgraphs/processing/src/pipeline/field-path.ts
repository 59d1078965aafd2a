/**
 * Values within an event's data by dotted path, e.g. `flight.origin`. A path goes through objects
 * only, and only through their own properties; writes copy what they change.
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

/** A copy with the value at the path; undefined where the path leads through something that is no object. */
export function withField(data: EventData, path: FieldPath, value: unknown): EventData | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return undefined;
  if (rest.length === 0) return { ...data, [name]: value };
  const inner = Object.hasOwn(data, name) ? data[name] : {};
  if (!isObject(inner)) return undefined;
  const written = withField(inner, rest, value);
  return written && { ...data, [name]: written };
}

/** A copy without the value at the path; the same data where there was none. */
export function withoutField(data: EventData, path: FieldPath): EventData {
  const [name, ...rest] = path;
  if (name === undefined || !Object.hasOwn(data, name)) return data;
  const { [name]: inner, ...others } = data;
  if (rest.length === 0) return others;
  if (!isObject(inner)) return data;
  return { ...data, [name]: withoutField(inner, rest) };
}

function isObject(value: unknown): value is EventData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
