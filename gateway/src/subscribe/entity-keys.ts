import { federationMetadata, type Schema } from '@apollo/federation-internals';
import { Kind, parse, type SelectionSetNode } from 'graphql';

/** What identifies an entity towards its subgraph. */
export type Representation = Record<string, unknown>;

/** The representation of an object of a type, if the object holds all of one of the type's keys. */
export type ToRepresentation = (type: string, source: object) => Representation | undefined;

/** The resolvable `@key`s of each of a subgraph's types. */
export type EntityKeys = ReadonlyMap<string, readonly SelectionSetNode[]>;

export function createToRepresentation(keys: EntityKeys): ToRepresentation {
  return (type, source) => {
    for (const key of keys.get(type) ?? []) {
      const values = pick(key, source);
      if (values) return { __typename: type, ...values };
    }
    return undefined;
  };
}

export function readEntityKeys(subgraph: Schema): EntityKeys {
  const directive = federationMetadata(subgraph)?.keyDirective();
  if (!directive) return new Map();
  return new Map(
    subgraph.objectTypes().map((type) => {
      const keys = type.appliedDirectivesOf(directive).map((applied) => applied.arguments());
      const resolvable = keys.filter((key) => key.resolvable !== false);
      return [type.name, resolvable.map(({ fields }) => parseFieldSet(String(fields)))];
    }),
  );
}

function parseFieldSet(fields: string): SelectionSetNode {
  const [definition] = parse(`{ ${fields} }`).definitions;
  if (definition?.kind === Kind.OPERATION_DEFINITION) return definition.selectionSet;
  throw new Error(`"${fields}" is no field set.`);
}

function pick(key: SelectionSetNode, source: object): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {};
  for (const selection of key.selections) {
    if (selection.kind !== Kind.FIELD) return undefined;
    const name = selection.name.value;
    const value: unknown = Object.hasOwn(source, name) ? Reflect.get(source, name) : undefined;
    const nested = selection.selectionSet;
    values[name] = nested && typeof value === 'object' && value ? pick(nested, value) : value;
    if (values[name] === undefined) return undefined;
  }
  return values;
}
