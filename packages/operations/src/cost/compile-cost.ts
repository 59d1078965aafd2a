/** An operation's static cost, compiled once into a function of its variables. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../fragments-of.ts';
import type { CostDirectives } from '../supergraph/cost-directives.ts';
import { createArgumentCost } from './argument-cost.ts';
import type { CostConfiguration } from './cost-configuration.ts';
import { createCostProgram, type Term, type Variables } from './cost-program.ts';
import { createCostSchema } from './cost-schema.ts';
import { readCondition } from './read-condition.ts';
import { addSets, type SetCost, type SizedFields, scaleSet, totalOf } from './set-cost.ts';
import { readSlicing } from './slicing.ts';

export interface CostedOperation {
  schema: GraphQLSchema;
  directives: CostDirectives;
  configuration: CostConfiguration;
  /** Validated. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

export interface OperationCost {
  /** Of the operation with these variables, coerced. Never negative; may be infinite. */
  evaluate(variables: Variables): number;
  /** The first field that is given more or fewer of its slicing arguments than the one it takes. */
  problem(variables: Variables): GraphQLError | undefined;
}

const free: SetCost = { rest: 0, lists: new Map() };

/**
 * As the IBM specification and Apollo Router count: per field its weight and what is selected beneath
 * it, times the entries of a list, and its arguments. A fragment is compiled once, and linear in the
 * document is so both the compilation and the evaluation.
 */
export function compileCost(costed: CostedOperation): OperationCost {
  const { schema, configuration, document, operation } = costed;
  const costs = createCostSchema(schema, costed.directives, configuration);
  const program = createCostProgram();
  const fragments = fragmentsOf(document);
  const compiled = new Map<string, SetCost>();
  const problems: ((variables: Variables) => GraphQLError | undefined)[] = [];
  const root = schema.getRootType(operation.operation);
  const argumentCost = createArgumentCost(program, costs);
  const selected = root ? compileSet(operation.selectionSet, root) : free;
  const base = operation.operation === 'mutation' ? configuration.mutation : 0;
  const total = program.sum([base, totalOf(program, selected, { names: [], size: 0 })]);

  return {
    evaluate: program.compile(total),
    problem(variables) {
      for (const problem of problems) {
        const found = problem(variables);
        if (found) return found;
      }
      return undefined;
    },
  };

  function compileSet({ selections }: SelectionSetNode, parent: GraphQLCompositeType): SetCost {
    return addSets(
      program,
      selections.map((selection) =>
        scaleSet(program, compileSelection(selection, parent), readCondition(program, selection)),
      ),
    );
  }

  function compileSelection(selection: SelectionNode, parent: GraphQLCompositeType): SetCost {
    switch (selection.kind) {
      case Kind.FIELD:
        return compileField(selection, parent);
      case Kind.INLINE_FRAGMENT: {
        const condition = selection.typeCondition?.name.value;
        const type = condition === undefined ? parent : schema.getType(condition);
        return isCompositeType(type) ? compileSet(selection.selectionSet, type) : free;
      }
      case Kind.FRAGMENT_SPREAD:
        return compileFragment(selection.name.value);
    }
  }

  function compileFragment(name: string): SetCost {
    const known = compiled.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const type = fragment && schema.getType(fragment.typeCondition.name.value);
    const cost = fragment && isCompositeType(type) ? compileSet(fragment.selectionSet, type) : free;
    compiled.set(name, cost);
    return cost;
  }

  /** Introspection costs nothing: the gateway answers it by itself. */
  function compileField(node: FieldNode, parent: GraphQLCompositeType): SetCost {
    const field = isUnionType(parent) ? undefined : parent.getFields()[node.name.value];
    if (!field) return free;
    const { size, sizedFields } = sizesOf(node, parent, field);
    const type = getNamedType(field.type);
    const below =
      node.selectionSet && isCompositeType(type)
        ? totalOf(program, compileSet(node.selectionSet, type), sizedFields)
        : 0;
    const each = program.sum([costs.fieldWeight(parent, field), below]);
    const once = program.sum(
      (node.arguments ?? []).map((argument) => argumentCost(parent, field, argument)),
    );
    if (!isListType(getNullableType(field.type))) {
      return { rest: program.sum([each, once]), lists: new Map() };
    }
    const own = program.sum([program.product(size, each), once]);
    return { rest: 0, lists: new Map([[field.name, { own, each, once }]]) };
  }

  function sizesOf(
    node: FieldNode,
    parent: GraphQLCompositeType,
    field: GraphQLField<unknown, unknown>,
  ): { size: Term; sizedFields: SizedFields } {
    const listSize = costs.listSize(parent, field.name);
    const defaultSize = configuration.listSize;
    if (!listSize) return { size: defaultSize, sizedFields: { names: [], size: 0 } };
    const coordinate = `${parent.name}.${field.name}`;
    const { size, problem } = readSlicing(program, {
      coordinate,
      node,
      field,
      listSize,
      defaultSize,
    });
    if (problem) problems.push(problem);
    return { size, sizedFields: { names: listSize.sizedFields, size } };
  }
}
