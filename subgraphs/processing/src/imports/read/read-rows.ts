import type { Reading } from '../import-mapping.ts';
import type { ImportFile } from './import-file.ts';
import { readCsvRows } from './read-csv-rows.ts';
import { readNdjsonRows } from './read-ndjson-rows.ts';
import { readParquetRows } from './read-parquet-rows.ts';
import type { RowBatch } from './row.ts';

/**
 * A file's rows after the first `skip`, in their order, the same ones each time.
 * @throws FileFault where the file cannot be read on, after the rows before.
 */
export function readRows(
  file: ImportFile,
  reading: Reading,
  skip: number,
): AsyncGenerator<RowBatch> {
  switch (file.format) {
    case 'CSV':
      return readCsvRows(file, reading, skip);
    case 'NDJSON':
      return readNdjsonRows(file, reading, skip);
    case 'PARQUET':
      return readParquetRows(file, skip);
  }
}
