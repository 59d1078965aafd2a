import { type DocumentNode, type FieldDefinitionNode, Kind, type TypeNode } from 'graphql';

/** Whether the names lead, field by field, from a field's type to another field. */
export function isFieldPath(
  document: DocumentNode,
  from: FieldDefinitionNode,
  [name, ...rest]: readonly string[],
): boolean {
  if (name === undefined) return true;
  const type = document.definitions.find(
    (definition) =>
      (definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
        definition.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
      definition.name.value === namedType(from.type),
  );
  const fields = type && 'fields' in type ? (type.fields as readonly FieldDefinitionNode[]) : [];
  const field = fields.find((candidate) => candidate.name.value === name);
  return field !== undefined && isFieldPath(document, field, rest);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
