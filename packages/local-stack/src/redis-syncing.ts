/**
 * Writes what Redis has appended through to the disk once a second, as its own `everysec` would; but while
 * such a sync is under way Redis answers with what it appends still in its memory, where `kill -9` loses it.
 */
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from './until-ready.ts';

const everyMilliseconds = 1_000;
/** What Redis appends to, and while it rewrites that, to another one; before Redis 7, to one for all. */
const appended = /(\.incr|^appendonly)\.aof$/;

export interface Syncing {
  /** Lets the sync under way finish. */
  stop(): Promise<void>;
}

/** `directory` is Redis' own; what cannot be synced is logged, once in a row. */
export function startSyncing(directory: string, log: Log): Syncing {
  let underWay: Promise<void> | undefined;
  let isFailing = false;

  async function sync(): Promise<void> {
    try {
      await syncAppends(directory);
      isFailing = false;
    } catch (error) {
      if (!isFailing) log(`What Redis appends cannot be written through: ${String(error)}`);
      isFailing = true;
    }
    underWay = undefined;
  }

  const timer = setInterval(() => {
    underWay ??= sync();
  }, everyMilliseconds).unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** Answers the names of the files that were written through. */
export async function syncAppends(directory: string): Promise<string[]> {
  const names = (await readdir(directory, { recursive: true })).filter((name) =>
    appended.test(name),
  );
  const synced = await Promise.all(names.map((name) => syncFile(join(directory, name))));
  return names.filter((_, index) => synced[index]);
}

/** Not one that Redis has done with and removed meanwhile. */
async function syncFile(path: string): Promise<boolean> {
  await using file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  await file?.datasync();
  return file !== undefined;
}
