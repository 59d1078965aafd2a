/**
 * Parquet, a row group at a time. What a file says of its own sizes is believed only within the file's
 * length and our limits.
 */
import type { FileMetaData, RowGroup } from 'hyparquet';
import { parquetMetadataAsync, parquetRead } from 'hyparquet';
import { FileFault } from './file-fault.ts';
import type { ImportFile } from './import-file.ts';
import { openParquet, type ParquetBytes } from './parquet-bytes.ts';
import { compressors } from './parquet-compressors.ts';
import { plainValue } from './plain-value.ts';
import { batchRows, type Row, type RowBatch } from './row.ts';

/** Of a row group, unpacked: all of it is held while its rows are read. */
const mostGroupBytes = 268_435_456;
const mostGroupRows = 5_000_000;

type Columns = Map<string, ArrayLike<unknown>>;

interface GroupRange {
  /** Rows from the file's start. */
  start: number;
  end: number;
  bytesBefore: number;
  bytes: number;
}

/** Rows after the first `skip`, at most `most`. @throws FileFault after the rows that stand before it. */
export async function* readParquetRows(
  file: ImportFile,
  skip: number,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<RowBatch> {
  await using bytes = await openParquet(file);
  const metadata = await guarded('its footer', () => parquetMetadataAsync(bytes));
  for (const group of rangesOf(metadata, file.bytes)) {
    const from = Math.max(group.start, skip);
    const to = Math.min(group.end, skip + most);
    if (from >= to) continue;
    const columns = await readColumns(bytes, metadata, from, to);
    for (let start = from; start < to; start += batchRows) {
      const end = Math.min(start + batchRows, to);
      const share = (end - group.start) / (group.end - group.start);
      const bytesRead = Math.round(group.bytesBefore + group.bytes * share);
      yield { rows: rowsOf(columns, from, start, end), bytesRead };
    }
  }
  yield { rows: [], bytesRead: file.bytes };
}

function rangesOf({ row_groups: groups }: FileMetaData, fileBytes: number): GroupRange[] {
  const ranges: GroupRange[] = [];
  let start = 0;
  let bytesBefore = 0;
  for (const [index, group] of groups.entries()) {
    const rows = Number(group.num_rows);
    const bytes = packedBytes(group);
    assertSane(group, index, fileBytes - bytesBefore);
    ranges.push({ start, end: start + rows, bytesBefore, bytes });
    start += rows;
    bytesBefore += bytes;
  }
  return ranges;
}

function packedBytes({ columns }: RowGroup): number {
  return columns.reduce(
    (sum, { meta_data: column }) => sum + Number(column?.total_compressed_size ?? 0),
    0,
  );
}

function assertSane(group: RowGroup, index: number, bytesLeft: number): void {
  const rows = Number(group.num_rows);
  const name = `row group ${index + 1}`;
  if (!Number.isSafeInteger(rows) || rows < 0 || rows > mostGroupRows) {
    throw new FileFault(`Expected at most ${mostGroupRows} rows in ${name}, it says ${rows}.`);
  }
  const packed = packedBytes(group);
  if (!(packed >= 0 && packed <= bytesLeft)) {
    throw new FileFault(
      `Expected at most the ${bytesLeft} bytes that are left for ${name}, it says ${packed}.`,
    );
  }
  const unpacked = group.columns.reduce(
    (sum, { meta_data: column }) => sum + Number(column?.total_uncompressed_size ?? 0),
    0,
  );
  if (unpacked > mostGroupBytes) {
    throw new FileFault(
      `Expected at most 256 MB in ${name}, it says ${unpacked} bytes: write the file with smaller row groups.`,
    );
  }
}

async function readColumns(
  file: ParquetBytes,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<Columns> {
  const parts = new Map<string, { rowStart: number; values: ArrayLike<unknown> }[]>();
  await guarded(`rows ${rowStart + 1} to ${rowEnd}`, () =>
    parquetRead({
      file,
      metadata,
      compressors,
      rowStart,
      rowEnd,
      onChunk({ columnName, columnData, rowStart: start }) {
        const known = parts.get(columnName) ?? [];
        parts.set(columnName, known);
        known.push({ rowStart: start, values: columnData });
      },
    }),
  );
  return new Map([...parts].map(([name, found]) => [name, joined(name, found, rowStart, rowEnd)]));
}

/** One list of a column's values from `rowStart` on. @throws FileFault when some are missing. */
function joined(
  name: string,
  parts: readonly { rowStart: number; values: ArrayLike<unknown> }[],
  rowStart: number,
  rowEnd: number,
): unknown[] {
  const values: unknown[] = [];
  for (const part of parts) {
    const first = Math.max(0, rowStart - part.rowStart);
    const last = Math.min(part.values.length, rowEnd - part.rowStart);
    for (let index = first; index < last; index += 1) values.push(part.values[index]);
  }
  if (values.length === rowEnd - rowStart) return values;
  throw new FileFault(
    `Expected ${rowEnd - rowStart} values of the column ${name} from row ${rowStart + 1} on, got ${values.length}.`,
  );
}

function rowsOf(columns: Columns, offset: number, start: number, end: number): Row[] {
  const rows: Row[] = [];
  const entries = [...columns];
  for (let index = start; index < end; index += 1) {
    const value: Record<string, unknown> = {};
    for (const [name, values] of entries) value[name] = plainValue(values[index - offset]);
    rows.push({ number: index + 1, value, fault: undefined, text: undefined });
  }
  return rows;
}

async function guarded<Result>(what: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileFault(`Expected Parquet in ${what}: ${reason}.`, { cause: error });
  }
}
