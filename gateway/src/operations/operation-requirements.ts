import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { AccessRequirement, AccessRequirements } from '../supergraph/access-requirements.ts';

/** Every requirement of the fields that a document selects, and of the types they return. */
export function operationRequirements(
  document: DocumentNode,
  schema: GraphQLSchema,
  requirements: AccessRequirements,
): AccessRequirement[] {
  const coordinates = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field({ name }) {
        for (const type of withPossibleTypes(typeInfo.getParentType(), schema)) {
          coordinates.add(`${type.name}.${name.value}`);
        }
        for (const type of withPossibleTypes(getNamedType(typeInfo.getType()), schema)) {
          coordinates.add(type.name);
        }
      },
    }),
  );
  return [...coordinates].flatMap((coordinate) => requirements.get(coordinate) ?? []);
}

function withPossibleTypes(
  type: GraphQLNamedType | null | undefined,
  schema: GraphQLSchema,
): readonly GraphQLNamedType[] {
  if (!type) return [];
  return isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
}
