import { fragmentsOf } from '@tributary/operations';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

const typename: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

/** What is left of a selection set. */
interface Rest {
  selections: readonly SelectionNode[];
  /** A fragment went entirely: which type a value has is no longer asked by what is left. */
  lostFragment: boolean;
}

/**
 * The operation without the given fields, alone in a document that is valid again: fragments and
 * variables that nothing uses any more are gone, and a field that lost all beneath it asks for
 * `__typename`, as does one that lost a fragment, so that a reader can still tell whether it applied.
 * Each fragment is filtered once. Undefined when no field is left.
 */
export function withoutFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  removed: ReadonlyMap<FieldNode, unknown>,
): DocumentNode | undefined {
  const fragments = fragmentsOf(document);
  const filtered = new Map<string, Rest>();
  const kept: FragmentDefinitionNode[] = [];
  const { selections } = filterSet(operation.selectionSet);
  if (selections.length === 0) return undefined;
  const rest: OperationDefinitionNode = {
    ...operation,
    selectionSet: { ...operation.selectionSet, selections },
  };
  return withoutUnusedVariables({ kind: Kind.DOCUMENT, definitions: [rest, ...kept] }, rest);

  function filterSet({ selections }: SelectionSetNode): Rest {
    const left: SelectionNode[] = [];
    let lostFragment = false;
    for (const selection of selections) {
      const rest = filterSelection(selection);
      if (rest.selection) left.push(rest.selection);
      lostFragment ||= rest.lostFragment;
    }
    return { selections: left, lostFragment };
  }

  function filterSelection(selection: SelectionNode): {
    selection: SelectionNode | undefined;
    lostFragment: boolean;
  } {
    switch (selection.kind) {
      case Kind.FIELD:
        return { selection: filterField(selection), lostFragment: false };
      case Kind.INLINE_FRAGMENT: {
        const { selections, lostFragment } = filterSet(selection.selectionSet);
        if (selections.length === 0) return { selection: undefined, lostFragment: true };
        return {
          selection: { ...selection, selectionSet: { ...selection.selectionSet, selections } },
          lostFragment,
        };
      }
      case Kind.FRAGMENT_SPREAD: {
        const { selections, lostFragment } = filterFragment(selection.name.value);
        if (selections.length === 0) return { selection: undefined, lostFragment: true };
        return { selection, lostFragment };
      }
    }
  }

  function filterField(field: FieldNode): FieldNode | undefined {
    if (removed.has(field)) return undefined;
    if (!field.selectionSet) return field;
    const { selections, lostFragment } = filterSet(field.selectionSet);
    const needsTypename = selections.length === 0 || (lostFragment && !selections.some(isTypename));
    return {
      ...field,
      selectionSet: {
        ...field.selectionSet,
        selections: needsTypename ? [...selections, typename] : selections,
      },
    };
  }

  function filterFragment(name: string): Rest {
    const known = filtered.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const rest = fragment
      ? filterSet(fragment.selectionSet)
      : { selections: [], lostFragment: false };
    filtered.set(name, rest);
    if (fragment && rest.selections.length > 0) {
      const selectionSet = { ...fragment.selectionSet, selections: rest.selections };
      kept.push({ ...fragment, selectionSet });
    }
    return rest;
  }
}

function isTypename(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename' && !selection.alias;
}

function withoutUnusedVariables(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DocumentNode {
  if (!operation.variableDefinitions?.length) return document;
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      used.add(name.value);
    },
  });
  const variableDefinitions = operation.variableDefinitions.filter(({ variable }) =>
    used.has(variable.name.value),
  );
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition === operation ? { ...operation, variableDefinitions } : definition,
    ),
  };
}
