/** A file's bytes, unpacked where it is packed; in pieces, and never many of them at once. */
import type { FileHandle } from 'node:fs/promises';
import { pipeline, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { FileFault } from './file-fault.ts';
import type { ImportFile } from './import-file.ts';
import { openPlainFile } from './open-plain-file.ts';

const pieceBytes = 262_144;
/** What a file may become when it is unpacked: text packs to a tenth, a bomb to a thousandth. */
const mostRatio = 200;
const leastBound = 16_777_216;

export interface OpenedBytes {
  pieces: AsyncGenerator<Buffer>;
  /** Of the file itself, so far. */
  bytesRead(): number;
}

/** `pieces` throws FileFault where the packing breaks off, or holds more than text would. */
export async function openBytes({
  path,
  bytes,
}: Pick<ImportFile, 'path' | 'bytes'>): Promise<OpenedBytes> {
  const file = await openPlainFile(path);
  const packing = await packingOf(file);
  const source = file.createReadStream({ start: 0, highWaterMark: pieceBytes });
  const bytesRead = () => source.bytesRead;
  if (!packing) return { pieces: pass(source), bytesRead };
  const unpacked = unpackers[packing]();
  // The error is thrown where `unpacked` is read.
  pipeline(source, unpacked, () => {});
  return { pieces: unpack(unpacked, packing, bytes), bytesRead };
}

const unpackers = {
  gzip: () => createGunzip({ chunkSize: pieceBytes }),
  zstd: () => createZstdDecompress({ chunkSize: pieceBytes }),
};
type Packing = keyof typeof unpackers;

const gzipMagic = Buffer.from([0x1f, 0x8b]);
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** By the first bytes: names and headers may say anything. */
async function packingOf(file: FileHandle): Promise<Packing | undefined> {
  const start = Buffer.alloc(4);
  await file.read(start, 0, 4, 0);
  if (start.subarray(0, 2).equals(gzipMagic)) return 'gzip';
  return start.equals(zstdMagic) ? 'zstd' : undefined;
}

async function* pass(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* source;
}

async function* unpack(
  unpacked: Transform,
  packing: Packing,
  packedBytes: number,
): AsyncGenerator<Buffer> {
  const most = Math.max(leastBound, packedBytes * mostRatio);
  let bytes = 0;
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > most) {
        throw new FileFault(
          `Expected at most ${mostRatio} bytes for each byte of ${packing}, got more: after ${most} unpacked bytes the file goes on.`,
        );
      }
      yield piece;
    }
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileFault(
      `Expected more ${packing}, but it breaks off after ${bytes} unpacked bytes: ${reason}.`,
      { cause: error },
    );
  }
}
