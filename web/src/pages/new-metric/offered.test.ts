import { expect, test } from 'vitest';
import { offeredFields, offeredTypes } from './offered.ts';

const registered = [
  {
    name: 'flight.departed',
    jsonSchema: {
      type: 'object',
      properties: {
        delay: { type: ['integer', 'null'] },
        origin: { type: 'string' },
        crew: { type: 'array' },
        any: {},
      },
    },
  },
  { name: 'flight.landed', jsonSchema: true },
];
const seen = [
  {
    eventType: 'flight.departed',
    fields: [{ name: 'origin_label', isNumber: false, examples: ['New York (JFK)'] }],
  },
];

test('types that were seen are offered first, each once', () => {
  expect(offeredTypes(seen, registered)).toEqual(['flight.departed', 'flight.landed']);
});

test('fields of the schema and fields that a pipeline added are offered together', () => {
  expect(offeredFields('flight.departed', seen, registered)).toEqual([
    { name: 'delay', isNumber: true, examples: [] },
    { name: 'origin', isNumber: false, examples: [] },
    { name: 'origin_label', isNumber: false, examples: ['New York (JFK)'] },
  ]);
});

test('of a type that promises nothing and was not seen nothing is offered', () => {
  expect(offeredFields('flight.landed', seen, registered)).toEqual([]);
});
