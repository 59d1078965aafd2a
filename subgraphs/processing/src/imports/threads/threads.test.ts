import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileFault } from '../read/file-fault.ts';
import { createReadFirstRows } from '../read/read-first-rows.ts';
import { createThreads, type Threads } from './threads.ts';

let directory: string;
let threads: Threads;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-threads-'));
  threads = createThreads({ most: 1 });
});
afterAll(async () => {
  await threads.stop();
  await rm(directory, { recursive: true });
});

const numbers = Array.from({ length: 500 }, (_, index) => index);
const good = new Uint8Array(
  parquetWriteBuffer({
    columnData: [
      { name: 'n', data: numbers, type: 'INT32' },
      { name: 't', data: numbers.map((number) => `t${number % 7}`), type: 'STRING' },
    ],
  }),
);

async function look(bytes: Uint8Array) {
  const path = join(directory, crypto.randomUUID());
  await writeFile(path, bytes);
  const readFirstRows = createReadFirstRows(threads, 3_000);
  return readFirstRows({ file: { path, format: 'PARQUET', bytes: bytes.length } });
}

test('whatever a damaged Parquet says of itself, its reader answers, and the next file is read', async () => {
  const damage = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
      const bytes = good.slice();
      for (const [at, byte] of damages) bytes[at] = byte;
      try {
        const { rows } = await look(bytes);
        expect(rows.length).toBeLessThanOrEqual(200);
      } catch (error) {
        expect(error).toBeInstanceOf(FileFault);
      }
    }),
    { numRuns: 60, seed: 7 },
  );
  const { rows } = await look(good);
  expect(rows).toHaveLength(200);
}, 60_000);
