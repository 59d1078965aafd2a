import { mkdtemp, open, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { detectFormat } from './detect-format.ts';
import { detectReading } from './detect-reading.ts';
import { FileFault } from './file-fault.ts';
import type { ImportFormat } from './import-file.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './row.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-read-'));
});
afterAll(() => rm(directory, { recursive: true }));

const plain = { delimiter: ',', hasHeader: true, encoding: 'UTF8' } as const;

async function fileOf(format: ImportFormat, content: string | Uint8Array) {
  const path = join(directory, crypto.randomUUID());
  await writeFile(path, content);
  return { path, format, bytes: (await stat(path)).size };
}

/** All rows, and the fault that they end with. */
async function read(
  format: ImportFormat,
  content: string | Uint8Array,
  { reading = plain, skip = 0 }: { reading?: Parameters<typeof readRows>[1]; skip?: number } = {},
) {
  const rows: Row[] = [];
  try {
    for await (const batch of readRows(await fileOf(format, content), reading, skip)) {
      rows.push(...batch.rows);
    }
    return { rows, fault: undefined };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { rows, fault: error.message };
  }
}

const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('cells of CSV are what was written, quotes, delimiters and line breaks in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), async (table) => {
      const text = ['a,b', ...table.map((row) => row.map(quoted).join(','))].join('\n');
      const { rows } = await read('CSV', text);
      expect(rows.map(({ value }) => [value?.a, value?.b])).toEqual(table);
    }),
    { numRuns: 30 },
  );
});

test.for(['CSV', 'NDJSON', 'PARQUET'] as const)(
  'rows of %s after some are the same as without skipping them',
  async (format) => {
    const values = Array.from({ length: 12_000 }, (_, index) => ({ n: `${index}` }));
    const contents = {
      CSV: ['n', ...values.map(({ n }) => n)].join('\n'),
      NDJSON: values.map((value) => JSON.stringify(value)).join('\n'),
      PARQUET: new Uint8Array(
        parquetWriteBuffer({
          columnData: [{ name: 'n', data: values.map(({ n }) => n), type: 'STRING' }],
          rowGroupSize: 5_000,
        }),
      ),
    };
    const all = await read(format, contents[format]);
    expect(all.rows.map(({ value }) => value)).toEqual(values);
    const later = await read(format, contents[format], { skip: 7_301 });
    expect(later.rows).toEqual(all.rows.slice(7_301));
  },
);

test('a line without an end is one broken row of NDJSON, whatever its length', async () => {
  const path = join(directory, 'long');
  await using file = await open(path, 'w+');
  await file.write('{"a":1}\n');
  // A gigabyte that takes no room on the disk.
  await file.truncate(1_073_741_824);
  const { size } = await file.stat();
  await file.write('\n{"a":2}\n', size);
  const rows: Row[] = [];
  const long = { path, format: 'NDJSON', bytes: size + 9 } as const;
  for await (const batch of readRows(long, plain, 0)) rows.push(...batch.rows);
  expect(rows.map(({ fault, value }) => fault ?? value)).toEqual([
    { a: 1 },
    'expected a line of at most 1 MB, got a longer one',
    { a: 2 },
  ]);
}, 30_000);

test('a quote that is never closed ends a file of CSV after the rows before it', async () => {
  const rest = 'c,d\n'.repeat(400_000);
  const { rows, fault } = await read('CSV', `a,b\n1,2\n"3,4\n${rest}`);
  expect(rows).toHaveLength(1);
  expect(fault).toMatch(/^Expected a row of at most 1 MB, got a longer one after row 1, line \d+/);
  const short = await read('CSV', 'a,b\n1,2\n"3,4');
  expect(short.fault).toMatch(
    /^Expected a closing quote, but the file ends without it after row 1/,
  );
});

test.for([
  ['UTF-16', Buffer.from('\ufeffa;b\nä;2', 'utf16le'), 'UTF16', 'ä'],
  ['Latin-1', Buffer.from('a;b\nä;2', 'latin1'), 'LATIN1', 'ä'],
  ['UTF-8 with a mark', Buffer.from('\ufeffa;b\nä;2'), 'UTF8', 'ä'],
] as const)('text in %s is read as such', async ([_, bytes, encoding, expected]) => {
  const file = await fileOf('CSV', bytes);
  const reading = await detectReading(file);
  expect(reading).toEqual({ delimiter: ';', hasHeader: true, encoding });
  const { rows } = await read('CSV', bytes, { reading });
  expect(rows[0]?.value).toEqual({ a: expected, b: '2' });
});

test('a row with bytes of another encoding is a broken row', async () => {
  const bytes = Buffer.concat([
    Buffer.from('a\nx\n'),
    Buffer.from('ä\n', 'latin1'),
    Buffer.from('y'),
  ]);
  for (const [format, faults] of [
    ['CSV', [undefined, 'expected text in UTF-8, got other bytes', undefined]],
    [
      'NDJSON',
      [
        expect.any(String),
        expect.any(String),
        'expected text in UTF-8, got other bytes',
        expect.any(String),
      ],
    ],
  ] as const) {
    const { rows } = await read(format, bytes);
    expect(rows.map(({ fault }) => fault)).toEqual(faults);
  }
});

test('packed text that breaks off ends the file after the rows before', async () => {
  const lines = Array.from({ length: 20_000 }, () => `{"a":${Math.random()}}`).join('\n');
  const packed = gzipSync(lines);
  const { rows, fault } = await read('NDJSON', packed.subarray(0, packed.length - 5_000));
  expect(rows.length).toBeGreaterThan(1_000);
  expect(rows.every(({ value }) => value)).toBe(true);
  expect(fault).toMatch(/^Expected more gzip/);
});

test('a Parquet that claims more than it holds is told so', async () => {
  const file = new Uint8Array(
    parquetWriteBuffer({ columnData: [{ name: 'n', data: [1, 2, 3], type: 'INT32' }] }),
  );
  const length = new DataView(file.buffer).getUint32(file.length - 8, true);
  new DataView(file.buffer).setUint32(file.length - 8, length + 2_000_000_000, true);
  const { fault } = await read('PARQUET', file);
  expect(fault).toMatch(/^Expected Parquet/);
});

test.for(['CSV', 'NDJSON', 'PARQUET'] as const)(
  'a link in the place of a file of %s is not followed',
  async (format) => {
    const { path, bytes } = await fileOf(format, 'a,b\n1,2');
    const link = `${path}-link`;
    await symlink(path, link);
    const reading = async () => {
      for await (const _ of readRows({ path: link, format, bytes }, plain, 0));
    };
    await expect(reading()).rejects.toThrow(FileFault);
    await expect(detectFormat(link, 'a.csv', bytes)).rejects.toThrow(FileFault);
  },
);
