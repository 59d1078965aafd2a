/** Removes files that no import needs any more, and cancels imports that nobody went on with. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { ImportRunStore } from '../stores/import-run-store.ts';
import type { ImportFiles } from './import-files.ts';

const day = 86_400_000;
const forgottenMilliseconds = 7 * day;
const errorMilliseconds = 30 * day;
/** An upload that is under way has no import yet. */
const unknownMilliseconds = day;
const everyMilliseconds = 60_000;

const kept = /^([0-9a-f-]{36})\.(upload|rejected\.ndjson|part)$/;

export interface SweepingOptions {
  store: ImportRunStore;
  files: ImportFiles;
  logger: Logger;
}

export function startSweeping({ store, files, logger }: SweepingOptions): Loop {
  async function sweep(): Promise<boolean> {
    await store.cancelForgotten(forgottenMilliseconds);
    const names = await readdir(files.directory).catch(() => []);
    const found = names.flatMap((name) => {
      const [, id, kind] = kept.exec(name) ?? [];
      return id && kind ? [{ name, id, kind }] : [];
    });
    const needed = await store.needed([...new Set(found.map(({ id }) => id))], errorMilliseconds);
    for (const { name, id, kind } of found) {
      const row = needed.get(id);
      const isNeeded = row
        ? (kind === 'upload' && row.upload) || (kind === 'rejected.ndjson' && row.errors)
        : await isYoung(join(files.directory, name));
      if (!isNeeded) await rm(join(files.directory, name), { force: true });
    }
    return false;
  }

  return startLoop({
    run: sweep,
    pauseMilliseconds: everyMilliseconds,
    onError: (error) => logger.warn({ err: error }, 'old imports cannot be removed now'),
  });
}

async function isYoung(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs < unknownMilliseconds;
}
