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
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

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
