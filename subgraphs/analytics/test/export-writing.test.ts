import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createExportStream } from '../src/exports/export-stream.ts';
import { createCsvWriter } from '../src/exports/write/csv-writer.ts';
import { createParquetWriter } from '../src/exports/write/parquet-writer.ts';
import type { ExportedEvent } from '../src/stores/export-store.ts';

const event = (data: object): ExportedEvent => ({
  eventId: 'e',
  time: 0,
  type: 't',
  data: JSON.stringify(data),
  acceptedAt: 0,
});

test.for(['x\ny', 'x\ry', 'x\r\ny', 'x,y', '"'])(
  'a cell of CSV that holds %j is quoted',
  (value) => {
    const writer = createCsvWriter({ fields: ['field'], areAll: true });
    expect(writer.write([event({ field: value })])).toMatch(/,"[\s\S]*"\r\n$/);
  },
);

const fields = Array.from({ length: 500 }, (_, n) => `field_${n}`);
const wide = event(Object.fromEntries(fields.map((field, n) => [field, n])));

test('others have their turn between a few wide events, however fast the reader is', async () => {
  const page = Array.from({ length: 400 }, () => wide);
  let turns = 0;
  const everyTurn = () => {
    turns += 1;
    waiting = setImmediate(everyTurn);
  };
  let waiting = setImmediate(everyTurn);
  const pieces: { count: number; turn: number }[] = [];
  const stream = createExportStream({
    pages: pagesOf([page]),
    writer: createCsvWriter({ fields, areAll: true }),
    patienceMilliseconds: 60_000,
    onEvents: (count) => pieces.push({ count, turn: turns }),
  });
  const lines = (await text(stream)).split('\r\n');
  clearImmediate(waiting);

  expect(lines).toHaveLength(402);
  expect(Math.max(...pieces.map(({ count }) => count))).toBeLessThanOrEqual(50);
  expect(new Set(pieces.map(({ turn }) => turn)).size).toBe(pieces.length);
});

test('a row group of Parquet has fewer rows where it has many columns', () => {
  const writer = createParquetWriter(new Map(fields.map((field) => [field, new Set(['number'])])));
  writer.begin();
  const written = Array.from({ length: 400 }, () => writer.write([wide]).length);
  expect(written.some((bytes) => bytes > 0)).toBe(true);
});

async function* pagesOf(pages: ExportedEvent[][]): AsyncGenerator<ExportedEvent[]> {
  yield* pages;
}
