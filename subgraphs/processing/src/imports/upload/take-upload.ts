/** Takes a file onto the disk, bounded in size, number and room. */
import { createWriteStream } from 'node:fs';
import { rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { v7 } from 'uuid';
import type { Arrival } from '../../ingest/arrival.ts';
import { chunksOf } from '../../ingest/body-chunks.ts';
import type { KeyedSource } from '../../ingest/identify-source.ts';
import { findUnstorable } from '../../pipeline/unstorable.ts';
import type { ImportRow, ImportStore } from '../../stores/import-store.ts';
import { assertFewOpen } from '../assert-few-open.ts';
import type { ImportFiles } from '../import-files.ts';
import { detectFormat } from '../read/detect-format.ts';
import { FileFault } from '../read/file-fault.ts';

const mostAtOnce = 8;
/** What an upload leaves on the disk for everything else. */
const sparedBytes = 1_073_741_824;
/** What an upload writes between two looks at the room: of all at once, less than what is spared. */
const lookBytes = 33_554_432;

export interface TakeUploadOptions {
  imports: ImportStore;
  files: ImportFiles;
  mostBytes: number;
  /** What is free where a directory is. */
  freeBytes?: (directory: string) => Promise<number>;
}

export interface Upload extends Arrival {
  fileName: string;
  body: Readable;
  logger: Logger;
}

export type TakeUpload = ReturnType<typeof createTakeUpload>;

export function createTakeUpload(options: TakeUploadOptions) {
  const { imports, files, mostBytes, freeBytes = freeOnDisk } = options;
  let underWay = 0;

  async function assertRoom(bytes: number): Promise<void> {
    if ((await freeBytes(files.directory)) - bytes >= sparedBytes) return;
    throw new TributaryError(
      'UNAVAILABLE',
      'There is not enough room on the server’s disk for now.',
    );
  }

  async function assertTakable(workspaceId: string, bytes: number): Promise<void> {
    await assertFewOpen(imports, workspaceId);
    await files.prepare().catch((error: unknown) => {
      throw new TributaryError('UNAVAILABLE', `Files cannot be kept here: ${String(error)}`);
    });
    await assertRoom(bytes);
  }

  return {
    /**
     * Refuses what could not be taken, before any of it is read; answers what to call once it is over.
     * @throws TributaryError.
     */
    async admit({ workspaceId }: KeyedSource, bytes: number | undefined): Promise<() => void> {
      if (bytes !== undefined && bytes > mostBytes) throw tooLarge(mostBytes);
      if (underWay >= mostAtOnce) {
        throw new TributaryError('RATE_LIMITED', 'Too many files are being sent. Send it later.');
      }
      const leave = () => {
        underWay -= 1;
      };
      underWay += 1;
      try {
        await assertTakable(workspaceId, bytes ?? 0);
        return leave;
      } catch (error) {
        leave();
        throw error;
      }
    },

    /** @throws TOO_LARGE, TOO_SLOW, INVALID_INPUT for a file that nothing can be read of. */
    async take({ source, fileName, body, signal, logger }: Upload): Promise<ImportRow> {
      const name = fileName.trim();
      if (name === '' || name.length > 255 || findUnstorable(name)) {
        throw new TributaryError('INVALID_INPUT', 'Expected the file’s name by `name=`.', ['name']);
      }
      const id = v7();
      const part = join(files.directory, `${id}.part`);
      try {
        const bytes = await write(chunksOf(body, signal), part, {
          mostBytes,
          assertRoom: () => assertRoom(0),
        });
        const format = await detectFormat(part, name, bytes);
        await rename(part, files.uploadPath(id));
        const { workspaceId, id: sourceId } = source;
        return await imports.create(workspaceId, {
          id,
          sourceId,
          fileName: name,
          format,
          isFromFolder: false,
          bytes,
        });
      } catch (error) {
        await Promise.all([part, files.uploadPath(id)].map((path) => rm(path, { force: true })));
        if (error instanceof TributaryError) throw error;
        if (error instanceof FileFault) throw new TributaryError('INVALID_INPUT', error.message);
        logger.warn({ err: error }, 'a file did not come whole');
        throw new TributaryError('UNAVAILABLE', 'The file did not come whole. Send it again.');
      }
    },
  };
}

async function freeOnDisk(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}

/** @returns how many bytes came. */
async function write(
  pieces: AsyncIterable<Buffer>,
  path: string,
  { mostBytes, assertRoom }: { mostBytes: number; assertRoom: () => Promise<void> },
): Promise<number> {
  let bytes = 0;
  let nextLook = lookBytes;
  await pipeline(
    async function* () {
      for await (const piece of pieces) {
        bytes += piece.length;
        if (bytes > mostBytes) throw tooLarge(mostBytes);
        if (bytes >= nextLook) {
          await assertRoom();
          nextLook = bytes + lookBytes;
        }
        yield piece;
      }
    },
    createWriteStream(path, { flags: 'wx', flush: true }),
  );
  if (bytes > 0) return bytes;
  throw new TributaryError('INVALID_INPUT', 'Expected a file as the body, got nothing.');
}

function tooLarge(mostBytes: number): TributaryError {
  const megabytes = Math.round(mostBytes / 1_048_576);
  return new TributaryError(
    'TOO_LARGE',
    `Expected a file of at most ${megabytes} MB, got a larger one.`,
  );
}
