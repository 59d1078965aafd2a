import fc from 'fast-check';
import {
  type DocumentNode,
  type GraphQLCompositeType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { expect, test } from 'vitest';
import type { AccessClaims } from '../../src/operations/authorization/is-met.ts';
import { composeSupergraph } from '../support/composed-supergraph.ts';
import { people } from '../support/guarded-people.ts';
import { possibleTypes, randomOperation } from '../support/random-operation.ts';
import { restrict } from '../support/restrict.ts';

const supergraph = composeSupergraph({ people });
const { apiSchema } = supergraph;

/** What the schema's text asks, told again by hand: an oracle that shares no code with the gateway. */
const asks: Record<string, (claims: AccessClaims) => boolean> = {
  'Query.audit': ({ authenticated }) => authenticated,
  'Query.payroll': ({ policies }) =>
    policies.includes('hr') || (policies.includes('finance') && policies.includes('board')),
  'User.email': has('read:email'),
  'Draft.title': ({ authenticated }) => authenticated,
  Rank: ({ authenticated }) => authenticated,
  Iban: has('read:iban'),
  Secret: has('read:secret'),
  // Composition gives an interface what its implementations ask as types.
  Node: has('read:secret'),
};

function has(scope: string) {
  return ({ authenticated, scopes }: AccessClaims) => authenticated && scopes.includes(scope);
}

const claimsArbitrary = fc.record({
  authenticated: fc.boolean(),
  scopes: fc.subarray(['read:email', 'read:iban', 'read:secret']),
  policies: fc.subarray(['hr', 'finance', 'board']),
});

test('whatever is asked, nothing that is not met is left, and everything else is', () => {
  fc.assert(
    fc.property(randomOperation(apiSchema), claimsArbitrary, (text, claims) => {
      const { restricted } = restrict(supergraph, text, claims);

      const expected = selectedPaths(parse(text), (type, field) => isOpen(type, field, claims));
      const left = restricted.document ? selectedPaths(restricted.document, () => true) : [];
      const added = left.filter((path) => path.endsWith('.__typename') && !expected.includes(path));
      expect(left.filter((path) => !added.includes(path)).toSorted()).toEqual(expected.toSorted());
      const leftFields = restricted.document ? selectedFields(restricted.document) : [];
      for (const [type, field] of leftFields) expect(isOpen(type, field, claims)).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

/** On every type that the selection can meet at run time. */
function isOpen(parent: GraphQLCompositeType, field: string, claims: AccessClaims): boolean {
  const met = (coordinate: string | undefined) =>
    coordinate === undefined || (asks[coordinate]?.(claims) ?? true);
  if (field === '__typename') return met(parent.name);
  const types = [parent.name, ...possibleTypes(apiSchema, parent)];
  return types.every(
    (type) => met(type) && met(`${type}.${field}`) && met(returnedType(type, field)?.name),
  );
}

function returnedType(typeName: string, field: string) {
  const type = apiSchema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  return getNamedType(type.getFields()[field]?.type);
}

/** Every field with its way from the root, fragments resolved, down to where `enter` says no. */
function selectedPaths(
  document: DocumentNode,
  enter: (type: GraphQLCompositeType, field: string) => boolean,
): string[] {
  const paths = new Set<string>();
  walk(document, (path, type, field) => {
    if (!enter(type, field)) return false;
    paths.add(path);
    return true;
  });
  return [...paths];
}

function selectedFields(document: DocumentNode): [GraphQLCompositeType, string][] {
  const fields: [GraphQLCompositeType, string][] = [];
  walk(document, (_, type, field) => fields.push([type, field]) > 0);
  return fields;
}

function walk(
  document: DocumentNode,
  visitField: (path: string, type: GraphQLCompositeType, field: string) => boolean,
): void {
  for (const definition of document.definitions) {
    const query = apiSchema.getQueryType();
    if (definition.kind === Kind.OPERATION_DEFINITION && query) {
      step(definition.selectionSet, query, '');
    }
  }

  function step(set: SelectionSetNode, type: GraphQLCompositeType, path: string): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const here = `${path}/${type.name}.${selection.alias?.value ?? ''}.${name}`;
        if (!visitField(here, type, name) || !selection.selectionSet) continue;
        const below = returnedType(type.name, name);
        if (isCompositeType(below)) step(selection.selectionSet, below, here);
      } else {
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD ? named(selection.name.value) : selection;
        const condition = apiSchema.getType(fragment.typeCondition?.name.value ?? type.name);
        if (isCompositeType(condition)) step(fragment.selectionSet, condition, path);
      }
    }
  }

  function named(name: string) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name) {
        return definition;
      }
    }
    throw new Error(`no fragment ${name}`);
  }
}
