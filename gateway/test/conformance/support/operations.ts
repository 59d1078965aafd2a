import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { type InputValue, inputValue } from './input-values.ts';

/** A value that stands in the operation, or a variable that has it as value, default or both. */
export interface Given {
  type: string;
  value: InputValue;
  as: 'literal' | 'variable' | 'default' | 'both' | 'absent';
  /** What it defaults to when the variable has a value as well. */
  fallback: InputValue;
}

export interface Condition {
  directive: 'skip' | 'include';
  given: Given;
}

export interface FieldSelection {
  kind: 'field';
  name: string;
  /** Undefined: its own name, or one of its own for these arguments. */
  alias: string | undefined;
  arguments: Record<string, Given | undefined>;
  conditions: Condition[];
  selections: Selection[] | undefined;
}

export interface FragmentSelection {
  kind: 'inline' | 'named';
  /** Undefined: the type it stands in. */
  on: string | undefined;
  conditions: Condition[];
  selections: Selection[];
}

export type Selection = FieldSelection | FragmentSelection;

export interface GeneratedOperation {
  kind: 'query' | 'mutation';
  selections: Selection[];
}

export interface OperationOptions {
  schema: GraphQLSchema;
  /** Identifiers and other texts to use as arguments. */
  pool: readonly string[];
  depth: number;
}

/** Operations of the schema; some have fields that conflict, so validate before use. */
export function generatedOperation(options: OperationOptions): fc.Arbitrary<GeneratedOperation> {
  const { schema, pool, depth } = options;
  const known = new Map<string, fc.Arbitrary<Selection[]>>();

  function selectionsOf(type: GraphQLNamedType, levels: number): fc.Arbitrary<Selection[]> {
    const key = `${type.name}/${levels}`;
    const selections =
      known.get(key) ?? fc.array(selectionOf(type, levels), { minLength: 1, maxLength: 4 });
    known.set(key, selections);
    return selections;
  }

  function selectionOf(type: GraphQLNamedType, levels: number): fc.Arbitrary<Selection> {
    const fields = fieldsOf(type).filter(
      (field) => levels > 0 || !isCompositeType(getNamedType(field.type)),
    );
    const leaf: fc.Arbitrary<Selection> = fieldSelection('__typename', {}, undefined);
    const choices = fields.map((field) => ({
      weight: 3,
      arbitrary: fieldSelection(field.name, argumentsOf(field), nested(field, levels)),
    }));
    const fragments =
      levels > 0
        ? [{ weight: isAbstractType(type) ? 8 : 1, arbitrary: fragmentOf(type, levels) }]
        : [];
    return fc.oneof({ weight: 1, arbitrary: leaf }, ...choices, ...fragments);
  }

  function nested({ type }: GraphQLField<unknown, unknown>, levels: number) {
    const named = getNamedType(type);
    return isCompositeType(named) ? selectionsOf(named, levels - 1) : undefined;
  }

  function fragmentOf(type: GraphQLNamedType, levels: number): fc.Arbitrary<Selection> {
    return fc.oneof(
      ...typesWithin(schema, type).map((within) =>
        fc.record({
          kind: fc.constantFrom('inline' as const, 'named' as const),
          on: fc.constant(within.name),
          conditions,
          selections: selectionsOf(within, levels - 1),
        }),
      ),
    );
  }

  function argumentsOf({ args }: GraphQLField<unknown, unknown>) {
    return Object.fromEntries(
      args.map((argument) => [argument.name, argumentValue(argument, pool)]),
    );
  }

  const roots = [
    { weight: 9, kind: 'query' as const, type: schema.getQueryType() },
    { weight: 1, kind: 'mutation' as const, type: schema.getMutationType() },
  ];
  return fc.oneof(
    ...roots.flatMap(({ weight, kind, type }) => {
      if (!type) return [];
      const arbitrary = fc.record({
        kind: fc.constant(kind),
        selections: selectionsOf(type, depth),
      });
      return [{ weight, arbitrary }];
    }),
  );
}

function fieldSelection(
  name: string,
  given: Record<string, fc.Arbitrary<Given | undefined>>,
  selections: fc.Arbitrary<Selection[]> | undefined,
): fc.Arbitrary<FieldSelection> {
  return fc.record({
    kind: fc.constant('field' as const),
    name: fc.constant(name),
    alias: fc.oneof(
      { weight: 20, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: fc.constant(`${name}2`) },
      { weight: 1, arbitrary: fc.constantFrom('x', 'y') },
    ),
    arguments: fc.record(given),
    conditions,
    selections: selections ?? fc.constant(undefined),
  });
}

function argumentValue(argument: GraphQLArgument, pool: readonly string[]) {
  const given = givenValue(String(argument.type), inputValue(argument.type, pool));
  return isRequiredArgument(argument)
    ? given.filter(({ as }) => as !== 'absent')
    : fc.option(
        given.filter(({ as }) => as !== 'absent' || !isNonNullType(argument.type)),
        { nil: undefined },
      );
}

function givenValue(type: string, value: fc.Arbitrary<InputValue>): fc.Arbitrary<Given> {
  return fc.record({
    type: fc.constant(type),
    value,
    as: fc.constantFrom('literal', 'literal', 'variable', 'default', 'both', 'absent'),
    fallback: value,
  });
}

const truth = givenValue(
  'Boolean!',
  fc.boolean().map((json) => ({ text: String(json), json })),
).filter(({ as }) => as !== 'absent');

const condition: fc.Arbitrary<Condition> = fc.record({
  directive: fc.constantFrom('skip', 'include'),
  given: truth,
});

const conditions: fc.Arbitrary<Condition[]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Condition[]>([]) },
  { weight: 2, arbitrary: condition.map((one) => [one]) },
  {
    weight: 1,
    arbitrary: fc.tuple(truth, truth).map(([skip, include]): Condition[] => [
      { directive: 'skip', given: skip },
      { directive: 'include', given: include },
    ]),
  },
);

function fieldsOf(type: GraphQLNamedType): GraphQLField<unknown, unknown>[] {
  return isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
}

/** The types that a fragment inside of this one may be on. */
function typesWithin(schema: GraphQLSchema, type: GraphQLNamedType): GraphQLNamedType[] {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  const shared = Object.values(schema.getTypeMap()).filter(
    (other) =>
      isAbstractType(other) &&
      schema.getPossibleTypes(other).some((one) => possible.includes(one as never)),
  );
  return [...new Set([...possible, ...shared])] as GraphQLNamedType[];
}
