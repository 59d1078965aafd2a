/** A JSON object a line. A line that is none is a broken row, whatever its length; blank lines do not count. */
import { isUtf8 } from 'node:buffer';
import { describeJsonFault } from '../../ingest/json-fault.ts';
import { shownValue } from '../../pipeline/shown-value.ts';
import type { Reading } from '../import-mapping.ts';
import { createBatcher } from './batcher.ts';
import { toUtf8 } from './decode-text.ts';
import type { ImportFile } from './import-file.ts';
import { openBytes } from './open-bytes.ts';
import { brokenRow, longestKept, longestRow, type Row, type RowBatch } from './row.ts';
import { splitLines } from './split-lines.ts';

/** Rows after the first `skip`. @throws FileFault after the rows that stand before it. */
export async function* readNdjsonRows(
  file: ImportFile,
  { encoding }: Reading,
  skip: number,
): AsyncGenerator<RowBatch> {
  const { pieces, bytesRead } = await openBytes(file);
  const batcher = createBatcher();
  let number = 0;
  try {
    for await (const lines of splitLines(toUtf8(pieces, encoding), longestRow)) {
      for (const line of lines) {
        if (isBlank(line)) continue;
        number += 1;
        if (number > skip) batcher.add(readLine(number, line), line.length);
      }
      for (const rows of batcher.full()) yield { rows, bytesRead: bytesRead() };
    }
  } catch (error) {
    for (const rows of batcher.rest()) yield { rows, bytesRead: bytesRead() };
    throw error;
  }
  for (const rows of batcher.rest()) yield { rows, bytesRead: bytesRead() };
}

function readLine(number: number, line: Buffer): Row {
  if (!isUtf8(line)) {
    const fault = 'expected text in UTF-8, got other bytes';
    return brokenRow(number, fault, line.toString('latin1', 0, longestKept));
  }
  const text = line.toString('utf8', startsWithMark(line) ? 3 : 0);
  if (line.length >= longestRow) {
    return brokenRow(number, 'expected a line of at most 1 MB, got a longer one', text);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { number, value, fault: undefined, text };
    return brokenRow(number, `expected a JSON object, got ${shownValue(value)}`, text);
  } catch {
    return brokenRow(number, describeJsonFault(text), text);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function startsWithMark(line: Buffer): boolean {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
}

const blanks = new Set([0x20, 0x09, 0x0d]);

function isBlank(line: Buffer): boolean {
  for (const byte of line) if (!blanks.has(byte)) return false;
  return true;
}
