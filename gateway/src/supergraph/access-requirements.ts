import { readDirectiveNames } from '@tributary/operations';
import type { DocumentNode } from 'graphql';
import type { AccessRequirements } from './access-requirement.ts';
import { readDeclaredRequirements } from './declared-requirements.ts';
import { readFieldDependencies } from './field-dependencies.ts';
import { inheritRequirements } from './inherited-requirements.ts';
import { readSupergraphTypes } from './supergraph-types.ts';

export type { AccessRequirements } from './access-requirement.ts';

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
