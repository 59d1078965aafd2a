/** https://spec.graphql.org/October2021/#CollectFields, done once per type when an operation is compiled. */
import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

export interface Selections {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The variables that `@skip` and `@include` look at. */
  conditions: ReadonlyMap<string, boolean>;
}

/** By response key, in the order of the answer: all the fields that make it up. */
export type CollectedFields = Map<string, FieldNode[]>;

export function collectFields(
  selections: Selections,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
): CollectedFields {
  const fields: CollectedFields = new Map();
  const visited = new Set<string>();
  for (const set of selectionSets) collectSet(set);
  return fields;

  function collectSet({ selections: nodes }: SelectionSetNode): void {
    for (const node of nodes) {
      if (!isIncluded(node.directives, selections.conditions)) continue;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        const known = fields.get(key);
        if (known) known.push(node);
        else fields.set(key, [node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (applies(node.typeCondition?.name.value)) collectSet(node.selectionSet);
      } else if (!visited.has(node.name.value)) {
        visited.add(node.name.value);
        const fragment = selections.fragments.get(node.name.value);
        if (fragment && applies(fragment.typeCondition.name.value)) {
          collectSet(fragment.selectionSet);
        }
      }
    }
  }

  function applies(condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = selections.schema.getType(condition);
    return (
      isAbstractType(wanted) && !isUnionType(type) && selections.schema.isSubType(wanted, type)
    );
  }
}

function isIncluded(
  directives: readonly DirectiveNode[] | undefined,
  conditions: ReadonlyMap<string, boolean>,
): boolean {
  return (directives ?? []).every(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const condition = given?.find((argument) => argument.name.value === 'if')?.value;
    const holds =
      condition?.kind === Kind.VARIABLE
        ? (conditions.get(condition.name.value) ?? false)
        : condition?.kind === Kind.BOOLEAN && condition.value;
    return holds === (name.value === 'include');
  });
}
