/** Runs the imports that nobody else runs, some at a time, and tells how they get on. */
import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { Pool } from 'pg';
import type { ImportRunStore } from '../../stores/import-run-store.ts';
import type { ImportRow } from '../../stores/import-store.ts';
import type { ImportFiles } from '../import-files.ts';
import type { ImportMetrics } from '../import-metrics.ts';
import { isOver } from '../import-state.ts';
import { FileFault } from '../read/file-fault.ts';
import type { TellImport } from '../tell-import.ts';
import type { Threads } from '../threads/threads.ts';
import { type ImportLease, takeImportLease } from './import-lease.ts';
import { countsSchema } from './run-import.ts';

const everyMilliseconds = 500;
const longestRest = 30_000;
/** A day of them: a store that is away comes back, a file that breaks whoever reads it gets no better. */
const mostFailures = 2_880;
/** It gives a sign of life with each batch, and while it waits. */
const patienceMilliseconds = 120_000;

export interface ImportsOptions {
  pool: Pool;
  store: ImportRunStore;
  files: ImportFiles;
  threads: Threads;
  tell: TellImport;
  metrics: ImportMetrics;
  logger: Logger;
  /** How many this process runs at a time. */
  atOnce: number;
}

interface Failures {
  count: number;
  /** Where the last attempt ended. */
  rowsRead: number;
  restUntil: number;
}

export function startImports(options: ImportsOptions): Loop {
  const { pool, store, files, threads, tell, metrics, logger, atOnce } = options;
  const active = new Map<string, Promise<void>>();
  const failures = new Map<string, Failures>();
  const told = new Map<string, Pick<ImportRow, 'rowsRead' | 'reason'>>();
  const stopping = new AbortController();

  async function begin(id: string): Promise<void> {
    const lost = new AbortController();
    const lease = await takeImportLease(pool, id, () => lost.abort());
    if (!lease) return;
    const signal = AbortSignal.any([lost.signal, stopping.signal]);
    const running = run(id, signal)
      .catch((error: unknown) => {
        logger.warn({ err: error, importId: id }, 'could not note how an import ended');
      })
      .finally(() => end(id, lease));
    active.set(id, running);
  }

  async function run(id: string, signal: AbortSignal): Promise<void> {
    try {
      await threads.run({
        order: { kind: 'run', id },
        patienceMilliseconds,
        onProgress: (counts) => metrics.count(countsSchema.parse(counts)),
        signal,
      });
      failures.delete(id);
    } catch (error) {
      if (!signal.aborted) await takeFailure(id, error);
    }
    const row = await store.byId(id);
    if (!row) return;
    await tell(row);
    if (isOver(row.state)) await files.removeUpload(id);
  }

  function end(id: string, lease: ImportLease): void {
    active.delete(id);
    told.delete(id);
    lease.release();
  }

  /** Tried again with growing rests; a file that is to blame, or does not get on at all, is given up. */
  async function takeFailure(id: string, error: unknown): Promise<void> {
    const row = await store.byId(id);
    if (!row) return;
    const { rowsRead } = row;
    const before = failures.get(id);
    const count = before?.rowsRead === rowsRead ? before.count + 1 : 1;
    if (error instanceof FileFault || count >= mostFailures) {
      failures.delete(id);
      const reason = error instanceof FileFault ? error.message : `${count} attempts failed.`;
      await store.fail(id, `After row ${rowsRead}: ${reason}`);
      return;
    }
    logger.warn({ err: error, importId: id }, 'an import has to try again');
    const rest = Math.min(500 * 2 ** count, longestRest);
    failures.set(id, { count, rowsRead, restUntil: Date.now() + rest });
  }

  async function tellProgress(id: string): Promise<void> {
    const row = await store.byId(id);
    if (!row) return;
    const { rowsRead, reason } = row;
    const before = told.get(id);
    if (before?.rowsRead === rowsRead && before.reason === reason) return;
    told.set(id, { rowsRead, reason });
    if (reason !== null && before?.reason !== reason) {
      logger.warn({ importId: id, rowsRead, reason }, 'an import gets on slowly or not at all');
    }
    await tell(row);
  }

  const loop = startLoop({
    async run() {
      await Promise.all([...active.keys()].map(tellProgress));
      for (const { id } of await store.running()) {
        if (active.size >= atOnce) break;
        const isResting = (failures.get(id)?.restUntil ?? 0) > Date.now();
        if (!active.has(id) && !isResting) await begin(id);
      }
      return false;
    },
    pauseMilliseconds: everyMilliseconds,
    onError: (error) => logger.warn({ err: error }, 'imports cannot be looked after now'),
  });

  return {
    wake: loop.wake,
    async stop() {
      await loop.stop();
      stopping.abort();
      await Promise.allSettled(active.values());
    },
  };
}
