import fc from 'fast-check';
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** Takes one of what it is given. */
type Choose = <Value>(of: readonly Value[]) => Value;

/** Operations that are valid but for conflicts between merged fields: each field has its own alias. */
export function randomOperation(schema: GraphQLSchema): fc.Arbitrary<string> {
  return fc.array(fc.nat(), { minLength: 8, maxLength: 120 }).map((numbers) => {
    const choose = chooserOf(numbers);
    const fragments: string[] = [];
    let fields = 0;
    const query = schema.getQueryType();
    if (!query) throw new Error('the schema has no queries');
    return [selectionSet(query, 5), ...fragments].join(' ');

    function selectionSet(type: GraphQLCompositeType, depth: number): string {
      const count = 1 + choose([0, 1, 2]);
      const selections = Array.from({ length: count }, () => selection(type, depth));
      return `{ ${selections.join(' ')} }`;
    }

    function selection(type: GraphQLCompositeType, depth: number): string {
      const kind = choose(['field', 'field', 'inline', 'named', 'bare'] as const);
      if (kind === 'field' || depth <= 0) return field(type, depth);
      if (kind === 'bare') return `... ${selectionSet(type, depth - 1)}`;
      const condition = choose(overlapping(schema, type));
      const set = selectionSet(condition, depth - 1);
      if (kind === 'inline') return `... on ${condition.name} ${set}`;
      const name = `F${fragments.length}`;
      fragments.push(`fragment ${name} on ${condition.name} ${set}`);
      return `...${name}`;
    }

    function field(type: GraphQLCompositeType, depth: number): string {
      fields += 1;
      const candidates = isUnionType(type) ? [] : Object.values(type.getFields());
      const usable = candidates.filter(
        ({ type }) => depth > 0 || !isCompositeType(getNamedType(type)),
      );
      if (usable.length === 0) return `f${fields}: __typename`;
      const chosen = choose(usable);
      const named = getNamedType(chosen.type);
      const below = isCompositeType(named) ? ` ${selectionSet(named, depth - 1)}` : '';
      return `f${fields}: ${chosen.name}${requiredArguments(chosen)}${below}`;
    }
  });
}

function chooserOf(numbers: readonly number[]): Choose {
  let next = 0;
  return (of) => {
    const number = numbers[next % numbers.length] ?? 0;
    next += 1;
    const chosen = of[number % of.length];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
}

/** Types on which a fragment may stand within another. */
function overlapping(schema: GraphQLSchema, type: GraphQLCompositeType): GraphQLCompositeType[] {
  const possible = new Set(possibleTypes(schema, type));
  return Object.values(schema.getTypeMap())
    .filter(isCompositeType)
    .filter((other) => !other.name.startsWith('__'))
    .filter((other) => possibleTypes(schema, other).some((name) => possible.has(name)));
}

/** By name. */
export function possibleTypes(schema: GraphQLSchema, type: GraphQLCompositeType): string[] {
  if (isObjectType(type)) return [type.name];
  return isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
}

function requiredArguments(field: GraphQLField<unknown, unknown>): string {
  const required = field.args.filter(({ type }) => String(type).endsWith('!'));
  return required.length === 0 ? '' : `(${required.map(({ name }) => `${name}: "1"`).join(', ')})`;
}
