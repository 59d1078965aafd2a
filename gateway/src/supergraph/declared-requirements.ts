import { type DirectiveNames, directiveArguments } from '@tributary/operations';
import type { ConstDirectiveNode, DefinitionNode, DocumentNode } from 'graphql';
import { z } from 'zod';
import type { AccessRequirement, AccessRequirements } from './access-requirement.ts';

const groupsSchema = z.array(z.array(z.string()));

/**
 * What the directives at each coordinate ask, by `Type` and `Type.field`.
 * @throws naming the coordinate, when a directive's groups are no lists of lists of names.
 */
export function readDeclaredRequirements(
  supergraph: DocumentNode,
  names: DirectiveNames,
): AccessRequirements {
  const toRequirement = createReader(names);
  return new Map(
    supergraph.definitions.flatMap(coordinates).flatMap(([coordinate, directives]) => {
      const requirements = directives.flatMap((directive) => toRequirement(coordinate, directive));
      return requirements.length > 0 ? [[coordinate, requirements]] : [];
    }),
  );
}

type Coordinate = [string, readonly ConstDirectiveNode[]];

function coordinates(definition: DefinitionNode): Coordinate[] {
  switch (definition.kind) {
    case 'ObjectTypeDefinition':
    case 'InterfaceTypeDefinition': {
      const type = definition.name.value;
      const fields = definition.fields ?? [];
      return [
        [type, definition.directives ?? []],
        ...fields.map(
          (field): Coordinate => [`${type}.${field.name.value}`, field.directives ?? []],
        ),
      ];
    }
    case 'UnionTypeDefinition':
    case 'ScalarTypeDefinition':
    case 'EnumTypeDefinition':
      return [[definition.name.value, definition.directives ?? []]];
    default:
      return [];
  }
}

/** Reads equal directives as one object. */
function createReader(names: DirectiveNames) {
  const authenticated = names('authenticated', 'authenticated');
  const requiresScopes = names('requiresScopes', 'requiresScopes');
  const policy = names('policy', 'policy');
  const known = new Map<string, AccessRequirement>();

  const intern = (requirement: AccessRequirement) => {
    const key = JSON.stringify(requirement);
    const same = known.get(key) ?? requirement;
    known.set(key, same);
    return same;
  };

  return (coordinate: string, directive: ConstDirectiveNode): AccessRequirement[] => {
    const name = directive.name.value;
    const groups = (argument: string) =>
      parseGroups(coordinate, name, directiveArguments(directive)[argument]);
    if (authenticated.has(name)) return [intern({ kind: 'authenticated' })];
    if (requiresScopes.has(name)) return [intern({ kind: 'scopes', anyOf: groups('scopes') })];
    if (policy.has(name)) return [intern({ kind: 'policies', anyOf: groups('policies') })];
    return [];
  };
}

function parseGroups(coordinate: string, directive: string, value: unknown): string[][] {
  const parsed = groupsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${coordinate}: @${directive} takes a list of lists of names.`);
}
