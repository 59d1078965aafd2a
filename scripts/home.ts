import { access, constants, mkdir, statfs } from 'node:fs/promises';

const needed = 1_000_000_000;

/** Makes the folder that keeps everything; rejects with what to do when it cannot be used. */
export async function prepareHome(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new Error(
      `${directory} cannot be written to (${code}). Set TRIBUTARY_HOME to a folder that can.`,
      { cause },
    );
  }
  await assertDiskSpace(directory);
}

/** Rejects when the disk that holds `directory` has less than a gigabyte left. */
async function assertDiskSpace(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new Error(
    `Only ${Math.round(free / 1e6)} MB are free where ${directory} is; 1 GB is needed. ` +
      'Make room, or set TRIBUTARY_HOME to a folder on another disk.',
  );
}
