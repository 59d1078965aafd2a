import {
  execute,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { CompiledOperation } from '../operations/compiled-operation.ts';
import type { ResultObject } from './result-object.ts';

/** What an operation asks of the schema itself, answered by graphql-js without any subgraph. */
export function introspect(
  schema: GraphQLSchema,
  { document, operation, introspects }: CompiledOperation,
  variables: Readonly<Record<string, unknown>>,
): ResultObject {
  if (!introspects) return {};
  const root = schema.getQueryType()?.name;
  const fragments = document.definitions
    .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
    .map((fragment) =>
      fragment.typeCondition.name.value === root
        ? { ...fragment, selectionSet: onlyIntrospection(fragment.selectionSet) }
        : fragment,
    );
  const answer = execute({
    schema,
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        { ...operation, selectionSet: onlyIntrospection(operation.selectionSet) },
        ...fragments,
      ],
    },
    variableValues: variables,
  });
  if (answer instanceof Promise) throw new Error('Introspection has nothing to wait for.');
  return { ...answer.data };
}

function onlyIntrospection(set: SelectionSetNode): SelectionSetNode {
  return {
    ...set,
    selections: set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        return [{ ...selection, selectionSet: onlyIntrospection(selection.selectionSet) }];
      }
      if (selection.kind === Kind.FIELD && !/^__(schema|type)$/.test(selection.name.value))
        return [];
      return [selection];
    }),
  };
}
