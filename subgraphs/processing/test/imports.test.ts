import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { person } from '@tributary/testkit';
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
  sweepImports,
  upload,
} from './importing.ts';
import {
  deadLetters,
  type Processing,
  processedOf,
  publishPipeline,
  registerEventType,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing({
    IMPORT_MOST_BYTES: '20000000',
    RETRY_MILLISECONDS: '600000',
  });
});
afterAll(() => processing[Symbol.asyncDispose]());

describe('rows that are wrong', () => {
  test('are told with row, column, field, reason and hint, and never stop the others', async () => {
    const { operator, source } = await operatorWithSource(processing);
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

  test('are kept for 30 days after the end, and asked for later it is said what to do', async () => {
    const { operator, source } = await operatorWithSource(processing);
    const body = `${header}yesterday,SEA,2\n`;
    const changes = { timeColumn: 'when', timeFormat: 'ISO' };
    const { id } = await importFile(processing, operator, body, { source: source.id, changes });
    const sweepAfter = async (days: number) => {
      await processing.database.pool.query(
        `UPDATE import SET ended_at = now() - $2 * interval '1 day' WHERE id = $1`,
        [id, days],
      );
      await sweepImports(processing);
    };
    await sweepAfter(29);
    expect(await rejectedRows(processing, operator, id)).toMatchObject({
      status: 200,
      text: expect.stringContaining('"yesterday"'),
    });
    await sweepAfter(31);
    for (const format of ['csv', 'ndjson']) {
      const gone = await rejectedRows(processing, operator, id, format);
      expect(gone.status).toBe(404);
      expect(JSON.parse(gone.text)).toMatchObject({
        code: 'NOT_FOUND',
        detail: expect.stringContaining('gone 30 days after its end. Import the file again'),
      });
    }
  });

  test('that a schema of later refuses in the pipeline are dead letters, as streamed ones are', async () => {
    const { operator, source } = await operatorWithSource(processing);
    await publishPipeline(processing, operator, source.id, [
      { kind: 'enrich', table: 'none', on: 'origin', add: { city: 'city' } },
    ]);
    await importFile(processing, operator, `${header}${lines(1)}`, { source: source.id });
    await vi.waitFor(
      async () => {
        const letters = await deadLetters(processing, operator);
        const through = await processedOf(processing, source.id);
        expect(letters.length + through.length).toBe(1);
      },
      { timeout: 15_000 },
    );
  });

  test('from some byte on end the import with where it was, and what came before is kept', async () => {
    const { operator, source } = await operatorWithSource(processing);
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
    const { operator, source } = await operatorWithSource(processing);
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
    const resumed = await vi.waitFor(
      async () => {
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
      },
      { timeout: 15_000 },
    );
    expect(resumed.state).toBe('RUNNING');
    expect(await importEnd(processing, operator, id)).toMatchObject({
      state: 'DONE',
      rowsRead: 60_000,
      accepted: 60_000,
    });
    const again = await changeImport(processing, operator, 'cancelImport', { id });
    expect(again.userErrors[0]).toMatchObject({ code: 'CONFLICT', field: ['input', 'id'] });
  });

  test('that nobody went on with for a week is cancelled, and its file is gone', async () => {
    const { operator, source } = await operatorWithSource(processing);
    const [left, fresh] = await Promise.all(
      [8, 6].map(async (days) => {
        const { body } = await upload(processing, operator, header, { source: source.id });
        await processing.database.pool.query(
          `UPDATE import SET changed_at = now() - $2 * interval '1 day' WHERE id = $1`,
          [body.id, days],
        );
        return body.id as string;
      }),
    );
    await sweepImports(processing);
    const states = [left, fresh].map(
      async (id) => (await readImport(processing, operator, id ?? '')).state,
    );
    expect(await Promise.all(states)).toEqual(['CANCELLED', 'UPLOADED']);
    const files = await readdir(processing.imports);
    expect([left, fresh].map((id) => files.includes(`${id}.upload`))).toEqual([false, true]);
  });

  test('is not there for another workspace, in any way', async () => {
    const { operator, source } = await operatorWithSource(processing);
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
    const { operator, source } = await operatorWithSource(processing);
    const reader = { ...operator, scopes: ['read:pipelines'] as const };
    expect((await upload(processing, reader, header, { source: source.id })).status).toBe(403);
    const { status, body } = await upload(processing, undefined, header, { source: source.id });
    expect([status, body.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('is refused before its file is read where it is too large, nothing, or has no name', async () => {
    const { operator, source } = await operatorWithSource(processing);
    const options = { source: source.id };
    const large = new Uint8Array(20_000_001);
    const refused = await upload(processing, operator, large, options);
    expect([refused.status, refused.body.code]).toEqual([413, 'TOO_LARGE']);
    expect((await upload(processing, operator, '', options)).body.detail).toMatch(/got nothing/);
    const nameless = await upload(processing, operator, header, { ...options, name: '' });
    expect(nameless.body.field).toEqual(['name']);
  });

  test('whose mapping speaks of a column that is not there is not started', async () => {
    const { operator, source } = await operatorWithSource(processing);
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
  const { operator, source } = await operatorWithSource(processing);
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
