/** Values of scalars and enums, held to what their type may be: subgraphs are not taken at their word. */
import { type GraphQLLeafType, isEnumType } from 'graphql';
import { writeString } from '../write-string.ts';
import { noteFlaw, type WriteValue } from './write-value.ts';

type IsValid = (value: unknown) => boolean;

const builtIn: Readonly<Record<string, IsValid>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string' || isInteger(value),
  // 32 bits: https://spec.graphql.org/October2021/#sec-Int
  Int: (value) => typeof value === 'number' && (value | 0) === value,
  Float: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
};

function isInteger(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value);
}

/** @param coordinate the field, for errors: `Product.price`. */
export function leafWriter(type: GraphQLLeafType, coordinate: string): WriteValue {
  const isValid = validityOf(type);
  return (value, writing) => {
    if (value === null || value === undefined) return 'null';
    if (isValid && !isValid(value)) {
      noteFlaw(writing, { kind: 'invalid', coordinate });
      return 'null';
    }
    switch (typeof value) {
      case 'string':
        return writeString(value);
      case 'number':
      case 'boolean':
        return String(value);
      default:
        return JSON.stringify(value);
    }
  };
}

/** Custom scalars may be anything. */
function validityOf(type: GraphQLLeafType): IsValid | undefined {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return Object.hasOwn(builtIn, type.name) ? builtIn[type.name] : undefined;
}
