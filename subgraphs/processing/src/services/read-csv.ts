import { Readable } from 'node:stream';
import { inputError } from '@tributary/errors';
import { CsvError, parse } from 'csv-parse';
import { findUnstorable } from '../pipeline/unstorable.ts';
import { longestKey, mostRows } from './table-limits.ts';

const chunkLength = 65_536;
const field = ['input', 'csv'];

export type CsvRows = Map<string, Record<string, string>>;

/**
 * A CSV text's rows by the value of one column; of rows with the same key the last one stands.
 * Read in pieces, so that a large table does not hold up events.
 * @throws InputError naming the line, when it is no CSV with a header that has the column.
 */
export async function readCsv(csv: string, keyColumn: string): Promise<CsvRows> {
  const parser = Readable.from(chunks(csv)).pipe(parse({ bom: true, skip_empty_lines: true }));
  const rows: CsvRows = new Map();
  let header: string[] | undefined;
  let count = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (!header) {
        header = checkHeader(cells, keyColumn);
        continue;
      }
      count += 1;
      if (count > mostRows) throw inputError(`must have at most ${mostRows} rows`, field);
      const row = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
      const key = row[keyColumn] ?? '';
      if (key.length > longestKey)
        throw inputError(`must have keys of at most ${longestKey} characters`, field);
      rows.set(key, row);
    }
  } catch (error) {
    if (error instanceof CsvError) throw inputError(`is no CSV: ${error.message}`, field);
    throw error;
  }
  if (!header) throw inputError('must begin with a header line', field);
  return rows;
}

function checkHeader(names: string[], keyColumn: string): string[] {
  if (names.includes('') || names.includes('__proto__') || new Set(names).size < names.length) {
    throw inputError('must have a header line with a different name for each column', field);
  }
  if (names.includes(keyColumn)) return names;
  throw inputError(`must be one of the columns ${names.join(', ').slice(0, 200)}`, [
    'input',
    'keyColumn',
  ]);
}

/** @throws InputError for characters that cannot be stored. */
export function assertStorableText(csv: string): void {
  const found = findUnstorable(csv);
  if (found) throw inputError(found.reason, field);
}

function* chunks(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += chunkLength) {
    yield text.slice(start, start + chunkLength);
  }
}
