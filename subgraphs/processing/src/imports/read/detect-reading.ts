/** How the text of a file is best read, by how it begins. A person may say otherwise. */
import type { Reading } from '../import-mapping.ts';
import { toUtf8 } from './decode-text.ts';
import type { ImportFile } from './import-file.ts';
import { openBytes } from './open-bytes.ts';

const delimiters = [',', ';', '\t', '|'];
const lookedAt = 65_536;

/** @throws FileFault where it cannot be unpacked. */
export async function detectReading(file: ImportFile): Promise<Reading> {
  const plain: Reading = { delimiter: ',', hasHeader: true, encoding: 'UTF8' };
  if (file.format === 'PARQUET') return plain;
  const encoding = encodingOf(await startOf(file, 'UTF8'));
  if (file.format === 'NDJSON') return { ...plain, encoding };
  const text = (await startOf(file, encoding)).toString('utf8').replace(/^\ufeff/, '');
  const firstLine = text.split(/\r?\n/, 1)[0] ?? '';
  const delimiter = mostFrequent(firstLine);
  return { delimiter, encoding, hasHeader: looksLikeHeader(firstLine.split(delimiter)) };
}

async function startOf(file: ImportFile, encoding: Reading['encoding']): Promise<Buffer> {
  const { pieces } = await openBytes(file);
  for await (const piece of toUtf8(pieces, encoding)) return piece.subarray(0, lookedAt);
  return Buffer.alloc(0);
}

function encodingOf(start: Buffer): Reading['encoding'] {
  const [first, second] = start;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF16';
  // The last character may be cut.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    decoder.decode(start, { stream: true });
    return 'UTF8';
  } catch {
    return 'LATIN1';
  }
}

function mostFrequent(line: string): string {
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Names are different from each other, and no numbers. */
function looksLikeHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim().replace(/^"|"$/g, ''));
  const isName = (name: string) => name !== '' && Number.isNaN(Number(name));
  return names.every(isName) && new Set(names).size === names.length;
}
