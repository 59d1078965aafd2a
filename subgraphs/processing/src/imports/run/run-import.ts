/**
 * Guarantee: rows are settled in batches, in order: what was accepted is on the log, what was rejected
 * in the error file, then the counts say so. A crash between repeats the batch with the same ids and
 * times, which the sink takes once; so every row is stored once and the counts are exact.
 */
import { stat } from 'node:fs/promises';
import type { EventLog } from '@tributary/event-log';
import { eventReceived } from '@tributary/events';
import { z } from 'zod';
import { withDeadline } from '../../ingest/with-deadline.ts';
import type { DefinitionCache } from '../../pipeline/definitions.ts';
import { CheckpointConflict, type ImportRunStore } from '../../stores/import-run-store.ts';
import type { ImportRow } from '../../stores/import-store.ts';
import { checkRows } from '../check/check-rows.ts';
import { type ErrorFile, openErrorFile } from '../check/error-file.ts';
import { createRowWindow, noWindow, type RowWindow, windowStart } from '../check/row-window.ts';
import type { ImportFiles } from '../import-files.ts';
import { type ImportMapping, mappingSchema } from '../import-mapping.ts';
import { createRowMapper, type MapRow } from '../map/map-row.ts';
import { FileFault } from '../read/file-fault.ts';
import type { ImportFile } from '../read/import-file.ts';
import { readRows } from '../read/read-rows.ts';
import type { Row } from '../read/row.ts';
import type { Awaited } from './log-room.ts';
import { createToldWait, type ToldWait } from './told-wait.ts';
import type { WaitForRoom } from './wait-for-room.ts';

const appendMilliseconds = 30_000;
const mostRows = 2_000_000_000;

/** What a batch came to, for whoever counts. */
export const countsSchema = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
});
export type BatchCounts = z.infer<typeof countsSchema>;
const nothing: BatchCounts = { accepted: 0, duplicates: 0, rejected: 0 };

export interface RunImportDeps {
  store: ImportRunStore;
  files: ImportFiles;
  log: Pick<EventLog, 'append'>;
  definitions: Pick<DefinitionCache, 'get'>;
  waitForRoom: WaitForRoom;
  /** Told after each batch, and with nothing while it waits or passes over rows that are settled. */
  onBatch: (counts: BatchCounts) => void;
}

/** How an import's rows are taken. */
interface Run {
  row: ImportRow;
  mapping: ImportMapping;
  mapRow: MapRow;
  window: RowWindow;
  errors: ErrorFile;
  settled: { rowsRead: number; errorBytes: number };
  rate: number;
  wait: ToldWait;
}

/** Takes rows until the file's end, or until the import is not to run any more. @throws what may pass later. */
export async function runImport(row: ImportRow, deps: RunImportDeps): Promise<void> {
  try {
    await using errors = await openErrorFile(deps.files.errorPath(row.id));
    const mapping = mappingSchema.parse(row.mapping);
    const hasOwnIds = mapping.layout === 'EVENTS' || mapping.idColumn !== null;
    await takeRows(await openFile(row, deps), deps, {
      row,
      mapping,
      mapRow: createRowMapper(mapping, { importId: row.id, fileName: row.fileName }),
      window: hasOwnIds ? createRowWindow() : noWindow,
      errors,
      settled: { rowsRead: row.rowsRead, errorBytes: row.errorBytes },
      rate: 0,
      wait: createToldWait((reason) => deps.store.tellWait(row.id, reason), row.reason),
    });
  } catch (error) {
    if (error instanceof CheckpointConflict) return;
    if (!(error instanceof FileFault)) throw error;
    await deps.store.fail(row.id, error.message);
  }
}

/** @throws FileFault when it is not the file any more that was looked at. */
async function openFile(row: ImportRow, { files }: RunImportDeps): Promise<ImportFile> {
  const path = await files.pathOf(row.workspaceId, row);
  const found = path && (await stat(path).catch(() => undefined));
  if (!path || !found) throw new FileFault('Expected the file, but it is not there any more.');
  if (found.size !== row.bytes) {
    throw new FileFault(`Expected the file of ${row.bytes} bytes, but it has ${found.size} now.`);
  }
  return { path, format: row.format, bytes: row.bytes };
}

async function takeRows(file: ImportFile, deps: RunImportDeps, run: Run): Promise<void> {
  const { window, settled } = run;
  const skip = window === noWindow ? settled.rowsRead : windowStart(settled.rowsRead);
  for await (const { rows, bytesRead } of readRows(file, run.mapping, skip)) {
    const fresh = rows.filter(({ number }) => number > settled.rowsRead);
    if (fresh.length < rows.length)
      await check(rows.slice(0, rows.length - fresh.length), deps, run);
    if (fresh.length === 0) {
      deps.onBatch(nothing);
      continue;
    }
    if (!(await deps.waitForRoom((awaited) => isWanted(awaited, deps, run)))) return;
    await run.wait.goesOn(performance.now());
    if (!(await takeBatch(fresh, bytesRead, deps, run))) return;
  }
  await settle(nothing, file.bytes, true, deps, run);
}

/** Asked while it waits, so that one who cancels is heard. */
async function isWanted(
  awaited: Awaited,
  { store, onBatch }: RunImportDeps,
  { row, wait }: Run,
): Promise<boolean> {
  onBatch(nothing);
  await wait.waits(awaited, performance.now());
  return (await store.byId(row.id))?.state === 'RUNNING';
}

/** Answers whether to go on. */
async function takeBatch(
  rows: readonly Row[],
  bytesRead: number,
  deps: RunImportDeps,
  run: Run,
): Promise<boolean> {
  const started = performance.now();
  const { good, rejected, duplicates } = await check(rows, deps, run);
  if (good.length > 0) await withDeadline(deps.log.append(eventReceived, good), appendMilliseconds);
  run.settled.errorBytes = await run.errors.append(run.settled.errorBytes, rejected);
  const seconds = (performance.now() - started) / 1_000;
  const rate = rows.length / Math.max(seconds, 0.001);
  run.rate = run.rate === 0 ? rate : run.rate * 0.8 + rate * 0.2;
  const counts = { accepted: good.length, duplicates, rejected: rejected.length };
  return settle(counts, bytesRead, false, deps, run, rows.length);
}

async function check(rows: readonly Row[], { definitions }: RunImportDeps, run: Run) {
  const { row, mapping, mapRow, window } = run;
  const { validatorFor, unknownTypesOf } = await definitions.get(row.workspaceId);
  return checkRows(rows, {
    mapping,
    mapRow,
    window,
    validatorFor,
    refusesUnknownTypes: unknownTypesOf(row.sourceId) === 'REJECT',
    // The same each time a row is taken: a time of now would make it another event.
    defaultTime: row.createdAt,
    origin: {
      sourceId: row.sourceId,
      workspace: row.workspaceId,
      requestId: row.id,
      acceptedAt: new Date().toISOString(),
    },
  });
}

async function settle(
  counts: BatchCounts,
  bytesRead: number,
  isLast: boolean,
  { store, onBatch }: RunImportDeps,
  { row, settled, rate }: Run,
  rows = 0,
): Promise<boolean> {
  const from = settled.rowsRead;
  const rowsRead = from + rows;
  if (rowsRead > mostRows) throw new FileFault(`Expected at most ${mostRows} rows, got more.`);
  const { errorBytes } = settled;
  const state = await store.settle(row.id, {
    ...counts,
    from,
    rowsRead,
    bytesRead,
    errorBytes,
    rowsPerSecond: rate,
    isLast,
  });
  settled.rowsRead = rowsRead;
  onBatch(counts);
  return state === 'RUNNING';
}
