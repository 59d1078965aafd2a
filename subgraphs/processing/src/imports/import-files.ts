/** Where imports' files are kept, and the server's own folder, in which each workspace has one of its id. */
import { lstat, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface ImportFilesOptions {
  /** Below the platform's home: uploads and rejected rows. */
  directory: string;
  /** Undefined where no folder of the server may be imported from. */
  folder: string | undefined;
}

export interface FolderFile {
  name: string;
  bytes: number;
  changedAt: Date;
}

const mostFolderFiles = 1_000;
const plainName = /^[^/\\\0]{1,255}$/;

export type ImportFiles = ReturnType<typeof createImportFiles>;

export function createImportFiles({ directory, folder }: ImportFilesOptions) {
  const uploadPath = (id: string) => join(directory, `${id}.upload`);
  const errorPath = (id: string) => join(directory, `${id}.rejected.ndjson`);

  const files = {
    directory,
    uploadPath,
    errorPath,
    hasFolder: folder !== undefined,

    prepare: () => mkdir(directory, { recursive: true }),

    /** Where a file of the workspace's folder is; undefined for what is no plain file there. */
    async folderPath(workspace: string, name: string): Promise<string | undefined> {
      const isName = plainName.test(name) && name !== '.' && name !== '..';
      if (folder === undefined || !isName) return undefined;
      const entries = await entriesOf(join(folder, workspace));
      // A link could lead anywhere, so it is no plain file.
      const found = entries.find((entry) => entry.name === name && entry.isFile());
      return found && join(folder, workspace, name);
    },

    /** By name, at most 1,000. */
    async folderFiles(workspace: string): Promise<FolderFile[]> {
      if (folder === undefined) return [];
      const entries = await entriesOf(join(folder, workspace));
      const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      const shown = names.toSorted().slice(0, mostFolderFiles);
      return Promise.all(
        shown.map(async (name) => {
          const { size, mtime } = await stat(join(folder, workspace, name));
          return { name, bytes: size, changedAt: mtime };
        }),
      );
    },

    sizeOf: async (path: string) => (await lstat(path)).size,

    /** Of what is imported: the upload, or the file of the folder. */
    async pathOf(
      workspace: string,
      { id, isFromFolder, fileName }: { id: string; isFromFolder: boolean; fileName: string },
    ): Promise<string | undefined> {
      return isFromFolder ? files.folderPath(workspace, fileName) : uploadPath(id);
    },

    /** The rejected rows that count; undefined where they are not kept any more. */
    async readErrors(id: string, bytes: number): Promise<Readable | undefined> {
      const file = await open(errorPath(id)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
      return file?.createReadStream({ start: 0, end: Math.max(0, bytes - 1) });
    },

    removeUpload: (id: string) => rm(uploadPath(id), { force: true }),
    removeErrors: (id: string) => rm(errorPath(id), { force: true }),
  };
  return files;
}

/** None where there is no such folder. */
async function entriesOf(directory: string) {
  return readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}
