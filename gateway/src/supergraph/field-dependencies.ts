import { type DirectiveNames, directiveArguments } from '@tributary/operations';
import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import { z } from 'zod';
import type { SupergraphTypes } from './supergraph-types.ts';

const joinFieldSchema = z.object({
  requires: z.string().nullish(),
  contextArguments: z.array(z.object({ context: z.string(), selection: z.string() })).nullish(),
});
const contextSchema = z.object({ name: z.string() });

/**
 * What a selection of each `Type.field` touches, as coordinates: its types, on an interface the same
 * field of every implementation, and what the supergraph reads to resolve it, be it from its own
 * entity (`@requires`) or from one above (`@fromContext`): GHSA-m8jr-fxqx-8xx6.
 */
export function readFieldDependencies(
  types: SupergraphTypes,
  names: DirectiveNames,
): ReadonlyMap<string, readonly string[]> {
  const join = names('join', 'field');
  const contexts = readContexts(types, names('context', 'context'));
  return new Map(
    [...types.values()].flatMap(({ name, fields }) =>
      [...fields.values()].map((field): [string, readonly string[]] => [
        `${name}.${field.name.value}`,
        [...touched(name, field), ...read(name, field)],
      ]),
    ),
  );

  function touched(type: string, field: FieldDefinitionNode): string[] {
    const possible = types.get(type)?.possibleTypes.filter((other) => other !== type) ?? [];
    return [
      type,
      namedType(field.type),
      ...possible.flatMap((other) => [other, `${other}.${field.name.value}`]),
    ];
  }

  function read(type: string, field: FieldDefinitionNode): string[] {
    return (field.directives ?? [])
      .filter(({ name }) => join.has(name.value))
      .map((directive) => joinFieldSchema.parse(directiveArguments(directive)))
      .flatMap(({ requires, contextArguments }) => [
        ...(requires ? selected(types, type, parseFieldSet(requires)) : []),
        ...(contextArguments ?? []).flatMap(({ context, selection }) =>
          (contexts.get(context) ?? []).flatMap((above) => [
            above,
            ...selected(types, above, parseFieldSet(selection)),
          ]),
        ),
      ]);
  }
}

/** The types that set each context. */
function readContexts(
  types: SupergraphTypes,
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const contexts = new Map<string, string[]>();
  const isContext = (directive: ConstDirectiveNode) => names.has(directive.name.value);
  for (const { name: type, directives } of types.values()) {
    for (const directive of directives.filter(isContext)) {
      const { name } = contextSchema.parse(directiveArguments(directive));
      contexts.set(name, [...(contexts.get(name) ?? []), type]);
    }
  }
  return contexts;
}

/** The fields of a selection, as coordinates; what its type does not have is none. */
function selected(types: SupergraphTypes, type: string, set: SelectionSetNode): string[] {
  return set.selections.flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD: {
        const field = types.get(type)?.fields.get(selection.name.value);
        if (!field) return [];
        const below = selection.selectionSet;
        return [
          `${type}.${field.name.value}`,
          ...(below ? selected(types, namedType(field.type), below) : []),
        ];
      }
      case Kind.INLINE_FRAGMENT: {
        const condition = selection.typeCondition?.name.value ?? type;
        return [condition, ...selected(types, condition, selection.selectionSet)];
      }
      default:
        return [];
    }
  });
}

/** A field set stands with its braces or without. */
function parseFieldSet(fieldSet: string): SelectionSetNode {
  const text = fieldSet.trim().startsWith('{') ? fieldSet : `{ ${fieldSet} }`;
  const [definition] = parse(text, { noLocation: true }).definitions;
  return (definition as OperationDefinitionNode).selectionSet;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
