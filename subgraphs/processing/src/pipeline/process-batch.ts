/**
 * Guarantee: every record of events.received reaches events.processed at least once, or is dropped by a
 * route, or is a dead letter exactly once, before the position moves past it. A crash between append and
 * transaction repeats the append; the sink drops the repeats by (workspace, source, event id, time).
 */
import type { Batch, EventLog } from '@tributary/event-log';
import { type EventProcessed, type EventReceived, eventProcessed } from '@tributary/events';
import type { Metrics } from '../metrics.ts';
import type {
  FailedRecord,
  FailedRecordStore,
  ReplayedRecord,
} from '../stores/failed-record-store.ts';
import { deadLetterId } from './dead-letter-id.ts';
import type { CompiledDefinitions, DefinitionCache } from './definitions.ts';
import type { Failure } from './failure.ts';
import { runPipeline } from './run-pipeline.ts';

/** Records run and appended at a time, so that requests get their turn and log entries stay small. */
const sliceSize = 1_000;

export interface ProcessBatchDeps {
  log: EventLog;
  definitions: DefinitionCache;
  failedRecords: FailedRecordStore;
  metrics: Metrics;
}

/** What a batch came to, besides what was appended. */
interface Tally {
  processed: number;
  dropped: number;
  failed: FailedRecord[];
  replayed: ReplayedRecord[];
}

export function createBatchProcessor(deps: ProcessBatchDeps) {
  return async ({ records, advances }: Batch<EventReceived>): Promise<void> => {
    const stopTimer = deps.metrics.pipelineBatch.startTimer();
    const definitions = await definitionsOf(records, deps.definitions);
    const tally: Tally = { processed: 0, dropped: 0, failed: [], replayed: [] };
    for (let start = 0; start < records.length; start += sliceSize) {
      const events = runSlice(records.slice(start, start + sliceSize), definitions, tally);
      if (events.length > 0) await deps.log.append(eventProcessed, events);
    }
    await deps.failedRecords.settle({ failed: tally.failed, replayed: tally.replayed, advances });
    count(deps.metrics, tally);
    stopTimer();
  };
}

function runSlice(
  records: readonly EventReceived[],
  definitions: ReadonlyMap<string, CompiledDefinitions>,
  tally: Tally,
): EventProcessed[] {
  const events: EventProcessed[] = [];
  for (const record of records) {
    const pipeline = definitions.get(record.workspace)?.pipelineFor(record.sourceid, record.type);
    const outcome = runPipeline(record, pipeline ?? { validate: undefined, stages: [] });
    if (outcome.kind === 'processed') events.push(outcome.event);
    if (outcome.kind === 'dropped') tally.dropped += 1;
    settle(record, outcome.kind === 'failed' ? outcome.failure : undefined, tally);
  }
  tally.processed += events.length;
  return events;
}

/** A replay tells its dead letter how it went; any other record that failed becomes one. */
function settle(record: EventReceived, failure: Failure | undefined, tally: Tally): void {
  const { workspace, deadletterid } = record;
  if (deadletterid !== undefined) tally.replayed.push({ id: deadletterid, workspace, failure });
  else if (failure) {
    const original = originalText(record);
    tally.failed.push({
      ...failure,
      id: deadLetterId(record),
      workspace,
      sourceId: record.sourceid,
      original,
    });
  }
}

/** The event as its producer would send it again. */
function originalText(record: EventReceived): string {
  const { specversion, id, source, type, time, subject, data } = record;
  return JSON.stringify({ specversion, id, source, type, time, subject, data });
}

/** Of every workspace in the batch; as they are now where somebody waits for a replay. */
async function definitionsOf(records: readonly EventReceived[], cache: DefinitionCache) {
  const workspaces = new Set(records.map((record) => record.workspace));
  const replaying = new Set(
    records.filter((record) => record.deadletterid).map((record) => record.workspace),
  );
  const read = async (workspace: string) =>
    [
      workspace,
      await (replaying.has(workspace) ? cache.refresh(workspace) : cache.get(workspace)),
    ] as const;
  return new Map(await Promise.all([...workspaces].map(read)));
}

function count(metrics: Metrics, tally: Tally): void {
  metrics.processed.inc(tally.processed);
  metrics.dropped.inc(tally.dropped);
  for (const { stage } of tally.failed) metrics.deadLettered.inc({ stage });
}
