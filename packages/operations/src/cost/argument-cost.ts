import {
  type ArgumentNode,
  type GraphQLCompositeType,
  type GraphQLField,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import type { CostProgram, Term } from './cost-program.ts';
import type { CostSchema } from './cost-schema.ts';

export type ArgumentCost = (
  parent: GraphQLCompositeType,
  field: GraphQLField<unknown, unknown>,
  argument: ArgumentNode,
) => Term;

/** What is given to an argument costs, known at once where no variable is in it. */
export function createArgumentCost(program: CostProgram, costs: CostSchema): ArgumentCost {
  return (parent, field, { name, value }) => {
    const argument = field.args.find((candidate) => candidate.name === name.value);
    if (!argument) return 0;
    const weight = costs.argumentWeight(parent, field.name, argument.name);
    if (costs.isFree(argument.type, weight)) return 0;
    const costOf = (given: unknown) => costs.inputCost(argument.type, weight, given);
    if (value.kind === Kind.VARIABLE) {
      const variable = value.name.value;
      return program.read((variables) => costOf(variables[variable]));
    }
    if (!holdsVariable(value)) return costOf(valueFromASTUntyped(value));
    return program.read((variables) => costOf(valueFromASTUntyped(value, variables)));
  };
}

function holdsVariable(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    Variable: () => {
      found = true;
    },
  });
  return found;
}
