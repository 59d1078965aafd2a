import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isListType,
} from 'graphql';
import type { CostDirectives, ListSize } from '../supergraph/cost-directives.ts';
import type { CostConfiguration } from './cost-configuration.ts';

/** What parts of a schema cost. */
export interface CostSchema {
  /** Of one value of the field, without what is selected beneath it. */
  fieldWeight(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number;
  listSize(parent: GraphQLNamedType, fieldName: string): ListSize | undefined;
  argumentWeight(parent: GraphQLNamedType, field: string, argument: string): number | undefined;
  /** Whether whatever is given as the input costs nothing. */
  isFree(type: GraphQLInputType, weight: number | undefined): boolean;
  /** Of an input value as given; `weight` is its argument's or field's own, where it has one. */
  inputCost(type: GraphQLInputType, weight: number | undefined, value: unknown): number;
}

/**
 * On an interface, a field costs what the dearest of its implementations costs, so that no way to
 * select it is cheaper than another.
 */
export function createCostSchema(
  schema: GraphQLSchema,
  { weights, listSizes }: CostDirectives,
  defaults: CostConfiguration,
): CostSchema {
  return { fieldWeight, listSize, argumentWeight, isFree, inputCost };

  function fieldWeight(parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>): number {
    const own = dearest(possibleNames(parent).map((type) => weights.get(`${type}.${field.name}`)));
    return own ?? typeWeight(field.type);
  }

  function typeWeight(type: GraphQLOutputType): number {
    const named = getNamedType(type);
    const weight = dearest(possibleNames(named).map((name) => weights.get(name)));
    return weight ?? (isCompositeType(named) ? defaults.object : defaults.leaf);
  }

  function listSize(parent: GraphQLNamedType, fieldName: string): ListSize | undefined {
    for (const type of possibleNames(parent)) {
      const size = listSizes.get(`${type}.${fieldName}`);
      if (size) return size;
    }
    return undefined;
  }

  function argumentWeight(parent: GraphQLNamedType, field: string, argument: string) {
    const coordinates = possibleNames(parent).map((type) => `${type}.${field}(${argument}:)`);
    return dearest(coordinates.map((coordinate) => weights.get(coordinate)));
  }

  function isFree(type: GraphQLInputType, weight: number | undefined): boolean {
    const named = getNamedType(type);
    return !weight && !isInputObjectType(named) && !weights.get(named.name);
  }

  function inputCost(type: GraphQLInputType, weight: number | undefined, value: unknown): number {
    if (value === null || value === undefined) return 0;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      // A single value stands for a list of one.
      const entries = Array.isArray(value) ? value : [value];
      return entries.reduce<number>(
        (sum, entry) => sum + inputCost(nullable.ofType, undefined, entry),
        weight ?? 0,
      );
    }
    if (!isInputObjectType(nullable)) return weight ?? weights.get(nullable.name) ?? 0;
    let cost = weight ?? weights.get(nullable.name) ?? defaults.inputObject;
    for (const field of Object.values(nullable.getFields())) {
      const given = Object(value)[field.name];
      cost += inputCost(field.type, weights.get(`${nullable.name}.${field.name}`), given);
    }
    return cost;
  }

  /** The type's own name first. */
  function possibleNames(type: GraphQLNamedType): string[] {
    if (!isAbstractType(type)) return [type.name];
    return [type.name, ...schema.getPossibleTypes(type).map(({ name }) => name)];
  }
}

function dearest(weights: readonly (number | undefined)[]): number | undefined {
  const given = weights.filter((weight) => weight !== undefined);
  return given.length > 0 ? Math.max(...given) : undefined;
}
