import { Readable } from 'node:stream';
import { withoutFormula } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { ImportRow } from '../../stores/import-store.ts';
import type { RejectedRow } from '../check/rejected-row.ts';
import type { ImportFiles } from '../import-files.ts';
import { splitLines } from '../read/split-lines.ts';

export type RejectedFormat = 'ndjson' | 'csv';

/** The rejected rows that the import's counts speak of. @throws NOT_FOUND where they are not kept any more. */
export type RejectedStream = (row: ImportRow, format: RejectedFormat) => Promise<Readable>;

export function createRejectedStream(files: ImportFiles): RejectedStream {
  return async ({ id, errorBytes }, format) => {
    if (errorBytes === 0) return Readable.from(format === 'csv' ? [header] : []);
    const lines = await files.readErrors(id, errorBytes);
    if (!lines) throw notKept();
    return format === 'csv' ? Readable.from(toCsv(lines)) : lines;
  };
}

function notKept(): TributaryError {
  return new TributaryError(
    'NOT_FOUND',
    'The rejected rows of this import are not kept any more: they are gone 30 days after its end. Import the file again to have them.',
    ['id'],
  );
}

const header = 'row,column,field,reason,hint,original\r\n';

async function* toCsv(source: Readable): AsyncGenerator<string> {
  yield header;
  for await (const lines of splitLines(source, Number.POSITIVE_INFINITY)) {
    // Written by us, one a line.
    yield lines.map((line) => toCsvLine(JSON.parse(line.toString('utf8')) as RejectedRow)).join('');
  }
}

function toCsvLine({ row, column, field, reason, hint, original }: RejectedRow): string {
  const text = typeof original === 'string' ? original : JSON.stringify(original);
  return `${[String(row), column, field, reason, hint, text].map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string | null): string {
  return `"${withoutFormula(value ?? '').replaceAll('"', '""')}"`;
}
