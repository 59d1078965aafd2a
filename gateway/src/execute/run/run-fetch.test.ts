import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { contextOf } from '../../../test/traffic/support/traffic.ts';
import { compileFetch } from '../programs/fetch-program.ts';
import { createIsOfType } from '../programs/type-conditions.ts';
import type { ResultObject } from '../result-object.ts';
import { runFetch } from './run-fetch.ts';

const schema = buildSchema(`
  type Query { works: [Work] }
  interface Work { id: ID! }
  type Sketch implements Work { id: ID! }
`);

/** Runs a fetch of entities of `Work` over objects of these types, answered with entities of those. */
async function typesAfter(known: readonly string[], told: readonly string[]): Promise<unknown[]> {
  const works = known.map((__typename, id) => ({ __typename, id }));
  const root: ResultObject = { works };
  const field = (name: string) => ({ kind: 'Field' as const, name });
  const fetch = compileFetch(
    {
      kind: 'Fetch',
      serviceName: 'rooms',
      operation: '',
      operationName: undefined,
      operationKind: 'query' as never,
      requires: [
        {
          kind: 'InlineFragment',
          typeCondition: 'Work',
          selections: [field('__typename'), field('id')],
        },
      ],
    },
    { id: 0, path: ['works', '@'], changedLater: undefined },
    createIsOfType(schema),
  );
  const data = { _entities: told.map((__typename) => ({ __typename, room: 3 })) };
  await runFetch(fetch, {
    context: contextOf(),
    queue: { send: async () => ({ data, errors: undefined, shared: false }) },
    variables: {},
    root,
    errors: [],
    explain: (_, error) => {
      throw error;
    },
  });
  expect(works).toEqual(works.map((work) => ({ ...work, room: 3 })));
  return works.map(({ __typename }) => __typename);
}

test('a subgraph that knows an object by its interface only does not hide its type', async () => {
  expect(await typesAfter(['Sketch'], ['Work'])).toEqual(['Sketch']);
});

test('a subgraph that knows which type an interface’s object has tells it', async () => {
  expect(await typesAfter(['Work', 'Work'], ['Sketch', 'Work'])).toEqual(['Sketch', 'Work']);
});
