import { inputError } from '@tributary/errors';
import { findUnstorable } from '../pipeline/unstorable.ts';
import type { CsvRows } from './read-csv.ts';
import { longestKey, mostRows } from './table-limits.ts';

const field = ['input', 'rows'];
const largestRows = 5 * 1_048_576;

/**
 * A JSON list of flat objects as a table's rows by the value of one column, as text like a CSV's; of
 * rows with the same key the last one stands. Every row gets every column, empty where it has none.
 * @throws InputError naming the row.
 */
export function readRows(given: unknown, keyColumn: string): CsvRows {
  if (!Array.isArray(given) || given.length === 0) {
    throw inputError('must be a list of at least one object', field);
  }
  if (given.length > mostRows) throw inputError(`must have at most ${mostRows} rows`, field);
  const found = findUnstorable(given);
  if (found) throw inputError(found.reason, [...field, ...found.path]);
  if (JSON.stringify(given).length > largestRows) throw inputError('must be at most 5 MB', field);
  const cells = given.map(cellsOf);
  const columns = [...new Set(cells.flatMap((row) => Object.keys(row)))];
  if (!columns.includes(keyColumn)) {
    throw inputError(`must be one of the columns ${columns.join(', ').slice(0, 200)}`, [
      'input',
      'keyColumn',
    ]);
  }
  const rows: CsvRows = new Map();
  for (const row of cells) {
    const key = row[keyColumn] ?? '';
    if (key.length > longestKey) {
      throw inputError(`must have keys of at most ${longestKey} characters`, field);
    }
    rows.set(key, Object.fromEntries(columns.map((name) => [name, row[name] ?? ''])));
  }
  return rows;
}

function cellsOf(row: unknown, index: number): Record<string, string> {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    throw inputError('must be an object', [...field, String(index)]);
  }
  return Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => {
      if (typeof value === 'object' && value !== null) {
        throw inputError('must be text, a number, true, false or null', [
          ...field,
          String(index),
          name,
        ]);
      }
      return [name, value === null ? '' : String(value)];
    }),
  );
}
