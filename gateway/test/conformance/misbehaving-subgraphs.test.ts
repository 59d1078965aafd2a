import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayProcess, startGateway } from '../support/gateway-process.ts';
import {
  type Canned,
  type CannedAnswer,
  type CannedSupergraph,
  startCannedSupergraph,
} from './support/canned-supergraph.ts';

const key =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

/** Lists things, and answers as it should. */
const catalogue = {
  sdl: `${key} type Query { things: [Thing!] fine: String! } type Thing @key(fields: "id") { id: ID! }`,
  answer: () =>
    JSON.stringify({
      data: { fine: 'yes', things: ['1', '2'].map((id) => ({ __typename: 'Thing', id })) },
    }),
};

const details = (answer: Canned) => ({
  sdl: `${key}
    interface Shape { sides: Int }
    type Square implements Shape { sides: Int }
    enum State { ON OFF }
    type Thing @key(fields: "id") {
      id: ID! size: Int name: String ratio: Float ready: Boolean state: State
      tags: [String!] shape: Shape must: Int!
    }`,
  answer,
});

let supergraph: CannedSupergraph;
let gateway: GatewayProcess;
let answer: CannedAnswer | string;
beforeAll(async () => {
  supergraph = await startCannedSupergraph({ catalogue, details: details(() => answer) });
  gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { CONFIG: join(import.meta.dirname, 'support/no-breaker.json') },
  });
});
afterAll(async () => {
  await gateway?.[Symbol.asyncDispose]();
  await supergraph[Symbol.asyncDispose]();
});

/** Asks for a field of both things, of which the subgraph answers this. */
function ask(selection: string, answered: CannedAnswer | string) {
  answer = answered;
  return gateway.query(`{ fine things { id ${selection} } }`);
}

const entities = (...found: unknown[]) => JSON.stringify({ data: { _entities: found } });

test.each([
  ['no JSON', { body: '<html>Bad gateway</html>', type: 'text/html', status: 502 }],
  ['nothing', { body: '' }],
  ['JSON that is no object', { body: '"data"' }],
  ['an object without data and errors', { body: '{}' }],
  ['data that is a list', { body: '{"data":[]}' }],
  ['data without entities', { body: '{"data":{}}' }],
  ['entities that are no list', { body: '{"data":{"_entities":{"size":1}}}' }],
  ['fewer entities than were asked for', { body: entities({ size: 1 }) }],
  ['more entities than were asked for', { body: entities({ size: 1 }, { size: 2 }, { size: 3 }) }],
  ['entities that are no objects', { body: entities(1, 'two') }],
  ['errors that are no list', { body: '{"errors":"broken"}' }],
  ['errors without messages', { body: '{"data":null,"errors":[{}]}' }],
])(
  'a subgraph that answers %s costs its own fields only, and is named in an error',
  async (_, answered) => {
    const { data, errors, status } = await ask('size', answered);

    expect(status).toBe(200);
    expect(data).toEqual({
      fine: 'yes',
      things: [
        { id: '1', size: null },
        { id: '2', size: null },
      ],
    });
    expect(errors?.length).toBeGreaterThan(0);
  },
);

test.each([
  ['size', 'text where an Int is'],
  ['size', 1.5],
  ['size', 3_000_000_000],
  ['name', { first: 'x' }],
  ['ratio', 'NaN'],
  ['ready', 'true'],
  ['state', 'BROKEN'],
  ['tags', 'no list'],
  ['shape { sides }', { __typename: 'Circle', sides: 1 }],
  ['shape { sides }', 'no object'],
  ['shape { sides }', [{ __typename: 'Square' }]],
])(
  '%s answered with %j is null, with an error at its place, and nothing else is',
  async (selection, value) => {
    const [field = ''] = selection.split(' ');
    const good = { __typename: 'Thing', [field]: null };

    const { data, errors } = await ask(
      selection,
      entities({ __typename: 'Thing', [field]: value }, good),
    );

    expect(data?.things).toEqual([
      { id: '1', [field]: null },
      { id: '2', [field]: null },
    ]);
    expect(errors?.map(({ path }) => path)).toEqual([['things', 0, field]]);
  },
);

test('a field that may not be null and is left out takes the null up, with one error', async () => {
  const { data, errors } = await ask('must', entities({ must: 1 }, {}));

  expect(data).toEqual({ fine: 'yes', things: null });
  expect(errors?.map(({ path }) => path)).toEqual([['things', 1, 'must']]);
});

test('fields that were not asked for are not handed on', async () => {
  const { data } = await ask('size', entities({ size: 1, secret: 'x' }, { size: 2, things: [] }));

  expect(data?.things).toEqual([
    { id: '1', size: 1 },
    { id: '2', size: 2 },
  ]);
});
