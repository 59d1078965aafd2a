/** The first rows of a file, for people to look at before anything is started. */
import type { Reading } from '../import-mapping.ts';
import { detectReading } from './detect-reading.ts';
import { FileFault } from './file-fault.ts';
import type { ImportFile } from './import-file.ts';
import { readParquetRows } from './read-parquet-rows.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './row.ts';

const mostShown = 200;
/** Of them all, in characters. */
const mostText = 4_194_304;

export interface FirstRows {
  reading: Reading;
  /** In the file's order; of NDJSON those that its first rows have. */
  columns: string[];
  rows: Row[];
  /** Where the file cannot be read on, within these rows. */
  fault: string | undefined;
}

/** As the file is best read unless `reading` says how. */
export async function firstRows(file: ImportFile, given: Reading | undefined): Promise<FirstRows> {
  const found: FirstRows = {
    reading: given ?? { delimiter: ',', hasHeader: true, encoding: 'UTF8' },
    columns: [],
    rows: [],
    fault: undefined,
  };
  let text = 0;
  try {
    if (!given) found.reading = await detectReading(file);
    const batches =
      file.format === 'PARQUET'
        ? readParquetRows(file, 0, mostShown)
        : readRows(file, found.reading, 0);
    for await (const { rows } of batches) {
      for (const row of rows) {
        text += sizeOf(row);
        if (found.rows.length >= mostShown || text > mostText) break;
        found.rows.push(row);
      }
      if (found.rows.length >= mostShown || text > mostText) break;
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    found.fault = error.message;
  }
  found.columns = [...new Set(found.rows.flatMap(({ value }) => Object.keys(value ?? {})))];
  return found;
}

function sizeOf({ text, value }: Row): number {
  if (text !== undefined) return text.length;
  return JSON.stringify(value ?? null).length;
}
