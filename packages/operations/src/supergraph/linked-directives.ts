import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';

/** What a feature's directive is called in one supergraph; several names where several links name it. */
export type DirectiveNames = (feature: string, directive: string) => ReadonlySet<string>;

const linkSchema = z.object({
  url: z.string(),
  as: z.string().optional(),
  import: z
    .array(z.union([z.string(), z.object({ name: z.string(), as: z.string().optional() })]))
    .default([]),
});

type Link = z.infer<typeof linkSchema>;

/**
 * Directives go by the names that the supergraph's `@link`s give them (https://specs.apollo.dev/link/v1.0):
 * imported, imported under another name, or prefixed with their feature's. One whose feature is not
 * linked at all keeps its plain name, so that a requirement is never lost for want of a link.
 */
export function readDirectiveNames(supergraph: DocumentNode): DirectiveNames {
  const links = supergraph.definitions.flatMap(linksOf);
  return (feature, directive) => {
    const own = links.filter(({ url }) => featureOf(url) === feature);
    if (own.length > 0) return new Set(own.map((link) => linkedName(link, feature, directive)));
    const federation = links.filter(({ url }) => featureOf(url) === 'federation');
    return new Set([
      directive,
      ...federation.map((link) => linkedName(link, 'federation', directive)),
    ]);
  };
}

/** The values of a directive's arguments, as JSON. */
export function directiveArguments(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

function linksOf(definition: DefinitionNode): Link[] {
  if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) {
    return [];
  }
  return (definition.directives ?? [])
    .filter(({ name }) => name.value === 'link')
    .map((directive) => linkSchema.parse(directiveArguments(directive)));
}

/** `authenticated` of https://specs.apollo.dev/authenticated/v0.1; of another's, its whole address. */
function featureOf(url: string): string {
  return /^https:\/\/specs\.apollo\.dev\/(\w+)\/v\d+\.\d+\/?$/.exec(url)?.[1] ?? url;
}

function linkedName(link: Link, feature: string, directive: string): string {
  for (const imported of link.import) {
    const { name, as = name } = typeof imported === 'string' ? { name: imported } : imported;
    if (name === `@${directive}`) return as.slice(1);
  }
  const namespace = link.as ?? feature;
  return directive === feature ? namespace : `${namespace}__${directive}`;
}
