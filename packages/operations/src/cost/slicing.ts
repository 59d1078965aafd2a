import {
  type FieldNode,
  type GraphQLArgument,
  GraphQLError,
  type GraphQLField,
  Kind,
  type ValueNode,
} from 'graphql';
import type { ListSize } from '../supergraph/cost-directives.ts';
import type { CostProgram, Term, Variables } from './cost-program.ts';

/** What one slicing argument is given; undefined: nothing. */
type Slice = number | undefined | ((variables: Variables) => number | undefined);

export interface Slicing {
  /** How many entries are asked for, or assumed. */
  size: Term;
  /** Undefined: whatever the variables, as many arguments are given as are asked for. */
  problem: ((variables: Variables) => GraphQLError | undefined) | undefined;
}

/** How long the lists that a field's `@listSize` speaks of become: the largest slice that is asked for. */
export function readSlicing(
  program: CostProgram,
  { coordinate, node, field, listSize, defaultSize }: SlicedField,
): Slicing {
  const slices = listSize.slicingArguments.flatMap((name): Slice[] => {
    const argument = field.args.find((candidate) => candidate.name === name);
    return argument ? [readSlice(node, argument)] : [];
  });
  const assumed = listSize.assumedSize ?? defaultSize;
  const isConstant = slices.every((slice) => typeof slice !== 'function');
  const sizeOf = (variables: Variables) => largest(slices, variables) ?? assumed;
  const problemOf = (variables: Variables) =>
    countGiven(slices, variables) === 1
      ? undefined
      : oneSliceError(coordinate, listSize.slicingArguments, node);
  const isChecked = listSize.requireOneSlicingArgument && slices.length > 0;
  const isFine = !isChecked || (isConstant && !problemOf({}));
  return {
    size: isConstant ? sizeOf({}) : program.read(sizeOf),
    problem: isFine ? undefined : problemOf,
  };
}

export interface SlicedField {
  /** `Type.field`, for messages. */
  coordinate: string;
  node: FieldNode;
  field: GraphQLField<unknown, unknown>;
  listSize: ListSize;
  /** Where the schema assumes none. */
  defaultSize: number;
}

function readSlice(node: FieldNode, argument: GraphQLArgument): Slice {
  const byDefault = toSize(argument.defaultValue);
  const given = node.arguments?.find(({ name }) => name.value === argument.name);
  if (!given) return byDefault;
  if (given.value.kind !== Kind.VARIABLE) return literalSize(given.value);
  const name = given.value.name.value;
  return (variables) => {
    const value = variables[name];
    return value === undefined ? byDefault : toSize(value);
  };
}

function literalSize(value: ValueNode): number | undefined {
  return value.kind === Kind.INT ? toSize(Number(value.value)) : undefined;
}

function toSize(value: unknown): number | undefined {
  return typeof value === 'number' ? Math.max(0, value) : undefined;
}

function sizeAt(slice: Slice, variables: Variables): number | undefined {
  return typeof slice === 'function' ? slice(variables) : slice;
}

function largest(slices: readonly Slice[], variables: Variables): number | undefined {
  let found: number | undefined;
  for (const slice of slices) {
    const size = sizeAt(slice, variables);
    if (size !== undefined && (found === undefined || size > found)) found = size;
  }
  return found;
}

function countGiven(slices: readonly Slice[], variables: Variables): number {
  let count = 0;
  for (const slice of slices) if (sizeAt(slice, variables) !== undefined) count += 1;
  return count;
}

function oneSliceError(coordinate: string, names: readonly string[], node: FieldNode) {
  return new GraphQLError(
    `${coordinate} takes exactly one of its arguments ${names.join(', ')}, so that its cost is known.`,
    { nodes: node, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  );
}
