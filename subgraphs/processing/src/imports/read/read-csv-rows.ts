/**
 * Comma-separated values, by RFC 4180 and kinder. A row with too few or too many cells is a broken row;
 * a quote that is never closed breaks the file, since nobody knows where the next row would begin.
 */
import { finished } from 'node:stream/promises';
import { CsvError, type Parser, parse } from 'csv-parse';
import type { Reading } from '../import-mapping.ts';
import { createBatcher } from './batcher.ts';
import { csvHeader } from './csv-header.ts';
import { toUtf8 } from './decode-text.ts';
import { FileFault } from './file-fault.ts';
import type { ImportFile } from './import-file.ts';
import { openBytes } from './open-bytes.ts';
import { brokenRow, longestRow, type Row, type RowBatch } from './row.ts';
import { createUtf8Watch } from './utf8-watch.ts';

const delimiters = { '\t': 'tab' } as Record<string, string>;

/** Rows after the first `skip`. @throws FileFault after the rows that stand before it. */
export async function* readCsvRows(
  file: ImportFile,
  reading: Reading,
  skip: number,
): AsyncGenerator<RowBatch> {
  const { pieces, bytesRead } = await openBytes(file);
  const watch = createUtf8Watch();
  const table = createTable(reading, skip, watch.sawOther);
  const parser = openParser(reading, table.take);
  try {
    for await (const piece of toUtf8(pieces, reading.encoding)) {
      watch.see(piece);
      await write(parser, piece);
      for (const rows of table.full()) yield { rows, bytesRead: bytesRead() };
    }
    parser.end();
    await finished(parser);
  } catch (error) {
    for (const rows of table.rest()) yield { rows, bytesRead: bytesRead() };
    throw error instanceof CsvError ? toFault(error, table.number()) : error;
  } finally {
    parser.destroy();
  }
  for (const rows of table.rest()) yield { rows, bytesRead: bytesRead() };
}

function openParser({ delimiter }: Reading, take: (cells: string[]) => void): Parser {
  const parser = parse({
    bom: true,
    delimiter,
    max_record_size: longestRow,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record: (cells: string[]) => {
      take(cells);
      return null;
    },
  });
  // It is thrown by what was being written.
  parser.on('error', () => {});
  return parser.resume();
}

function write(parser: Parser, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

/** Rows as they come, the header among them, in batches. */
function createTable({ hasHeader, delimiter }: Reading, skip: number, sawOther: () => boolean) {
  let header: string[] | undefined;
  let number = 0;
  const batcher = createBatcher();

  function toRow(names: readonly string[], cells: readonly string[]): Row {
    if (cells.length !== names.length) {
      const shown = delimiters[delimiter] ?? `“${delimiter}”`;
      const fault = `expected ${names.length} cells between ${shown} as in the first row, got ${cells.length}`;
      return brokenRow(number, fault, cells.join(delimiter));
    }
    if (sawOther() && cells.some((cell) => cell.includes('\ufffd'))) {
      const fault = 'expected text in UTF-8, got other bytes';
      return brokenRow(number, fault, cells.join(delimiter));
    }
    const value: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index += 1) {
      value[names[index] ?? ''] = cells[index];
    }
    return { number, value, fault: undefined, text: undefined };
  }

  return {
    number: () => number,
    take(cells: string[]): void {
      if (!header) {
        header = csvHeader(cells, hasHeader);
        if (hasHeader) return;
      }
      number += 1;
      if (number <= skip) return;
      let size = 0;
      for (const cell of cells) size += cell.length;
      batcher.add(toRow(header, cells), size);
    },
    full: batcher.full,
    rest: batcher.rest,
  };
}

function toFault(error: CsvError, rowsBefore: number): FileFault {
  const place = `after row ${rowsBefore}, line ${Number(error.lines) || 1}`;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new FileFault(
      `Expected a row of at most 1 MB, got a longer one ${place}: is there a quote that is never closed, or another delimiter?`,
      { cause: error },
    );
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new FileFault(`Expected a closing quote, but the file ends without it ${place}.`, {
      cause: error,
    });
  }
  return new FileFault(`Expected CSV ${place}: ${error.message}.`, { cause: error });
}
