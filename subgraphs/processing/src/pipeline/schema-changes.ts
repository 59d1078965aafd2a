/**
 * What a schema refuses that an earlier one took, as far as can be told: of objects, arrays and values
 * by their usual keywords. Whatever else differs is taken for a refusal, so that nothing found is a
 * promise: what the earlier schema took, the next one takes.
 */
import { isDeepStrictEqual } from 'node:util';

export interface SchemaChange {
  /** Within the schema, e.g. properties.delay.minimum. */
  path: string[];
  message: string;
}

type Schema = Readonly<Record<string, unknown>>;
type Compare = (before: Schema, after: Schema, path: string[]) => SchemaChange[];

/** Say nothing about what is taken. */
const annotations = new Set([
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
]);
const compared = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
]);
/** May only grow, or only shrink. */
const bounds = {
  minimum: -1,
  exclusiveMinimum: -1,
  minLength: -1,
  minItems: -1,
  minProperties: -1,
  maximum: 1,
  exclusiveMaximum: 1,
  maxLength: 1,
  maxItems: 1,
  maxProperties: 1,
} as const;

export function breakingChanges(before: unknown, after: unknown): SchemaChange[] {
  return compare(before, after, []);
}

function compare(before: unknown, after: unknown, path: string[]): SchemaChange[] {
  if (isDeepStrictEqual(before, after) || before === false || after === true) return [];
  if (after === false) return [change(path, 'takes nothing any more')];
  const [left, right] = [toSchema(before), toSchema(after)];
  const steps: Compare[] = [
    types,
    enums,
    limits,
    required,
    properties,
    additional,
    items,
    unevaluated,
    others,
  ];
  return steps.flatMap((step) => step(left, right, path));
}

/** A boolean `true` takes anything, as the empty schema does. */
function toSchema(schema: unknown): Schema {
  return typeof schema === 'object' && schema !== null ? (schema as Schema) : {};
}

const change = (path: string[], message: string): SchemaChange => ({ path, message });

function types(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  if (after.type === undefined) return [];
  const [held, taken] = [listOf(before.type), listOf(after.type)];
  const missing = held.filter(
    (type) => !taken.includes(type) && !(type === 'integer' && taken.includes('number')),
  );
  if (before.type === undefined) return [change([...path, 'type'], 'was any, is one now')];
  return missing.length > 0
    ? [change([...path, 'type'], `does not take ${missing.join(', ')} any more`)]
    : [];
}

function enums(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  if (!Array.isArray(after.enum)) return [];
  const values = after.enum as unknown[];
  const held = Array.isArray(before.enum) ? (before.enum as unknown[]) : undefined;
  if (!held) return [change([...path, 'enum'], 'was any value, is one of a list now')];
  const missing = held.filter((value) => !values.some((one) => isDeepStrictEqual(one, value)));
  return missing.length > 0
    ? [change([...path, 'enum'], `does not take ${JSON.stringify(missing).slice(0, 100)} any more`)]
    : [];
}

function limits(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  return Object.entries(bounds).flatMap(([name, direction]) => {
    const [held, taken] = [before[name], after[name]];
    if (taken === undefined || isDeepStrictEqual(held, taken)) return [];
    const isWider =
      typeof held === 'number' && typeof taken === 'number' && (taken - held) * direction > 0;
    return isWider ? [] : [change([...path, name], 'is narrower')];
  });
}

function required(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  const held = listOf(before.required);
  return listOf(after.required)
    .filter((name) => !held.includes(name))
    .map((name) => change([...path, 'required'], `asks for ${name}, which could be left out`));
}

/**
 * A property that is new is compared with what the earlier schema said of any other property, which
 * may be anything where patterns let names through.
 */
function properties(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  const [held, taken] = [toSchema(before.properties), toSchema(after.properties)];
  const others = before.patternProperties === undefined ? otherProperties(before) : true;
  return Object.entries(taken).flatMap(([name, schema]) => {
    const earlier = Object.hasOwn(held, name) ? held[name] : others;
    return compare(earlier, schema, [...path, 'properties', name]);
  });
}

/** Properties that the next schema does not name any more are compared with what it says of others. */
function additional(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  const [held, taken] = [toSchema(before.properties), toSchema(after.properties)];
  const rest = otherProperties(after);
  const gone = Object.entries(held).filter(([name]) => !Object.hasOwn(taken, name));
  return [
    ...gone.flatMap(([name, schema]) => compare(schema, rest, [...path, 'properties', name])),
    ...compare(otherProperties(before), rest, [...path, 'additionalProperties']),
  ];
}

function otherProperties(schema: Schema): unknown {
  return schema.additionalProperties ?? true;
}

function items(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  return compare(before.items ?? true, after.items ?? true, [...path, 'items']);
}

/** What other keywords have to say of a value decides whether these see it, so any change may. */
function unevaluated(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  if (isDeepStrictEqual(withoutNotes(before), withoutNotes(after))) return [];
  return ['unevaluatedProperties', 'unevaluatedItems']
    .filter((name) => after[name] !== undefined && isDeepStrictEqual(before[name], after[name]))
    .map((name) => change([...path, name], 'may refuse what another keyword took'));
}

function withoutNotes(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => !annotations.has(name)));
}

/** References lead into definitions, so where those differ the same reference may mean something else. */
function others(before: Schema, after: Schema, path: string[]): SchemaChange[] {
  const known = (name: string) => compared.has(name) || name in bounds || annotations.has(name);
  const plain = Object.keys(after)
    .filter((name) => !known(name) && !isDeepStrictEqual(before[name], after[name]))
    .map((name) => change([...path, name], 'is new or other, and may refuse what was taken'));
  // What says nothing by itself may be what another keyword lets through.
  const gone = [
    'patternProperties',
    'prefixItems',
    'unevaluatedProperties',
    'unevaluatedItems',
    'minContains',
    'nullable',
    'if',
    'then',
  ]
    .filter((name) => before[name] !== undefined && after[name] === undefined)
    .map((name) =>
      change([...path, name], 'is gone, and may have let through what is refused now'),
    );
  const isMoved = ['$defs', 'definitions'].some(
    (name) => before[name] !== undefined && !isDeepStrictEqual(before[name], after[name]),
  );
  return [...plain, ...gone, ...(isMoved ? [change([...path, '$defs'], 'is other')] : [])];
}

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined ? [] : [String(value)];
}
