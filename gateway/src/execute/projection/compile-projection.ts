/**
 * The shape of an operation's answer, compiled: from the merged result straight to JSON text in the
 * order the client asked for. Nothing is looked up by name while an answer is written
 * (docs/decisions/008-an-executor-of-our-own.md has the measurements).
 */
import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLCompositeType,
  type GraphQLNullableType,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type SelectionSetNode,
} from 'graphql';
import { isInheritedKey, isResultObject, type ResultObject, readOwn } from '../result-object.ts';
import { collectFields, type Selections } from './collect-fields.ts';
import { leafWriter } from './leaf-writers.ts';
import { type Denial, noteFlaw, type WriteValue } from './write-value.ts';

export interface ProjectionOptions extends Selections {
  /** Fields of the document that the principal may not see. */
  denied: ReadonlyMap<FieldNode, Denial>;
}

/** A field of one type, as one operation selects it. */
interface SelectedField {
  nodes: readonly FieldNode[];
  /** For errors: `Product.price`. */
  coordinate: string;
}

/** Writes an object of a type whose name is known for sure, or stands for all that is known. */
export function compileProjection(
  options: ProjectionOptions,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): WriteValue {
  const collected = [...collectFields(options, type, selectionSets)];
  const fields = collected.map(([key, nodes], index) => ({
    key,
    head: `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`,
    // Plain reading could find what every object inherits.
    guarded: isInheritedKey(key),
    write: compileField(options, type, nodes),
  }));
  if (fields.length === 0) return () => '{}';

  return (value, writing) => {
    const object = value as ResultObject;
    const path = writing.trace?.path;
    let text = '';
    for (const { key, head, guarded, write } of fields) {
      path?.push(key);
      const written = write(guarded ? readOwn(object, key) : object[key], writing);
      path?.pop();
      if (written === undefined) return 'null';
      text += head + written;
    }
    return `${text}}`;
  };
}

function compileField(
  options: ProjectionOptions,
  parent: GraphQLCompositeType,
  nodes: readonly FieldNode[],
): WriteValue {
  const name = nodes[0]?.name.value ?? '';
  if (name === '__typename') return typenameWriter(parent);
  // Introspection's answers come from graphql-js, complete and in order.
  if (name === '__schema' || name === '__type') return (value) => JSON.stringify(value ?? null);
  const type = isUnionType(parent) ? undefined : parent.getFields()[name]?.type;
  if (!type) throw new Error(`${parent.name} has no field ${name}.`);
  const allowed = nodes.filter((node) => !options.denied.has(node));
  const denial = nodes[0] && options.denied.get(nodes[0]);
  if (allowed.length === 0 && denial) return deniedWriter(type, denial);
  return compileType(options, type, { nodes: allowed, coordinate: `${parent.name}.${name}` });
}

/** An object whose type nobody told has no name to give. */
function typenameWriter(type: GraphQLCompositeType): WriteValue {
  if (isObjectType(type)) return () => `"${type.name}"`;
  return (_value, writing) => {
    noteFlaw(writing, { kind: 'missing', coordinate: `${type.name}.__typename` });
    return undefined;
  };
}

function deniedWriter(type: GraphQLOutputType, denial: Denial): WriteValue {
  const written = isNonNullType(type) ? undefined : 'null';
  return (_value, writing) => {
    noteFlaw(writing, { kind: 'denied', denial });
    return written;
  };
}

function compileType(
  options: ProjectionOptions,
  type: GraphQLOutputType,
  field: SelectedField,
): WriteValue {
  if (!isNonNullType(type)) return compileNullable(options, type, field);
  const write = compileNullable(options, type.ofType, field);
  return (value, writing) => {
    if (value === null || value === undefined) {
      noteFlaw(writing, { kind: 'missing', coordinate: field.coordinate });
      return undefined;
    }
    const written = write(value, writing);
    return written === 'null' ? undefined : written;
  };
}

function compileNullable(
  options: ProjectionOptions,
  type: GraphQLNullableType & GraphQLOutputType,
  field: SelectedField,
): WriteValue {
  if (isListType(type)) return listWriter(compileType(options, type.ofType, field), field);
  if (isLeafType(type)) return leafWriter(type, field.coordinate);
  const selectionSets = field.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const write = isAbstractType(type)
    ? abstractWriter(options, type, { ...field, selectionSets })
    : compileProjection(options, type, selectionSets);
  return (value, writing) => {
    if (value === null || value === undefined) return 'null';
    if (isResultObject(value)) return write(value, writing);
    noteFlaw(writing, { kind: 'invalid', coordinate: field.coordinate });
    return 'null';
  };
}

function listWriter(writeItem: WriteValue, { coordinate }: SelectedField): WriteValue {
  return (value, writing) => {
    if (value === null || value === undefined) return 'null';
    if (!Array.isArray(value)) {
      noteFlaw(writing, { kind: 'invalid', coordinate });
      return 'null';
    }
    const path = writing.trace?.path;
    let text = '[';
    for (let index = 0; index < value.length; index++) {
      path?.push(index);
      const written = writeItem(value[index], writing);
      path?.pop();
      if (written === undefined) return 'null';
      text += index === 0 ? written : `,${written}`;
    }
    return `${text}]`;
  };
}

/** Compiled for each type that comes up; one that the API does not have is an invalid value. */
function abstractWriter(
  options: ProjectionOptions,
  type: GraphQLAbstractType,
  { coordinate, selectionSets }: SelectedField & { selectionSets: readonly SelectionSetNode[] },
): WriteValue {
  const writers = new Map<unknown, WriteValue>();
  return (value, writing) => {
    const typename = readOwn(value as ResultObject, '__typename');
    const known = writers.get(typename);
    if (known) return known(value, writing);
    const actual = typeof typename === 'string' ? options.schema.getType(typename) : type;
    if (!isObjectType(actual) && !isAbstractType(actual)) {
      noteFlaw(writing, { kind: 'invalid', coordinate });
      return 'null';
    }
    const writer = compileProjection(options, actual, selectionSets);
    writers.set(typename, writer);
    return writer(value, writing);
  };
}
