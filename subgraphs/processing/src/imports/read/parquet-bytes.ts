import type { AsyncBuffer } from 'hyparquet';
import { FileFault } from './file-fault.ts';
import type { ImportFile } from './import-file.ts';
import { openPlainFile } from './open-plain-file.ts';

const mostAtOnce = 268_435_456;

export interface ParquetBytes extends AsyncBuffer, AsyncDisposable {}

/** A file's bytes by their place; places beyond the file's end are a fault of the file. */
export async function openParquet({ path, bytes }: ImportFile): Promise<ParquetBytes> {
  const file = await openPlainFile(path);
  return {
    byteLength: bytes,
    async slice(start, end = bytes) {
      const from = start < 0 ? bytes + start : start;
      const isInside = Number.isSafeInteger(from) && from >= 0 && end >= from && end <= bytes;
      if (!isInside || end - from > mostAtOnce) {
        throw new FileFault(
          `Expected Parquet of ${bytes} bytes, but it speaks of bytes ${start} to ${end}.`,
        );
      }
      const target = new Uint8Array(end - from);
      const { bytesRead } = await file.read(target, 0, target.length, from);
      if (bytesRead < target.length) {
        throw new FileFault(`Expected ${target.length} bytes from ${from} on, got ${bytesRead}.`);
      }
      return target.buffer;
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
