import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mappingSchema } from '../import-mapping.ts';
import { runImport } from './run-import.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-run-'));
});
afterAll(() => rm(directory, { recursive: true }));

const rows = 20_000;
const contents = {
  CSV: `text\n${`${'x'.repeat(100)}\n`.repeat(rows)}`,
  NDJSON: `{"text":"${'x'.repeat(100)}"}\n`.repeat(rows),
};

test.for(['CSV', 'NDJSON'] as const)(
  'an import of %s that goes on far into its file gives signs of life on the way there',
  async (format) => {
    const path = join(directory, format);
    await writeFile(path, contents[format]);
    const row = {
      id: crypto.randomUUID(),
      workspaceId: crypto.randomUUID(),
      sourceId: crypto.randomUUID(),
      fileName: format,
      format,
      isFromFolder: false,
      bytes: contents[format].length,
      state: 'RUNNING',
      mapping: mappingSchema.parse({ layout: 'COLUMNS', eventType: 'text.read' }),
      rowsRead: rows,
      bytesRead: 0,
      accepted: rows,
      duplicates: 0,
      rejected: 0,
      rowsPerSecond: 0,
      errorBytes: 0,
      reason: null,
      createdAt: new Date(),
      startedAt: new Date(),
      endedAt: null,
    } as const;
    const signs: number[] = [];
    await runImport(row, {
      store: {
        settle: async () => {
          signs.push(Number.NaN);
          return 'DONE';
        },
      } as never,
      files: { pathOf: async () => path, errorPath: () => `${path}.rejected` } as never,
      log: { append: () => Promise.reject(new Error('Nothing is left to append.')) },
      definitions: { get: () => Promise.reject(new Error('Nothing is left to check.')) },
      waitForRoom: async () => true,
      onBatch: ({ accepted }) => signs.push(accepted),
    });
    // Two megabytes are read in eight pieces; then it is settled, and told again.
    expect(signs).toEqual([...Array(signs.length - 2).fill(0), Number.NaN, 0]);
    expect(signs.length).toBeGreaterThan(8);
  },
);
