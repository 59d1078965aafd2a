import { mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { person } from '@tributary/testkit';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  changeImport,
  importEnd,
  importFile,
  previewImport,
  readImport,
  rejectedRows,
  upload,
} from './importing.ts';
import {
  createSource,
  deadLetters,
  type Processing,
  processedOf,
  publishPipeline,
  registerEventType,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-folder-'));
  processing = await startProcessing({
    IMPORT_FOLDER: folder,
    IMPORT_MOST_BYTES: '20000000',
    RETRY_MILLISECONDS: '600000',
  });
});
afterAll(() => processing[Symbol.asyncDispose]());

const header = 'when,origin,delay\n';
const lines = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return `2001-03-0${1 + (number % 9)} 06:00,SEA,${number}`;
  });

async function operatorWithSource() {
  const operator = person();
  const source = await createSource(processing, operator);
  return { operator, source };
}

describe('a file', () => {
  test('of CSV is previewed with a proposal, and its rows go through the pipeline of its source', async () => {
    const { operator, source } = await operatorWithSource();
    const schema = {
      type: 'object',
      required: ['origin', 'delay'],
      properties: { origin: { type: 'string' }, delay: { type: 'integer', maximum: 100 } },
    };
    await registerEventType(processing, operator, schema);
    const stages = [{ kind: 'transform', rename: { delay: 'minutes' } }];
    await publishPipeline(processing, operator, source.id, stages);
    const { body } = await upload(processing, operator, `${header}${lines(3).join('\n')}`, {
      source: source.id,
    });
    expect(body).toMatchObject({ fileName: 'flights.csv', format: 'CSV', state: 'UPLOADED' });

    const { preview } = await previewImport(processing, operator, { id: body.id });
    expect(preview.mapping).toMatchObject({
      layout: 'COLUMNS',
      eventType: 'flight.departed',
      timeColumn: 'when',
      timeFormat: 'ISO',
      idColumn: null,
      fields: [
        { column: 'origin', name: 'origin', type: 'STRING' },
        { column: 'delay', name: 'delay', type: 'INTEGER' },
      ],
    });
    expect(preview.rows[2]).toEqual({
      row: 3,
      event: {
        id: `${body.id}:3`,
        source: '/imports/flights.csv',
        type: 'flight.departed',
        time: '2001-03-03T06:00:00.000Z',
        data: { origin: 'SEA', delay: 2 },
      },
      rejected: null,
    });

    const { mapping } = preview;
    await changeImport(processing, operator, 'startImport', { id: body.id, mapping });
    expect(await importEnd(processing, operator, body.id)).toMatchObject({
      state: 'DONE',
      rowsRead: 3,
      accepted: 3,
      duplicates: 0,
      rejected: 0,
      bytesRead: body.bytes,
      source: { name: 'airport' },
    });
    await vi.waitFor(async () => expect(await processedOf(processing, source.id)).toHaveLength(3));
    const [first] = await processedOf(processing, source.id);
    expect(first?.data).toEqual({ origin: 'SEA', minutes: expect.any(Number) });
    await vi.waitFor(async () =>
      expect(await readdir(processing.imports)).not.toContain(`${body.id}.upload`),
    );
  });

  test.for([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('of NDJSON may be packed by %s', async ([_, pack]) => {
    const { operator, source } = await operatorWithSource();
    const rows = [{ ts: 1_700_000_000, nested: { a: [1] } }, { ts: 1_700_000_060 }];
    const text = rows.map((row) => JSON.stringify(row)).join('\n');
    const packed = new Uint8Array(pack(text));
    const done = await importFile(processing, operator, packed, {
      source: source.id,
      name: 'readings.ndjson.gz',
    });
    expect(done).toMatchObject({ state: 'DONE', format: 'NDJSON', accepted: 2, rejected: 0 });
    await vi.waitFor(async () => expect(await processedOf(processing, source.id)).toHaveLength(2));
    const through = await processedOf(processing, source.id);
    expect(through.map(({ time }) => time).toSorted()[0]).toBe('2023-11-14T22:13:20.000Z');
    expect(through.map(({ data }) => data)).toContainEqual({ nested: { a: [1] } });
  });

  test('of CloudEvents is taken as it is', async () => {
    const { operator, source } = await operatorWithSource();
    const event = {
      id: 'a',
      source: '/x',
      type: 'seen',
      time: '2001-01-01T00:00:00Z',
      data: { n: 1 },
    };
    const body = [event, event, { ...event, id: '' }].map((one) => JSON.stringify(one)).join('\n');
    const done = await importFile(processing, operator, body, {
      source: source.id,
      name: 'events.jsonl',
    });
    expect(done).toMatchObject({ state: 'DONE', accepted: 1, duplicates: 1, rejected: 1 });
    const { text } = await rejectedRows(processing, operator, done.id);
    expect(JSON.parse(text)).toMatchObject({ row: 3, field: 'id', reason: /must not be empty/ });
  });

  test('of Parquet keeps its types', async () => {
    const { operator, source } = await operatorWithSource();
    const file = parquetWriteBuffer({
      columnData: [
        { name: 'at', data: [new Date('2001-01-01T00:01:00Z'), new Date('2001-01-01T00:02:00Z')] },
        { name: 'delay', data: [5n, -3n], type: 'INT64' },
        { name: 'origin', data: ['SEA', 'LAX'], type: 'STRING' },
      ],
    });
    const done = await importFile(processing, operator, new Uint8Array(file), {
      source: source.id,
      name: 'flights',
      changes: { subjectColumn: 'origin' },
    });
    expect(done).toMatchObject({ state: 'DONE', format: 'PARQUET', accepted: 2 });
    await vi.waitFor(async () => expect(await processedOf(processing, source.id)).toHaveLength(2));
    expect(await processedOf(processing, source.id)).toContainEqual(
      expect.objectContaining({
        time: '2001-01-01T00:02:00.000Z',
        subject: 'LAX',
        data: { delay: -3, origin: 'LAX' },
      }),
    );
  });

  test('may be sent with the write key of its source', async () => {
    const { operator, source } = await operatorWithSource();
    const headers = { authorization: `Bearer ${source.writeKey}` };
    const { status, body } = await upload(processing, undefined, `${header}${lines(1)}`, {
      headers,
    });
    expect(status).toBe(201);
    expect(await readImport(processing, operator, body.id)).toMatchObject({ state: 'UPLOADED' });
  });

  test('of the server’s folder is read where it is, and only from the workspace’s own', async () => {
    const { operator, source } = await operatorWithSource();
    await mkdir(join(folder, operator.workspace));
    const path = join(folder, operator.workspace, 'old.csv');
    await writeFile(path, `${header}${lines(2).join('\n')}`);
    await symlink('/etc/passwd', join(folder, operator.workspace, 'link.csv'));
    const create = async (fileName: string, principal = operator) => {
      const { data } = await processing.subgraph.query(
        principal,
        `mutation ($input: CreateImportInput!) { createImport(input: $input) {
           import { id bytes } userErrors { code field } } }`,
        { input: { sourceId: source.id, fileName } },
      );
      return data.createImport;
    };
    for (const name of [
      'link.csv',
      '../old.csv',
      `${operator.workspace}/old.csv`,
      '..',
      'no.csv',
    ]) {
      expect((await create(name)).userErrors).toEqual([
        { code: 'NOT_FOUND', field: ['input', 'fileName'] },
      ]);
    }
    const { import: created } = await create('old.csv');
    const { preview } = await previewImport(processing, operator, { id: created.id });
    await changeImport(processing, operator, 'startImport', {
      id: created.id,
      mapping: preview.mapping,
    });
    expect(await importEnd(processing, operator, created.id)).toMatchObject({ accepted: 2 });
    expect(await readdir(join(folder, operator.workspace))).toContain('old.csv');
  });

  test('of the server’s folder counts among the twenty of a workspace that may not be over', async () => {
    const { operator, source } = await operatorWithSource();
    await mkdir(join(folder, operator.workspace));
    await writeFile(join(folder, operator.workspace, 'old.csv'), `${header}${lines(2).join('\n')}`);
    const create = async () => {
      const { data } = await processing.subgraph.query(
        operator,
        `mutation ($input: CreateImportInput!) { createImport(input: $input) {
           import { id } userErrors { code } } }`,
        { input: { sourceId: source.id, fileName: 'old.csv' } },
      );
      return data.createImport.userErrors;
    };
    for (let count = 0; count < 20; count += 1) expect(await create()).toEqual([]);
    expect(await create()).toEqual([{ code: 'CONFLICT' }]);
  });
});

describe('rows that are wrong', () => {
  test('are told with row, column, field, reason and hint, and never stop the others', async () => {
    const { operator, source } = await operatorWithSource();
    await registerEventType(processing, operator, {
      type: 'object',
      properties: { origin: { type: 'string' }, delay: { type: 'integer', maximum: 100 } },
    });
    const body = `${header}${[
      '2001-01-01,SEA,1',
      'yesterday,SEA,2',
      '2001-01-01,SEA,soon',
      '2001-01-01,SEA,101',
      '2001-01-01,SEA',
      '2001-01-01,"=1+1",2',
      '2001-01-01,SEA,7',
    ].join('\n')}\n`;
    const changes = {
      timeColumn: 'when',
      fields: [
        { column: 'origin', name: 'origin', type: 'STRING' },
        { column: 'delay', name: 'delay', type: 'INTEGER' },
      ],
    };
    const done = await importFile(processing, operator, body, { source: source.id, changes });
    expect(done).toMatchObject({ state: 'DONE', rowsRead: 7, accepted: 3, rejected: 4 });
    const { text } = await rejectedRows(processing, operator, done.id);
    const rejected = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rejected.map(({ row, column, field }) => [row, column, field])).toEqual([
      [2, 'when', 'time'],
      [3, 'delay', 'data.delay'],
      [4, 'delay', 'data.delay'],
      [5, null, null],
    ]);
    expect(rejected.map(({ reason }) => reason)).toEqual([
      'expected a time such as 2026-11-21T09:30:00Z or 2026-11-21 09:30, got "yesterday"',
      'expected a whole number, got "soon"',
      expect.stringContaining('100'),
      'expected 3 cells between “,” as in the first row, got 2',
    ]);
    expect(rejected[1].original).toEqual({ when: '2001-01-01', origin: 'SEA', delay: 'soon' });
    expect(rejected.every(({ hint }) => hint.length > 20)).toBe(true);
    const csv = await rejectedRows(processing, operator, done.id, 'csv');
    expect(csv.text.split('\r\n')).toHaveLength(6);
    expect(csv.text).toMatch(
      /^row,column,field,reason,hint,original\r\n"2","when","time","expected/,
    );
  });

  test('that a schema of later refuses in the pipeline are dead letters, as streamed ones are', async () => {
    const { operator, source } = await operatorWithSource();
    await publishPipeline(processing, operator, source.id, [
      { kind: 'enrich', table: 'none', on: 'origin', add: { city: 'city' } },
    ]);
    await importFile(processing, operator, `${header}${lines(1)}`, { source: source.id });
    await vi.waitFor(async () => {
      const letters = await deadLetters(processing, operator);
      const through = await processedOf(processing, source.id);
      expect(letters.length + through.length).toBe(1);
    });
  });

  test('from some byte on end the import with where it was, and what came before is kept', async () => {
    const { operator, source } = await operatorWithSource();
    const packed = gzipSync(`${header}${lines(20_000).join('\n')}\n`);
    const cut = new Uint8Array(packed.subarray(0, packed.length / 2));
    const done = await importFile(processing, operator, cut, { source: source.id });
    expect(done.state).toBe('FAILED');
    expect(done.reason).toMatch(/^Expected more gzip, but it breaks off after \d+ unpacked bytes/);
    expect(done.accepted).toBeGreaterThan(5_000);
    expect(done.accepted).toBe(done.rowsRead);
  });
});

describe('an import', () => {
  test('is paused, goes on where it was, and is not changed once it is over', async () => {
    const { operator, source } = await operatorWithSource();
    const body = `${header}${lines(60_000).join('\n')}\n`;
    const { body: uploaded } = await upload(processing, operator, body, { source: source.id });
    const { id } = uploaded;
    const { preview } = await previewImport(processing, operator, { id });
    await changeImport(processing, operator, 'startImport', { id, mapping: preview.mapping });
    await vi.waitFor(
      async () => expect((await readImport(processing, operator, id)).rowsRead).toBeGreaterThan(0),
      { timeout: 20_000, interval: 20 },
    );
    await changeImport(processing, operator, 'pauseImport', { id });
    const resumed = await vi.waitFor(async () => {
      const { import: found, userErrors } = await changeImport(
        processing,
        operator,
        'resumeImport',
        {
          id,
        },
      );
      expect(userErrors).toEqual([]);
      return found;
    });
    expect(resumed.state).toBe('RUNNING');
    expect(await importEnd(processing, operator, id)).toMatchObject({
      state: 'DONE',
      rowsRead: 60_000,
      accepted: 60_000,
    });
    const again = await changeImport(processing, operator, 'cancelImport', { id });
    expect(again.userErrors[0]).toMatchObject({ code: 'CONFLICT', field: ['input', 'id'] });
  });

  test('is not there for another workspace, in any way', async () => {
    const { operator, source } = await operatorWithSource();
    const { body } = await upload(processing, operator, `${header}${lines(1)}`, {
      source: source.id,
    });
    const stranger = person();
    const { id } = body;
    expect(await readImport(processing, stranger, id)).toBeNull();
    expect((await rejectedRows(processing, stranger, id)).status).toBe(404);
    expect((await previewImport(processing, stranger, { id })).userErrors[0].code).toBe(
      'NOT_FOUND',
    );
    const mapping = { layout: 'COLUMNS', eventType: 'a' };
    const started = await changeImport(processing, stranger, 'startImport', { id, mapping });
    expect(started.userErrors[0].code).toBe('NOT_FOUND');
    for (const change of ['pauseImport', 'resumeImport', 'cancelImport'] as const) {
      const { userErrors } = await changeImport(processing, stranger, change, { id });
      expect(userErrors[0].code).toBe('NOT_FOUND');
    }
    expect((await readImport(processing, operator, id)).state).toBe('UPLOADED');
    const other = await upload(processing, stranger, header, { source: source.id });
    expect(other.status).toBe(404);
  });

  test('needs the scope to begin, and an identity', async () => {
    const { operator, source } = await operatorWithSource();
    const reader = { ...operator, scopes: ['read:pipelines'] as const };
    expect((await upload(processing, reader, header, { source: source.id })).status).toBe(403);
    const { status, body } = await upload(processing, undefined, header, { source: source.id });
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('is refused before its file is read where it is too large, nothing, or has no name', async () => {
    const { operator, source } = await operatorWithSource();
    const options = { source: source.id };
    const large = new Uint8Array(20_000_001);
    const refused = await upload(processing, operator, large, options);
    expect([refused.status, refused.body.code]).toEqual([413, 'TOO_LARGE']);
    expect((await upload(processing, operator, '', options)).body.detail).toMatch(/got nothing/);
    const nameless = await upload(processing, operator, header, { ...options, name: '' });
    expect(nameless.body.field).toEqual(['name']);
  });

  test('whose mapping speaks of a column that is not there is not started', async () => {
    const { operator, source } = await operatorWithSource();
    const { body } = await upload(processing, operator, `${header}${lines(1)}`, {
      source: source.id,
    });
    const mapping = { layout: 'COLUMNS', eventType: 'a', timeColumn: 'at', fields: [] };
    const { userErrors } = await changeImport(processing, operator, 'startImport', {
      id: body.id,
      mapping,
    });
    expect(userErrors).toEqual([
      {
        code: 'INVALID_INPUT',
        message: 'must be one of the columns when, origin, delay',
        field: ['input', 'mapping', 'timeColumn'],
      },
    ]);
  });
});

test('a file made to burst is not started, and the door stays open meanwhile', async () => {
  const { operator, source } = await operatorWithSource();
  const bomb = new Uint8Array(gzipSync(Buffer.alloc(50_000_000, '\n')));
  const options = { source: source.id, name: 'b.ndjson.gz' };
  const { id } = (await upload(processing, operator, bomb, options)).body;
  const { preview } = await previewImport(processing, operator, { id });
  expect(preview.fault).toMatch(/^Expected at most 200 bytes for each byte of gzip/);
  const { mapping } = preview;
  const { userErrors } = await changeImport(processing, operator, 'startImport', { id, mapping });
  expect(userErrors[0].message).toBe(preview.fault);
  const event = { id: 'x', source: '/s', type: 't', data: {} };
  expect((await send(processing, source.writeKey, event)).status).toBe(200);
});
