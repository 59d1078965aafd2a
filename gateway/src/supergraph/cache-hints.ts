import { type DirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';
import { z } from 'zod';

/** What `@cacheControl` says of a field or of a type. */
export interface CacheHint {
  /** In seconds. */
  maxAge?: number | undefined;
  scope?: 'PUBLIC' | 'PRIVATE' | undefined;
  /** As long as the field around it may be kept. */
  inheritMaxAge?: boolean | undefined;
}

/** By `Type` and `Type.field`. */
export type CacheHints = ReadonlyMap<string, CacheHint>;

const hintSchema = z.object({
  maxAge: z.int().min(0).optional(),
  scope: z.enum(['PUBLIC', 'PRIVATE']).optional(),
  inheritMaxAge: z.boolean().optional(),
});

/** Supergraphs have the directive where their subgraphs compose it. */
export function readCacheHints(supergraph: DocumentNode): CacheHints {
  const hints = new Map<string, CacheHint>();
  const add = (coordinate: string, directives: readonly DirectiveNode[] | undefined) => {
    const directive = directives?.find(({ name }) => name.value === 'cacheControl');
    if (directive) hints.set(coordinate, readHint(directive));
  };
  for (const definition of supergraph.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.UNION_TYPE_DEFINITION: {
        const type = definition.name.value;
        add(type, definition.directives);
        if (definition.kind === Kind.UNION_TYPE_DEFINITION) break;
        for (const field of definition.fields ?? []) {
          add(`${type}.${field.name.value}`, field.directives);
        }
      }
    }
  }
  return hints;
}

function readHint(directive: DirectiveNode): CacheHint {
  const given = directive.arguments?.map(({ name, value }) => [
    name.value,
    valueFromASTUntyped(value),
  ]);
  return hintSchema.parse(Object.fromEntries(given ?? []));
}
