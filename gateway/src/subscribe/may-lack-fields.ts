import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { EntityKeys } from './entity-keys.ts';

/**
 * Whether an operation over a subgraph's message may ask for what the message lacks: it selects
 * more of an entity than what every message says to identify it.
 */
export function mayLackFields(
  operation: DocumentNode,
  schema: GraphQLSchema,
  keys: EntityKeys,
): boolean {
  let lacks = false;
  const typeInfo = new TypeInfo(schema);
  visit(
    operation,
    visitWithTypeInfo(typeInfo, {
      Field({ name, arguments: args = [] }) {
        const parent = getNamedType(typeInfo.getParentType())?.name ?? '';
        const [key, ...others] = keys.get(parent) ?? [];
        const isKnown =
          name.value === '__typename' ||
          (others.length === 0 && args.length === 0 && key && names(key).has(name.value));
        if (keys.has(parent) && !isKnown) lacks = true;
      },
    }),
  );
  return lacks;
}

function names({ selections }: SelectionSetNode): ReadonlySet<string> {
  return new Set(
    selections.flatMap((selection) => (selection.kind === Kind.FIELD ? selection.name.value : [])),
  );
}
