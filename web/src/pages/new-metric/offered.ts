import { isRecord } from '../../graph/is-record.ts';

/** What of a source's events can be counted, from what was seen of them and what is registered. */
export interface OfferedField {
  name: string;
  /** Whether it can be added up. */
  isNumber: boolean;
  /** Values it had. */
  examples: readonly string[];
}

export interface SeenType {
  eventType: string;
  fields: readonly OfferedField[];
}

export interface RegisteredType {
  name: string;
  jsonSchema: unknown;
}

/** Those that came first: they can be counted at once. */
export function offeredTypes(
  seen: readonly SeenType[],
  registered: readonly RegisteredType[],
): string[] {
  const names = [...seen.map(({ eventType }) => eventType), ...registered.map(({ name }) => name)];
  return [...new Set(names)];
}

/** The fields of one type by name; what was seen, as the pipeline left it, says more than a schema. */
export function offeredFields(
  eventType: string,
  seen: readonly SeenType[],
  registered: readonly RegisteredType[],
): OfferedField[] {
  const promised = registered.find(({ name }) => name === eventType);
  const fields = new Map(
    schemaFields(promised?.jsonSchema).map((field) => [field.name, field] as const),
  );
  const type = seen.find((one) => one.eventType === eventType);
  for (const field of type?.fields ?? []) fields.set(field.name, field);
  return [...fields.values()].toSorted((one, other) => one.name.localeCompare(other.name));
}

const countable = ['number', 'integer', 'string', 'boolean'];

/** The properties of an object's schema that are text, numbers or truth values. */
function schemaFields(schema: unknown): OfferedField[] {
  if (!isRecord(schema) || !isRecord(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([name, property]) => {
    const types = typesOf(property);
    if (!types.some((type) => countable.includes(type))) return [];
    const isNumber = types.every((type) => ['number', 'integer', 'null'].includes(type));
    return { name, isNumber, examples: [] };
  });
}

function typesOf(property: unknown): string[] {
  const type = isRecord(property) ? property.type : undefined;
  return (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string');
}
