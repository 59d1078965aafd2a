import { expect, test } from 'vitest';
import { seenTypes } from './seen-types.ts';

const fieldsOf = (...all: Record<string, unknown>[]) =>
  seenTypes(all.map((data) => ({ type: 'flight.departed', data })))[0]?.fields;

test('types and their fields are told by name, lists, objects and nothing left out', () => {
  const seen = seenTypes([
    { type: 'b', data: { origin: 'JFK', delay: 7 } },
    { type: 'a', data: { crew: ['x'], plane: { tail: 'N1' }, gate: null } },
  ]);
  expect(seen).toEqual([
    { eventType: 'a', fields: [] },
    {
      eventType: 'b',
      fields: [
        { name: 'delay', isNumber: true, examples: ['7'] },
        { name: 'origin', isNumber: false, examples: ['JFK'] },
      ],
    },
  ]);
});

test('a field is a number only if all of its values are; where it is missing says nothing', () => {
  const fields = fieldsOf({ delay: 1, gate: 1, late: true }, { delay: null }, { gate: 'B2' });
  expect(fields?.map(({ name, isNumber }) => [name, isNumber])).toEqual([
    ['delay', true],
    ['gate', false],
    ['late', false],
  ]);
});

test('ten different values are shown, none of them long', () => {
  const values = ['x'.repeat(201), ...Array.from({ length: 12 }, (_, place) => `${place % 11}`)];
  const [field] = fieldsOf(...values.map((origin) => ({ origin }))) ?? [];
  expect(field?.examples).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
});

test('of fields without end those of the newest events are told', () => {
  const many = (of: string) =>
    Object.fromEntries(Array.from({ length: 150 }, (_, place) => [`${of}${place}`, place]));
  const names = fieldsOf(many('new'), many('old'))?.map(({ name }) => name) ?? [];
  expect(names).toHaveLength(200);
  expect(names.filter((name) => name.startsWith('new'))).toHaveLength(150);
});
