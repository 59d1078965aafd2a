import {
  type FieldNode,
  Kind,
  OperationTypeNode,
  parse,
  print,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { type FetchProgram, requestHead } from './fetch-program.ts';

/** Several fetches for one subgraph as a single operation, each behind a prefix of its own. */
export interface CombinedFetch {
  head: string;
  /** What the root fields and the representations of each fetch begin with in the operation. */
  prefixes: readonly string[];
}

interface Part {
  fields: FieldNode[];
  variables: readonly VariableDefinitionNode[];
}

/**
 * Combines queries of root fields and of entities: what they answer does not depend on being asked
 * together. Undefined where that is less plain: with fragments at the root, or when two fetches
 * define one variable differently.
 */
export function combineFetches(fetches: readonly FetchProgram[]): CombinedFetch | undefined {
  const prefixes = fetches.map((_, index) => `f${index}_`);
  const parts = fetches.flatMap((fetch, index) => partOf(fetch, prefixes[index] ?? '') ?? []);
  const variables = mergeVariables(parts.flatMap((part) => part.variables));
  if (parts.length !== fetches.length || !variables) return undefined;
  const text = print({
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: variables,
    selectionSet: { kind: Kind.SELECTION_SET, selections: parts.flatMap(({ fields }) => fields) },
  });
  return { head: requestHead(stripIgnoredCharacters(text), undefined), prefixes };
}

function partOf({ operation, represent }: FetchProgram, prefix: string): Part | undefined {
  const document = parse(operation, { noLocation: true });
  const [definition] = represent ? renamed(document, prefix).definitions : document.definitions;
  if (document.definitions.length !== 1 || definition?.kind !== Kind.OPERATION_DEFINITION) {
    return undefined;
  }
  const fields = definition.selectionSet.selections.filter((field) => field.kind === Kind.FIELD);
  if (fields.length !== definition.selectionSet.selections.length) return undefined;
  return {
    fields: fields.map((field) => ({ ...field, alias: prefixedName(field, prefix) })),
    variables: definition.variableDefinitions ?? [],
  };
}

/** Every fetch of entities calls its variable the same. */
function renamed(document: ReturnType<typeof parse>, prefix: string): ReturnType<typeof parse> {
  return visit(document, {
    Variable: ({ kind, name }) =>
      name.value === 'representations'
        ? { kind, name: { kind: Kind.NAME, value: `${prefix}representations` } }
        : undefined,
  });
}

function prefixedName({ alias, name }: FieldNode, prefix: string): FieldNode['name'] {
  return { kind: Kind.NAME, value: `${prefix}${(alias ?? name).value}` };
}

function mergeVariables(
  definitions: readonly VariableDefinitionNode[],
): VariableDefinitionNode[] | undefined {
  const known = new Map<string, VariableDefinitionNode>();
  for (const definition of definitions) {
    const name = definition.variable.name.value;
    const other = known.get(name);
    if (other && print(other) !== print(definition)) return undefined;
    known.set(name, definition);
  }
  return [...known.values()];
}
