import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';

/** What `@authenticated` and `@requiresScopes` ask of the principal. */
export interface AccessRequirement {
  /** Groups of scopes: all of any one group. Empty: being signed in is enough. */
  scopes: readonly (readonly string[])[];
}

/** By `Type` and `Type.field`. */
export type AccessRequirements = ReadonlyMap<string, readonly AccessRequirement[]>;

const scopesSchema = z.array(z.array(z.string()));

/** Every requirement that the supergraph states. */
export function readAccessRequirements(supergraph: DocumentNode): AccessRequirements {
  return new Map(
    supergraph.definitions
      .flatMap(coordinates)
      .map(([coordinate, directives]) => [coordinate, directives.flatMap(toRequirement)] as const)
      .filter(([, requirements]) => requirements.length > 0),
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
    case 'ScalarTypeDefinition':
    case 'EnumTypeDefinition':
      return [[definition.name.value, definition.directives ?? []]];
    default:
      return [];
  }
}

function toRequirement(directive: ConstDirectiveNode): AccessRequirement[] {
  if (directive.name.value === 'authenticated') return [{ scopes: [] }];
  if (directive.name.value !== 'requiresScopes') return [];
  const given = directive.arguments?.find(({ name }) => name.value === 'scopes');
  return [{ scopes: scopesSchema.parse(given && valueFromASTUntyped(given.value)) }];
}
