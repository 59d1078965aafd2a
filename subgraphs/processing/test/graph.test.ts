import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createSource,
  event,
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

describe('registerEventType', () => {
  const bad = [
    { name: 'an unknown keyword', jsonSchema: { type: 'object', propertys: {} } },
    { name: 'an unknown type', jsonSchema: { type: 'objekt' } },
    { name: 'an unknown format', jsonSchema: { properties: { a: { format: 'colour' } } } },
    { name: 'a reference to nowhere', jsonSchema: { $ref: 'https://elsewhere.test/x' } },
    { name: 'another draft', jsonSchema: { $schema: 'http://json-schema.org/draft-07/schema#' } },
    {
      name: 'a pattern that could take for ever',
      jsonSchema: { properties: { a: { pattern: '(?=a)b' } } },
    },
    { name: 'an asynchronous schema', jsonSchema: { $async: true } },
    { name: 'a schema that is no object', jsonSchema: [] },
    { name: 'a NUL character', jsonSchema: { title: '\u0000' } },
  ];
  for (const { name, jsonSchema } of bad) {
    test(`refuses ${name}`, async () => {
      const answer = await registerEventType(processing, person(), jsonSchema);
      expect(answer.eventType).toBeNull();
      expect(answer.userErrors).toMatchObject([
        { code: 'INVALID_INPUT', field: ['input', 'jsonSchema'] },
      ]);
    });
  }

  test('gives each of many registrations at once a version of its own', async () => {
    const operator = person();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => registerEventType(processing, operator, { type: 'object' })),
    );
    const versions = answers.map(({ eventType }) => eventType.version).sort();
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('accepts the same $id again, in any workspace', async () => {
    const schema = { $id: 'https://example.test/flight', type: 'object' };
    for (const operator of [person(), person()]) {
      expect(await registerEventType(processing, operator, schema)).toMatchObject({
        userErrors: [],
      });
      expect(await registerEventType(processing, operator, schema)).toMatchObject({
        eventType: { version: 2 },
      });
    }
  });

  test('holds from the next batch on', async () => {
    const operator = person();
    const { writeKey } = await createSource(processing, operator);
    expect((await send(processing, writeKey, event())).status).toBe(200);
    await registerEventType(processing, operator, { properties: { delay: { type: 'string' } } });
    expect((await send(processing, writeKey, event())).status).toBe(422);
  });
});

describe('publishPipeline', () => {
  const bad: { name: string; stages: unknown; field: string[] }[] = [
    { name: 'stages that are no list', stages: {}, field: [] },
    { name: 'an unknown kind', stages: [{ kind: 'mix' }], field: ['0', 'kind'] },
    { name: 'a transform that does nothing', stages: [{ kind: 'transform' }], field: ['0'] },
    {
      name: 'an unknown option',
      stages: [{ kind: 'transform', drop: ['a'], dorp: [] }],
      field: ['0'],
    },
    {
      name: 'a table that is not there',
      stages: [{ kind: 'enrich', table: 'x', on: 'a', add: { b: 'c' } }],
      field: ['0', 'table'],
    },
    {
      name: 'an unknown operator',
      stages: [{ kind: 'route', drop: { field: 'a', operator: 'LIKE', value: 1 } }],
      field: ['0', 'drop', 'operator'],
    },
    {
      name: 'an order with true',
      stages: [{ kind: 'route', drop: { field: 'a', operator: 'LESS', value: true } }],
      field: ['0', 'drop', 'value'],
    },
    {
      name: 'a NUL character in a constant',
      stages: [{ kind: 'transform', set: { a: '\u0000' } }],
      field: [],
    },
  ];
  for (const { name, stages, field } of bad) {
    test(`refuses ${name}`, async () => {
      const operator = person();
      const { id } = await createSource(processing, operator);
      const answer = await publishPipeline(processing, operator, id, stages);
      expect(answer.pipeline).toBeNull();
      expect(answer.userErrors[0]).toMatchObject({
        code: 'INVALID_INPUT',
        field: ['input', 'stages', ...field],
      });
    });
  }

  test('refuses a column that the table does not have', async () => {
    const operator = person();
    const { id } = await createSource(processing, operator);
    await putLookupTable(processing, operator, { name: 't', keyColumn: 'k', csv: 'k,v\n1,2\n' });
    const stages = [{ kind: 'enrich', table: 't', on: 'a', add: { b: 'w' } }];
    const answer = await publishPipeline(processing, operator, id, stages);
    expect(answer.userErrors).toMatchObject([
      {
        message: 'The table has no column “w”; it has k, v.',
        field: ['input', 'stages', '0', 'add', 'b'],
      },
    ]);
  });
});

describe('putLookupTable', () => {
  const put = (csv: string, keyColumn = 'k') =>
    putLookupTable(processing, person(), { name: 't', keyColumn, csv });

  test('refuses what is no table, naming the line', async () => {
    const ragged = await put('k,v\n1,2\n3\n');
    expect(ragged.userErrors).toMatchObject([
      { field: ['input', 'csv'], message: expect.stringContaining('line 3') },
    ]);
    expect((await put('')).userErrors).toMatchObject([{ field: ['input', 'csv'] }]);
    expect((await put('a,b\n1,2\n')).userErrors).toMatchObject([{ field: ['input', 'keyColumn'] }]);
    expect((await put('k,k\n1,2\n')).userErrors).toMatchObject([{ field: ['input', 'csv'] }]);
    expect((await put('k,v\n1,\u0000\n')).userErrors).toMatchObject([{ field: ['input', 'csv'] }]);
  });

  test('takes 100,000 rows and no more, and 5 MB and no more', async () => {
    const rows = (count: number) =>
      `k,v\n${Array.from({ length: count }, (_, key) => `${key},x`).join('\n')}\n`;
    expect(await put(rows(100_000))).toMatchObject({
      lookupTable: { rowCount: 100_000 },
      userErrors: [],
    });
    expect((await put(rows(100_001))).userErrors).toMatchObject([
      { message: 'must have at most 100000 rows' },
    ]);
    expect((await put(`k\n${'x'.repeat(5_300_000)}`)).userErrors).toMatchObject([
      { message: 'must be at most 5 MB' },
    ]);
  });
});
