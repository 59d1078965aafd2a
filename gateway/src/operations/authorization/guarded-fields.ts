import { fragmentsOf } from '@tributary/operations';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { AccessRequirement, AccessRequirements } from '../../supergraph/access-requirement.ts';

/** A selected field that asks something of the principal. */
export interface Guard {
  /** As the operation selects it: `Type.field`. */
  coordinate: string;
  requirements: readonly AccessRequirement[];
}

export interface GuardedOperation {
  supergraph: { apiSchema: GraphQLSchema; accessRequirements: AccessRequirements };
  /** Validated. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/**
 * The guard of every field of the operation that has one. Each place in a document has one parent
 * type, so a fragment is read once, however often it is spread.
 */
export function guardedFields(operation: GuardedOperation): ReadonlyMap<FieldNode, Guard> {
  const { apiSchema, accessRequirements } = operation.supergraph;
  const guards = new Map<FieldNode, Guard>();
  const fragments = fragmentsOf(operation.document);
  const read = new Set<string>();
  const root = apiSchema.getRootType(operation.operation.operation);
  if (root) readSelections(operation.operation.selectionSet, root);
  return guards;

  function readSelections(set: SelectionSetNode, parent: GraphQLCompositeType): void {
    for (const selection of set.selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          readField(selection, parent);
          break;
        case Kind.INLINE_FRAGMENT:
          readFragment(selection.selectionSet, selection.typeCondition?.name.value ?? parent.name);
          break;
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(selection.name.value);
          if (!fragment || read.has(fragment.name.value)) break;
          read.add(fragment.name.value);
          readFragment(fragment.selectionSet, fragment.typeCondition.name.value);
        }
      }
    }
  }

  function readFragment(set: SelectionSetNode, condition: string): void {
    const type = apiSchema.getType(condition);
    if (isCompositeType(type)) readSelections(set, type);
  }

  function readField(node: FieldNode, parent: GraphQLCompositeType): void {
    const name = node.name.value;
    const coordinate = `${parent.name}.${name}`;
    // A type's name is told to whoever may see its type; introspection asks for nothing.
    const asked = accessRequirements.get(name === '__typename' ? parent.name : coordinate);
    if (asked) guards.set(node, { coordinate, requirements: asked });
    if (!node.selectionSet || isUnionType(parent)) return;
    const type = getNamedType(parent.getFields()[name]?.type);
    if (isCompositeType(type)) readSelections(node.selectionSet, type);
  }
}
