import { statfs } from 'node:fs/promises';

const needed = 1_000_000_000;

/** Rejects when the disk that holds `directory` has less than a gigabyte left. */
export async function assertDiskSpace(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new Error(
    `Only ${Math.round(free / 1e6)} MB are free where ${directory} is; 1 GB is needed. ` +
      'Make room, or set TRIBUTARY_HOME to a folder on another disk.',
  );
}
