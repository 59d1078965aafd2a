import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FileFault } from './file-fault.ts';

/**
 * Opens a file for reading, and never what a link leads to: one may have taken its place since it was
 * looked for. @throws FileFault for a link.
 */
export async function openPlainFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOOP') throw error;
    throw new FileFault('Expected the file, but there is a link in its place now.');
  }
}
