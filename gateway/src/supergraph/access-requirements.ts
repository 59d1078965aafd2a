import type { DocumentNode } from 'graphql';
import { readDeclaredRequirements } from './declared-requirements.ts';
import { readFieldDependencies } from './field-dependencies.ts';
import { inheritRequirements } from './inherited-requirements.ts';
import { readDirectiveNames } from './linked-directives.ts';
import { readSupergraphTypes } from './supergraph-types.ts';

/** Any one of the groups; of that, everything. */
export type RequirementGroups = readonly (readonly string[])[];

/** What one `@authenticated`, `@requiresScopes` or `@policy` asks of the principal. */
export type AccessRequirement =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes' | 'policies'; readonly anyOf: RequirementGroups };

/**
 * By `Type`: what the type itself asks. By `Type.field`: everything that a selection of the field on
 * that type asks, of the field, of both types, of what the field reads of others (`@requires`,
 * `@fromContext`), and on an interface of every implementation. One requirement is one object, so
 * equal ones are identical. What asks nothing has no entry.
 */
export type AccessRequirements = ReadonlyMap<string, readonly AccessRequirement[]>;

/** Every requirement that the supergraph states, by whatever names it gives the directives. */
export function readAccessRequirements(supergraph: DocumentNode): AccessRequirements {
  const names = readDirectiveNames(supergraph);
  const types = readSupergraphTypes(supergraph);
  const declared = readDeclaredRequirements(supergraph, names);
  if (declared.size === 0) return declared;
  const own = inheritRequirements(declared, types);
  const dependencies = readFieldDependencies(types, names);
  const coordinates = new Set([...own.keys(), ...dependencies.keys()]);
  return new Map(
    [...coordinates].flatMap((coordinate) => {
      const reached = reachableFrom(coordinate, dependencies);
      const requirements = new Set([...reached].flatMap((other) => own.get(other) ?? []));
      return requirements.size > 0 ? [[coordinate, [...requirements]]] : [];
    }),
  );
}

function reachableFrom(
  start: string,
  dependencies: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  // A set's iteration also visits what is added on the way; cycles end it.
  const reached = new Set([start]);
  for (const coordinate of reached) {
    for (const next of dependencies.get(coordinate) ?? []) reached.add(next);
  }
  return reached;
}
