import { crc32 } from 'node:zlib';

/** The partition of a key: the same for the same key as long as the count stays. */
export function partitionOf(key: string, partitions: number): number {
  return crc32(key) % partitions;
}
