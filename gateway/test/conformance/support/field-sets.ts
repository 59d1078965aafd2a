import {
  type DocumentNode,
  Kind,
  parse,
  type SelectionSetNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  visit,
} from 'graphql';

/** A federation field set: each field with those selected below it. */
export type FieldSet = ReadonlyMap<string, FieldSet>;
export type Keys = readonly FieldSet[];

type KeyedNode = TypeDefinitionNode | TypeExtensionNode;

/** The `@key`s of each type. */
export function keysOf(document: DocumentNode): Map<string, Keys> {
  const types = document.definitions.filter(
    (node): node is KeyedNode => 'directives' in node && 'name' in node,
  );
  const keyed = types.map(({ name, directives = [] }) => {
    const sets = directives.flatMap((directive) => {
      const [fields] = directive.arguments ?? [];
      const named = directive.arguments?.find(({ name }) => name.value === 'fields') ?? fields;
      if (directive.name.value !== 'key' || named?.value.kind !== Kind.STRING) return [];
      return [toFieldSet(named.value.value)];
    });
    return [name?.value ?? '', sets] as const;
  });
  return new Map(keyed.filter(([, sets]) => sets.length > 0));
}

/** Every field that a `@key` or `@requires` of the document names, at any depth. */
export function fieldsThatOthersNeed(document: DocumentNode): Set<string> {
  const needed = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'key' && name.value !== 'requires') return;
      for (const { value } of given) {
        if (value.kind !== Kind.STRING) continue;
        visit(parse(`{${value.value}}`), { Field: (field) => void needed.add(field.name.value) });
      }
    },
  });
  return needed;
}

function toFieldSet(text: string): FieldSet {
  const [definition] = parse(`{${text}}`).definitions;
  return definition && 'selectionSet' in definition ? nest(definition.selectionSet) : new Map();
}

function nest(selectionSet: SelectionSetNode | undefined): FieldSet {
  const fields = selectionSet?.selections.filter((selection) => selection.kind === Kind.FIELD);
  return new Map(fields?.map(({ name, selectionSet }) => [name.value, nest(selectionSet)]));
}
