/** The rejected rows of an import as NDJSON; how much of it counts is stored with the import's counts. */
import { open } from 'node:fs/promises';
import type { RejectedRow } from './rejected-row.ts';

/** Further rejected rows are counted only. */
export const mostErrorBytes = 268_435_456;

export interface ErrorFile extends AsyncDisposable {
  /** Writes rows behind the first `kept` bytes, over what stands there. @returns up to where the file counts then. */
  append(kept: number, rows: readonly RejectedRow[]): Promise<number>;
}

export async function openErrorFile(path: string): Promise<ErrorFile> {
  const file = await open(path, 'a+');
  await file.close();
  const target = await open(path, 'r+');
  return {
    async append(kept, rows) {
      if (rows.length === 0 || kept >= mostErrorBytes) return kept;
      const lines = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      // Not cut off there: a process that has lost the import writes the same rows to the same place.
      const { bytesWritten } = await target.write(lines, 0, lines.length, kept);
      if (bytesWritten < lines.length) throw new Error('The disk has no room for rejected rows.');
      // What the counts speak of must be there when they are.
      await target.datasync();
      return kept + lines.length;
    },
    [Symbol.asyncDispose]: () => target.close(),
  };
}
