import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';
import { compressors as pure } from 'hyparquet-compressors';
import { FileFault } from './file-fault.ts';

/** Of a page, unpacked. */
const mostPageBytes = 134_217_728;

type Unpack = (packed: Uint8Array, options: { maxOutputLength: number }) => Buffer;

/** Node's own where there is one. A page may not become larger than it says, nor than we hold. */
export const compressors: Compressors = {
  SNAPPY: bounded(pure.SNAPPY),
  LZ4: bounded(pure.LZ4),
  LZ4_RAW: bounded(pure.LZ4_RAW),
  GZIP: native(gunzipSync),
  BROTLI: native(brotliDecompressSync),
  ZSTD: native(zstdDecompressSync),
};

function native(unpack: Unpack) {
  return bounded((packed, length) => unpack(packed, { maxOutputLength: Math.max(1, length) }));
}

function bounded(unpack: ((packed: Uint8Array, length: number) => Uint8Array) | undefined) {
  return (packed: Uint8Array, length: number): Uint8Array => {
    if (!unpack) throw new FileFault('Expected a compression that is read here.');
    if (!(length >= 0 && length <= mostPageBytes)) {
      throw new FileFault(`Expected a page of at most 128 MB, it says ${length} bytes.`);
    }
    return unpack(packed, length);
  };
}
