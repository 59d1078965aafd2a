import { extname } from 'node:path';
import type { ImportFormat } from './import-file.ts';
import { openBytes } from './open-bytes.ts';
import { openPlainFile } from './open-plain-file.ts';

const byExtension: Readonly<Record<string, ImportFormat>> = {
  '.csv': 'CSV',
  '.tsv': 'CSV',
  '.ndjson': 'NDJSON',
  '.jsonl': 'NDJSON',
  '.json': 'NDJSON',
};

/** By what the file begins with where that says it, else by its name. @throws FileFault. */
export async function detectFormat(
  path: string,
  fileName: string,
  bytes: number,
): Promise<ImportFormat> {
  if (await isParquet(path)) return 'PARQUET';
  const named = byExtension[extname(fileName.replace(/\.(gz|zst)$/i, '')).toLowerCase()];
  if (named) return named;
  const { pieces } = await openBytes({ path, bytes });
  for await (const piece of pieces) return startsObject(piece) ? 'NDJSON' : 'CSV';
  return 'CSV';
}

async function isParquet(path: string): Promise<boolean> {
  await using file = await openPlainFile(path);
  const start = Buffer.alloc(4);
  await file.read(start, 0, 4, 0);
  return start.toString('latin1') === 'PAR1';
}

function startsObject(piece: Buffer): boolean {
  return /^\ufeff?\s*\{/.test(piece.toString('utf8', 0, 1_000));
}
