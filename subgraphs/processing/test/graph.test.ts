import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createSource,
  type Processing,
  publishPipeline,
  putLookupTable,
  registerEventType,
  send,
  startProcessing,
  statementCount,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

/** Asks for fields of the principal's workspace. */
async function workspace(operator: ReturnType<typeof person>, fields: string) {
  const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Workspace { ${fields} } } }`;
  const r = [{ __typename: 'Workspace', id: operator.workspace }];
  const { data, errors } = await processing.subgraph.query(operator, document, { r });
  expect(errors).toBeUndefined();
  return data._entities[0];
}

describe('lists', () => {
  const nodes = (connection: { edges: { node: unknown }[] }) =>
    connection.edges.map(({ node }) => node);

  test('of sources are read page by page, newest first', async () => {
    const operator = person();
    for (const name of ['a', 'b', 'c', 'd', 'e']) await createSource(processing, operator, name);
    const fields = (after: string) =>
      `sources(first: 2, after: ${after}) { edges { cursor node { name } } pageInfo { hasNextPage endCursor } }`;
    const names: string[] = [];
    let after = 'null';
    for (let pages = 0; pages < 3; pages += 1) {
      const { sources } = await workspace(operator, fields(after));
      names.push(...sources.edges.map((edge: { node: { name: string } }) => edge.node.name));
      expect(sources.pageInfo.hasNextPage).toBe(pages < 2);
      after = JSON.stringify(sources.pageInfo.endCursor);
    }
    expect(names).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  test('of dead letters are read page by page without gaps, all of one batch at one time included', async () => {
    const operator = person();
    const { writeKey } = await createSource(processing, operator);
    await send(processing, writeKey, [1, 2, 3, 4, 5]);
    const seen = new Set<string>();
    let after = 'null';
    for (let pages = 0; pages < 5; pages += 1) {
      const { deadLetters } = await workspace(
        operator,
        `deadLetters(first: 1, after: ${after}, status: OPEN) { edges { node { original } } pageInfo { endCursor } }`,
      );
      seen.add(deadLetters.edges[0].node.original);
      after = JSON.stringify(deadLetters.pageInfo.endCursor);
    }
    expect([...seen].sort()).toEqual(['1', '2', '3', '4', '5']);
    expect(
      nodes(
        (await workspace(operator, 'deadLetters(status: RESOLVED) { edges { node { id } } }'))
          .deadLetters,
      ),
    ).toEqual([]);
  });

  test('of event types and tables show the newest of each', async () => {
    const operator = person();
    await registerEventType(processing, operator, { type: 'object' }, 'b');
    await registerEventType(processing, operator, { type: 'object' }, 'a');
    await registerEventType(processing, operator, { type: 'object', required: ['x'] }, 'a');
    await putLookupTable(processing, operator, { name: 't', keyColumn: 'k', csv: 'k,v\n1,2\n' });
    await putLookupTable(processing, operator, {
      name: 't',
      keyColumn: 'v',
      csv: 'k,v\n1,2\n3,2\n4,5\n',
    });
    expect(
      await workspace(
        operator,
        'eventTypes { name version jsonSchema } lookupTables { name keyColumn rowCount }',
      ),
    ).toEqual({
      eventTypes: [
        { name: 'a', version: 2, jsonSchema: { type: 'object', required: ['x'] } },
        { name: 'b', version: 1, jsonSchema: { type: 'object' } },
      ],
      lookupTables: [{ name: 't', keyColumn: 'v', rowCount: 2 }],
    });
  });

  test('need as many statements for twelve sources as for two', async () => {
    const statementsFor = async (count: number) => {
      const operator = person();
      for (let index = 0; index < count; index += 1) {
        const source = await createSource(processing, operator, `source ${index}`);
        await publishPipeline(processing, operator, source.id, []);
        await send(processing, source.writeKey, { no: 'event' });
      }
      const fields = `sources { edges { node { name openDeadLetterCount pipeline { version } } } }
                      deadLetters { edges { node { reason source { name openDeadLetterCount } } } }`;
      const before = await statementCount(processing);
      const answer = await workspace(operator, fields);
      const after = await statementCount(processing);
      expect(nodes(answer.sources)).toHaveLength(count);
      expect(nodes(answer.deadLetters)).toHaveLength(count);
      return after - before;
    };
    // The relay looks into the outbox meanwhile: three statements each half second.
    expect(await statementsFor(12)).toBeLessThanOrEqual((await statementsFor(2)) + 6);
  });

  test('refuse odd page sizes and cursors', async () => {
    const operator = person();
    for (const given of ['first: 0', 'first: 101', 'after: "nonsense"']) {
      const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Workspace { sources(${given}) { edges { cursor } } } } }`;
      const r = [{ __typename: 'Workspace', id: operator.workspace }];
      const { errors } = await processing.subgraph.query(operator, document, { r });
      expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT');
    }
  });
});

describe('createSource', () => {
  const create = async (operator: ReturnType<typeof person>, name: string) =>
    (
      await processing.subgraph.query(
        operator,
        `mutation ($name: String!) { createSource(input: { name: $name }) {
           writeKey source { name writeKeyHint openDeadLetterCount pipeline { id } } userErrors { code field } } }`,
        { name },
      )
    ).data.createSource;

  test('shows the write key once and keeps only its hash and first characters', async () => {
    const operator = person();
    const { writeKey, source } = await create(operator, 'gates');
    expect(writeKey).toMatch(/^tw_[\w-]{43}$/);
    expect(source).toEqual({
      name: 'gates',
      writeKeyHint: writeKey.slice(0, 7),
      openDeadLetterCount: 0,
      pipeline: null,
    });
    const { rows } = await processing.database.pool.query(
      'SELECT source::text FROM source WHERE workspace_id = $1',
      [operator.workspace],
    );
    expect(rows[0].source).not.toContain(writeKey);
    expect(await processing.subgraph.log()).not.toContain(writeKey);
  });

  test('refuses a name that is taken, empty or not storable', async () => {
    const operator = person();
    await create(operator, 'gates');
    const conflict = [{ code: 'CONFLICT', field: ['input', 'name'] }];
    expect((await create(operator, ' gates ')).userErrors).toEqual(conflict);
    const invalid = [{ code: 'INVALID_INPUT', field: ['input', 'name'] }];
    expect((await create(operator, ' ')).userErrors).toEqual(invalid);
    expect((await create(operator, 'a\u0000b')).userErrors).toEqual(invalid);
  });
});
