import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
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

/** An import of all rows, of which so many are read; and what it is run with, on the way to them. */
async function running(format: keyof typeof contents, rowsRead: number) {
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
    rowsRead,
    bytesRead: 0,
    accepted: rowsRead,
    duplicates: 0,
    rejected: 0,
    rowsPerSecond: 0,
    errorBytes: 0,
    reason: null,
    createdAt: new Date(),
    startedAt: new Date(),
    endedAt: null,
  } as const;
  const deps = {
    files: { pathOf: async () => path, errorPath: () => `${path}.rejected` } as never,
    log: { append: () => Promise.reject(new Error('Nothing is left to append.')) },
    definitions: { get: () => Promise.reject(new Error('Nothing is left to check.')) },
  };
  return { row, deps };
}

test.for(['CSV', 'NDJSON'] as const)(
  'an import of %s that goes on far into its file gives signs of life on the way there',
  async (format) => {
    const { row, deps } = await running(format, rows);
    const signs: number[] = [];
    await runImport(row, {
      ...deps,
      store: {
        settle: async () => {
          signs.push(Number.NaN);
          return 'DONE';
        },
      } as never,
      waitForRoom: async () => true,
      onBatch: ({ accepted }) => signs.push(accepted),
    });
    // Two megabytes are read in eight pieces; then it is settled, and told again.
    expect(signs).toEqual([...Array(signs.length - 2).fill(0), Number.NaN, 0]);
    expect(signs.length).toBeGreaterThan(8);
  },
);

test('an import that waits gives signs of life, says for what after a minute, and ends when it is cancelled', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const { row, deps } = await running('CSV', 0);
  const told: unknown[] = [];
  const signs: number[] = [];
  const states = ['RUNNING', 'CANCELLED'];
  await runImport(row, {
    ...deps,
    store: {
      tellWait: async (id: string, reason: string) => void told.push([id, reason]),
      byId: async () => ({ state: states.shift() }),
    } as never,
    waitForRoom: async (onWait) => {
      signs.length = 0;
      while (await onWait('STORES')) vi.advanceTimersByTime(60_000);
      return false;
    },
    onBatch: ({ accepted }) => signs.push(accepted),
  });
  expect(told).toEqual([[row.id, expect.stringContaining('analytics and notifications')]]);
  expect(signs).toEqual([0, 0]);
});
