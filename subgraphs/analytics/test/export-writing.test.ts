import { expect, test } from 'vitest';
import { createCsvWriter } from '../src/exports/write/csv-writer.ts';
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
