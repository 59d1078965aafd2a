import fc from 'fast-check';
import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';

/** One value, as a literal of an operation and as JSON of its variables. */
export interface InputValue {
  text: string;
  json: unknown;
}

const nothing: InputValue = { text: 'null', json: null };
const same = (json: unknown): InputValue => ({ text: JSON.stringify(json), json });

const anything: readonly InputValue[] = [
  nothing,
  { text: '{ a: [1, null], b: { c: "x" } }', json: { a: [1, null], b: { c: 'x' } } },
  ...[1.5, true, 'é "q" \n', [[]]].map(same),
];

/** Values of the type; identifiers and other texts are taken from the pool. */
export function inputValue(
  type: GraphQLInputType,
  pool: readonly string[],
): fc.Arbitrary<InputValue> {
  if (!isNonNullType(type)) {
    return fc.oneof({ weight: 6, arbitrary: present(type, pool) }, fc.constant(nothing));
  }
  return present(type.ofType, pool);
}

function present(type: GraphQLInputType, pool: readonly string[]): fc.Arbitrary<InputValue> {
  if (isListType(type)) return listOf(inputValue(type.ofType, pool));
  if (isInputObjectType(type)) return objectOf(type, pool);
  if (isEnumType(type)) {
    return fc.constantFrom(...type.getValues().map(({ name }) => ({ text: name, json: name })));
  }
  switch (String(type)) {
    case 'Int':
      return fc.nat(3).map(same);
    case 'Float':
      return fc.constantFrom(0.5, 2, -1).map(same);
    case 'Boolean':
      return fc.boolean().map(same);
    case 'ID':
    case 'String':
      return fc.constantFrom(...pool).map(same);
    default:
      return fc.constantFrom(...anything);
  }
}

function listOf(item: fc.Arbitrary<InputValue>): fc.Arbitrary<InputValue> {
  return fc.array(item, { maxLength: 2 }).map((items) => ({
    text: `[${items.map(({ text }) => text).join(', ')}]`,
    json: items.map(({ json }) => json),
  }));
}

function objectOf(type: GraphQLInputObjectType, pool: readonly string[]): fc.Arbitrary<InputValue> {
  const value = (field: GraphQLInputField) => {
    const given = inputValue(field.type, pool);
    return isRequiredInputField(field) ? given : fc.option(given, { nil: undefined });
  };
  const fields = Object.entries(type.getFields()).map(([name, field]) => [name, value(field)]);
  return fc
    .record(Object.fromEntries(fields))
    .map((record: Record<string, InputValue | undefined>) => {
      const given = Object.entries(record).flatMap(([name, value]) =>
        value ? [{ name, ...value }] : [],
      );
      return {
        text: `{ ${given.map(({ name, text }) => `${name}: ${text}`).join(', ')} }`,
        json: Object.fromEntries(given.map(({ name, json }) => [name, json])),
      };
    });
}
