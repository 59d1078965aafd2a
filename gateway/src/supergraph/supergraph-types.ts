import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
} from 'graphql';

/** An object, interface or union type as the supergraph has it, what clients do not see included. */
export interface CompositeType {
  name: string;
  isAbstract: boolean;
  fields: ReadonlyMap<string, FieldDefinitionNode>;
  directives: readonly ConstDirectiveNode[];
  /** The object types that a value of this type can be of; of an object type, itself. */
  possibleTypes: readonly string[];
}

export type SupergraphTypes = ReadonlyMap<string, CompositeType>;

export function readSupergraphTypes(supergraph: DocumentNode): SupergraphTypes {
  const implementations = readImplementations(supergraph);
  return new Map(
    supergraph.definitions.flatMap((definition): [string, CompositeType][] => {
      switch (definition.kind) {
        case Kind.OBJECT_TYPE_DEFINITION:
        case Kind.INTERFACE_TYPE_DEFINITION: {
          const name = definition.name.value;
          const isAbstract = definition.kind === Kind.INTERFACE_TYPE_DEFINITION;
          const fields = new Map(definition.fields?.map((field) => [field.name.value, field]));
          const possibleTypes = isAbstract ? (implementations.get(name) ?? []) : [name];
          return [
            [
              name,
              { name, isAbstract, fields, directives: definition.directives ?? [], possibleTypes },
            ],
          ];
        }
        case Kind.UNION_TYPE_DEFINITION: {
          const name = definition.name.value;
          const possibleTypes = definition.types?.map((type) => type.name.value) ?? [];
          return [
            [
              name,
              {
                name,
                isAbstract: true,
                fields: new Map(),
                directives: definition.directives ?? [],
                possibleTypes,
              },
            ],
          ];
        }
        default:
          return [];
      }
    }),
  );
}

/** The object types that implement each interface. */
function readImplementations(supergraph: DocumentNode): ReadonlyMap<string, string[]> {
  const implementations = new Map<string, string[]>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const { name } of definition.interfaces ?? []) {
      const known = implementations.get(name.value) ?? [];
      implementations.set(name.value, [...known, definition.name.value]);
    }
  }
  return implementations;
}
