import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql';

/** By name. Where a document is not validated yet, the first of a name counts. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    if (!fragments.has(definition.name.value)) fragments.set(definition.name.value, definition);
  }
  return fragments;
}
