import { mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  changeImport,
  header,
  importEnd,
  importFile,
  lines,
  operatorWithSource,
  previewImport,
  readImport,
  rejectedRows,
  upload,
} from './importing.ts';
import {
  type Processing,
  processedOf,
  publishPipeline,
  registerEventType,
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

describe('a file', () => {
  test('of CSV is previewed with a proposal, and its rows go through the pipeline of its source', async () => {
    const { operator, source } = await operatorWithSource(processing);
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
    await vi.waitFor(async () => expect(await processedOf(processing, source.id)).toHaveLength(3), {
      timeout: 15_000,
    });
    const [first] = await processedOf(processing, source.id);
    expect(first?.data).toEqual({ origin: 'SEA', minutes: expect.any(Number) });
    await vi.waitFor(
      async () => expect(await readdir(processing.imports)).not.toContain(`${body.id}.upload`),
      { timeout: 15_000 },
    );
  });

  test.for([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ] as const)('of NDJSON may be packed by %s', async ([_, pack]) => {
    const { operator, source } = await operatorWithSource(processing);
    const rows = [{ ts: 1_700_000_000, nested: { a: [1] } }, { ts: 1_700_000_060 }];
    const text = rows.map((row) => JSON.stringify(row)).join('\n');
    const packed = new Uint8Array(pack(text));
    const done = await importFile(processing, operator, packed, {
      source: source.id,
      name: 'readings.ndjson.gz',
    });
    expect(done).toMatchObject({ state: 'DONE', format: 'NDJSON', accepted: 2, rejected: 0 });
    await vi.waitFor(async () => expect(await processedOf(processing, source.id)).toHaveLength(2), {
      timeout: 15_000,
    });
    const through = await processedOf(processing, source.id);
    expect(through.map(({ time }) => time).toSorted()[0]).toBe('2023-11-14T22:13:20.000Z');
    expect(through.map(({ data }) => data)).toContainEqual({ nested: { a: [1] } });
  });

  test('of CloudEvents is taken as it is', async () => {
    const { operator, source } = await operatorWithSource(processing);
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
    const { operator, source } = await operatorWithSource(processing);
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
    await vi.waitFor(async () => expect(await processedOf(processing, source.id)).toHaveLength(2), {
      timeout: 15_000,
    });
    expect(await processedOf(processing, source.id)).toContainEqual(
      expect.objectContaining({
        time: '2001-01-01T00:02:00.000Z',
        subject: 'LAX',
        data: { delay: -3, origin: 'LAX' },
      }),
    );
  });

  test('may be sent with the write key of its source', async () => {
    const { operator, source } = await operatorWithSource(processing);
    const headers = { authorization: `Bearer ${source.writeKey}` };
    const { status, body } = await upload(processing, undefined, `${header}${lines(1)}`, {
      headers,
    });
    expect(status).toBe(201);
    expect(await readImport(processing, operator, body.id)).toMatchObject({ state: 'UPLOADED' });
  });

  test('of the server’s folder is read where it is, and only from the workspace’s own', async () => {
    const { operator, source } = await operatorWithSource(processing);
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
    const { operator, source } = await operatorWithSource(processing);
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
