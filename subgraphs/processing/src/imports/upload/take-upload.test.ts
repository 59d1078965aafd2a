import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Logger } from '@tributary/chassis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImportStore } from '../../stores/import-store.ts';
import { createImportFiles } from '../import-files.ts';
import { createTakeUpload } from './take-upload.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-upload-'));
});
afterAll(() => rm(directory, { recursive: true }));

const source = { id: crypto.randomUUID(), workspaceId: crypto.randomUUID() };
const megabyte = 1_048_576;
const gigabyte = 1_024 * megabyte;

function takeUploads(freeBytes: () => Promise<number>) {
  return createTakeUpload({
    imports: { countOpen: async () => 0 } as Partial<ImportStore> as ImportStore,
    files: createImportFiles({ directory, folder: undefined }),
    mostBytes: gigabyte,
    freeBytes,
  });
}

test('of files that begin to come at the same moment eight are taken, and others once these are over', async () => {
  const { admit } = takeUploads(async () => 9 * gigabyte);
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => admit(source, 1)));
  const admitted = answers.flatMap((answer) =>
    answer.status === 'fulfilled' ? [answer.value] : [],
  );
  expect(admitted).toHaveLength(8);
  for (const leave of admitted) leave();
  await expect(admit(source, 1)).resolves.toBeDefined();
});

test('one that is refused is not counted among those that come', async () => {
  const { admit } = takeUploads(async () => 0);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await expect(admit(source, 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }
});

test('a file of unknown length ends where the disk would be full, and nothing of it is left', async () => {
  const piece = Buffer.alloc(megabyte);
  let sent = 0;
  const { take } = takeUploads(async () => 1.02 * gigabyte - sent);
  const body = Readable.from(
    (function* () {
      for (; sent < 100 * megabyte; sent += piece.length) yield piece;
    })(),
  );
  const { signal } = new AbortController();
  const upload = { source, fileName: 'endless.csv', body, signal, logger: {} as Logger };
  await expect(take(upload)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(sent).toBeLessThan(70 * megabyte);
  expect(await readdir(directory)).toEqual([]);
});
